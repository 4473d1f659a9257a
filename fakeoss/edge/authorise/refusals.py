"""What a refused caller is told: the row of the catalogue, and who was refused what by which kind of policy."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.edge.authorise.question import Question


def of_denial(question: Question, *, by_ram: bool, by_bucket: bool) -> errors.OSSError:
    """The refusal for an explicit deny; its fine-grained code tells whose (docs: 0003-00000101, 201, 203, 204)."""
    if question.batch:
        return errors.AccessDeniedByPolicyInBatch()
    if not by_ram:
        return errors.AccessDeniedByPolicy()
    if by_bucket:
        return errors.AccessDeniedByBothPolicies()
    return _detailed(errors.AccessDeniedByRamDeny(), question, "ExplicitDeny")


def of_nothing(question: Question) -> errors.OSSError:
    """The refusal for what nothing allows."""
    error = _row_of(question)()
    identity = question.identity
    if identity.is_root or not question.is_own or question.access_point is not None:
        return error
    return _detailed(error, question, "ImplicitDeny")


def _detailed(error: errors.OSSError, question: Question, kind: str) -> errors.OSSError:
    """The refusal with its AccessDeniedDetail (docs: 0003-00000201; public error bodies).

    The service's EncodedDiagnosticMessage is left out: it is sealed, and nothing could open one of ours.
    """
    identity = question.identity
    is_role = identity.kind == "sts"
    return error.with_detail(
        PolicyType="AccountLevelIdentityBasedPolicy",
        AuthPrincipalOwnerId=identity.account_id,
        AuthPrincipalType="AssumedRoleUser" if is_role else "SubUser",
        AuthPrincipalDisplayName=identity.name.replace("/", ":", 1) if is_role else identity.user_id,
        NoPermissionType=kind,
        AuthAction=question.action,
    )


def _row_of(question: Question) -> errors.Row:
    anonymous, access = question.identity.is_anonymous, question.access
    if question.bucket is None or access == "config":
        return errors.AccessDeniedToAnonymous if anonymous else _row_of_management(question)
    if question.batch:
        return errors.AccessDeniedInBatch
    if access in _ROWS:
        return _ROWS[access]
    if access == "list" or question.object_acl == "default":
        return errors.AccessDeniedByBucketAcl
    if access == "write":
        return errors.AccessDeniedByObjectAclWrite
    return errors.AccessDeniedUnsignedObject if anonymous else errors.AccessDeniedByObjectAclRead


def _row_of_management(question: Question) -> errors.Row:
    """A RAM user of the owner is told of the bucket what strangers are (docs: 0003-00000001, 0003-00000202)."""
    is_of_bucket = question.bucket is not None and question.key is None
    return errors.AccessDeniedToStranger if is_of_bucket or not question.is_own else errors.AccessDeniedWithoutRamAllow


_ROWS: dict[str, errors.Row] = {
    "read-acl": errors.AccessDeniedByObjectAclReadAcl,
    "write-acl": errors.AccessDeniedByObjectAclWriteAcl,
    "tag": errors.AccessDeniedToTag,
}
"""The refusals that are the same for everybody, the unsigned included (docs: 0003-00000007, 8 and 905)."""
