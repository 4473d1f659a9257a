"""Access control lists of buckets and objects: what they open to whom.

Reference 7.4.1 PutBucketAcl and 8.4.1 PutObjectACL: an object's own ACL takes precedence over its
bucket's, `default` means the bucket's. ACLs are asked last, where no policy speaks of a request, and only
about reading and writing objects; everything else is the owner's (docs: Authorization process).
"""

from __future__ import annotations

from typing import Literal

BUCKET_ACLS = ("private", "public-read", "public-read-write")
"""What `x-oss-acl` may say."""

OBJECT_ACLS = ("default", *BUCKET_ACLS)
"""What `x-oss-object-acl` may say."""

Access = Literal["read", "write", "list", "read-acl", "write-acl", "tag", "config"]
"""The class of an operation. `config` is whatever manages buckets or the account; `read-acl` and
`write-acl` are an object's, a bucket's ACL is `config`; `tag` is setting tags along with a write."""

Standing = Literal["owner", "account", "anonymous"]
"""How a requester stands to a bucket: its owner's account itself; any other signed identity, RAM users of the
owner among them (docs: Authorization process asks whether the requester is the bucket owner); or nobody."""


def is_public(acl: str) -> bool:
    """Whether an ACL opens anything to everyone."""
    return acl.startswith("public-")


def effective(bucket_acl: str, object_acl: str) -> str:
    """The ACL that counts for an object."""
    return bucket_acl if object_acl == "default" else object_acl


def grants(
    access: Access,
    standing: Standing,
    bucket_acl: str,
    object_acl: str = "default",
    *,
    without_public: bool = False,
) -> bool:
    """Whether the ACLs alone allow an operation; `object_acl` is `default` where there is no such object.

    Objects belong to the bucket's owner, whoever uploaded them. A public bucket ACL lets everyone list
    objects too (assumption A230: the reference grants ListObjectsV2 to owner and RAM users only, while the service
    names the bucket ACL as the reason when it refuses an anonymous listing). `without_public` is Block Public
    Access: public ACLs count as private.
    """
    if standing == "owner":
        return True
    if without_public or access not in ("read", "write", "list"):
        return False
    acl = bucket_acl if access == "list" else effective(bucket_acl, object_acl)
    return acl == "public-read-write" or (acl == "public-read" and access != "write")
