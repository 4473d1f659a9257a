"""The decision: session policy, RAM and bucket policy, the access point's policy, at last the ACLs."""

from __future__ import annotations

from dataclasses import dataclass

from fakeoss import errors
from fakeoss.edge.authorise import refusals
from fakeoss.edge.authorise.context import context_of
from fakeoss.edge.authorise.question import Question
from fakeoss.state import acl
from fakeoss.state.policy import Ask, Requester, Resource, Verdict, evaluate, parse_ram_policy
from fakeoss.state.policy.conditions import Context
from fakeoss.state.policy.evaluate import IGNORE


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the request is allowed, why in words, and the error to raise where it is not."""

    allowed: bool
    why: str
    error: errors.OSSError | None = None


def _refused(error: errors.OSSError, why: str) -> Decision:
    return Decision(False, why, error.because(why))


@dataclass(frozen=True, slots=True)
class _Voice:
    """One policy's verdict and how to call the policy."""

    name: str
    verdict: Verdict = IGNORE

    @property
    def denies(self) -> bool:
        return self.verdict.effect == "Deny"

    @property
    def allows(self) -> bool:
        return self.verdict.effect == "Allow"

    def says(self, question: Question) -> str:
        statement = self.verdict.statement
        who = question.identity.arn or "anonymous"
        where = "" if statement is None else f"{statement} of "
        return f"{where}the {self.name} {'denies' if self.denies else 'allows'} {question.action} to {who}"


def decide(question: Question) -> Decision:
    """What policies and ACLs say to a question that has passed the gates."""
    if (
        question.is_owner
        and question.access_point is None
        and (question.bucket is None or question.bucket.policy is None)
    ):
        return Decision(True, "the account that owns the resource may do everything")
    context = context_of(question)
    session = _session(question, context)
    if session is not None:
        return session
    ram, bucket = _ram(question, context), _bucket(question, context)
    point = _point(question, context)
    denial = _denied(question, ram, bucket, point)
    if denial is not None:
        return denial
    if question.is_owner:
        return Decision(True, "the account that owns the resource may do everything, and no policy denies it")
    voice = bucket if bucket.allows else ram
    if voice.allows and (point is None or point.allows):
        return Decision(True, voice.says(question))
    return _by_acl(question)


def _ask(question: Question, context: Context, path: str) -> Ask:
    bucket = question.bucket
    owner = question.identity.account_id if bucket is None else bucket.owner
    region = question.region if bucket is None else bucket.region
    identity = question.identity
    # An account's id names its RAM users and roles as well (assumption A231; the vendor documents no more than
    # that an account, a RAM user and a role session can each be named).
    names = () if identity.is_anonymous else (*identity.principals, identity.account_id)
    return Ask(question.action, Resource(region, owner, path), Requester(names, question.is_owner), context)


def _bucket_path(question: Question) -> str:
    name = question.bucket_name if question.bucket is None else question.bucket.name
    if not name:
        return "*"
    return name if question.key is None else f"{name}/{question.key}"


def _session(question: Question, context: Context) -> Decision | None:
    """The refusal where there is a session policy that does not allow (docs: 0003-00000301)."""
    document = question.identity.session_policy
    if document is None:
        return None
    ask = _ask(question, context, _bucket_path(question))
    voice = _Voice("session policy", evaluate((parse_ram_policy(document),), ask))
    if voice.allows:
        return None
    why = voice.says(question) if voice.denies else f"no statement of the session policy allows {question.action}"
    return _refused(errors.AccessDeniedByAuthorizer(), why)


def _ram(question: Question, context: Context) -> _Voice:
    """What the identity's own policies say; they can open only what its own account owns.

    A role session without policies of its own has its account's permissions, which its session policy cuts.
    A deny counts on another account's bucket too (assumption A233).
    """
    identity = question.identity
    name = "RAM policy"
    if identity.is_root or identity.is_anonymous:
        return _Voice(name)
    if identity.kind == "sts" and not identity.policies:
        return _Voice("role", Verdict("Allow")) if question.is_own else _Voice(name)
    ask = _ask(question, context, _bucket_path(question))
    verdict = evaluate(map(parse_ram_policy, identity.policies), ask)
    if verdict.effect == "Allow" and not question.is_own:
        return _Voice(name)
    return _Voice(name, verdict)


def _bucket(question: Question, context: Context) -> _Voice:
    name = "bucket policy"
    if question.bucket is None or question.bucket.policy is None:
        return _Voice(name)
    ask = _ask(question, context, _bucket_path(question))
    return _Voice(name, evaluate((question.bucket.policy,), ask, without_public=question.blocks_public_access))


def _point(question: Question, context: Context) -> _Voice | None:
    point = question.access_point
    if point is None:
        return None
    name = f"policy of access point {point.name}"
    if point.policy is None:
        return _Voice(name)
    path = f"accesspoint/{point.name}"
    ask = _ask(question, context, path if question.key is None else f"{path}/object/{question.key}")
    return _Voice(name, evaluate((point.policy,), ask, without_public=question.blocks_public_access))


def _denied(question: Question, ram: _Voice, bucket: _Voice, point: _Voice | None) -> Decision | None:
    """The refusal for an explicit deny, which names every policy that denies."""
    denying = [voice for voice in (ram, bucket, point) if voice is not None and voice.denies]
    if not denying:
        return None
    error = refusals.of_denial(question, by_ram=ram.denies, by_bucket=bucket.denies)
    return _refused(error, "; ".join(voice.says(question) for voice in denying))


def _by_acl(question: Question) -> Decision:
    bucket = question.bucket
    why = f"no policy allows {question.action} to {question.identity.arn or 'anonymous'}"
    if bucket is None:
        return _refused(refusals.of_nothing(question), why)
    standing: acl.Standing = "anonymous" if question.identity.is_anonymous else "account"
    blocked = question.blocks_public_access
    lists = f"bucket ACL {bucket.acl}, object ACL {question.object_acl}"
    if acl.grants(question.access, standing, bucket.acl, question.object_acl, without_public=blocked):
        return Decision(True, f"{lists} open {question.access} to {standing}")
    if question.access not in ("read", "write", "list"):
        why += ", and only the owner may without one"
    elif blocked:
        why += f", and {lists} do not count while public access is blocked"
    else:
        why += f", and {lists} keep {question.access} closed to {standing}"
    return _refused(refusals.of_nothing(question), why)
