"""May this request be? The owner's own key on a bucket without rules passes before anything is built.

The rules themselves are imported once somebody meets one: most tests never do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fakeoss.edge.service import Service
from fakeoss.edge.visit import Visit
from fakeoss.operations.rows import Row
from fakeoss.state.accounts import Identity
from fakeoss.state.acl import Access
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_point import AccessPoint

OBJECTING = frozenset({"Policy", "RefererConfiguration", "HttpsConfiguration"})
"""The configurations of a bucket that may refuse its owner's own key."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request on its way through the rules.

    `headers` are what it says of what it writes: its headers, or a form's fields in their place; `bucket` is None
    where the request is about the account or about a bucket yet to be made.
    """

    service: Service
    visit: Visit
    row: Row
    identity: Identity
    bucket: Bucket | None
    arguments: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def owner(self) -> str:
        """The account that owns the bucket, or that would."""
        return self.identity.account_id if self.bucket is None else self.bucket.owner


def allow(asked: Asked) -> None:
    """Raise the refusal of a request that may not be; say in the visit what allowed it, if a policy or ACL did."""
    if not is_unhindered(asked.identity, asked.bucket, asked.visit.point):
        from fakeoss.edge import rules

        rules.judge(asked)
    if "x-oss-object-acl" in asked.headers or "x-oss-acl" in asked.headers:
        from fakeoss.edge import rules

        rules.refuse_public_acl(asked)


def may(
    asked: Asked,
    action: str,
    bucket: Bucket,
    key: str | None,
    access: Access,
    version_id: str | None = None,
    through: AccessPoint | None = None,
) -> None:
    """Raise AccessDenied unless the same caller may do a second thing, such as read the source of a copy.

    `through` is the access point that names the bucket. Where none does, the access point of the request counts
    for the bucket addressed, and for no other.
    """
    is_addressed = asked.bucket is not None and asked.bucket.name == bucket.name
    point = asked.visit.point if through is None and is_addressed else through
    if not is_unhindered(asked.identity, bucket, point):
        from fakeoss.edge import rules

        rules.judge_further(asked, action, bucket, key, access, point, version_id)


def is_free(identity: Identity, bucket: Bucket | None, visit: Visit) -> bool:
    """Whether `allow` would ask nothing: the owner's own key, no rule that could object, no ACL to be set."""
    headers = visit.request.headers.first
    if "x-oss-object-acl" in headers or "x-oss-acl" in headers:
        return False
    return is_unhindered(identity, bucket, visit.point)


def is_unhindered(identity: Identity, bucket: Bucket | None, point: AccessPoint | None) -> bool:
    """Whether this is the owner's own key and nothing configured could object to it."""
    if not identity.is_root or point is not None:
        return False
    if bucket is None:
        return True
    if bucket.owner != identity.account_id:
        return False
    return not bucket.configurations or bucket.configurations.keys().isdisjoint(OBJECTING)
