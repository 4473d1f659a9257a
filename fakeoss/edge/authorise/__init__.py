"""Who may do what: one decision from policies, ACLs and the bucket's own rules.

The order is the service's (docs: Authorization process; Configure bucket policies; Access points):
the bucket's gates (TLS versions, request payment, Referer, network origin of an access point); the session policy,
which must allow; RAM and bucket policy together, where an explicit deny wins and one allow suffices; the access
point's policy, which must allow as well; at last the ACLs, for objects only. The account that owns the bucket
passes unless a policy denies. Nothing here knows HTTP: `Question` says all there is to know.
"""

from __future__ import annotations

from fakeoss.edge.authorise.decide import Decision, decide
from fakeoss.edge.authorise.gates import GATES
from fakeoss.edge.authorise.question import AccessPointRules, BucketRules, Question
from fakeoss.edge.caller import Caller
from fakeoss.state.policy.referer import RefererRules

__all__ = [
    "AccessPointRules",
    "BucketRules",
    "Caller",
    "Decision",
    "Question",
    "RefererRules",
    "authorise",
    "require",
]


def authorise(question: Question) -> Decision:
    """Decide; raises nothing but InvalidBucketPolicy for an identity whose own policy is malformed."""
    for gate in GATES:
        error = gate(question)
        if error is not None:
            return Decision(False, error.why or "", error)
    return decide(question)


def require(question: Question) -> str:
    """Why the request is allowed; raises the refusal, with its explanation, where it is not."""
    decision = authorise(question)
    if decision.error is not None:
        raise decision.error.because(decision.why)
    return decision.why
