"""Operations on a bucket itself: PutBucket, DeleteBucket, GetBucketInfo, GetBucketLocation, GetBucketStat."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce

from fakeoss import errors, schema
from fakeoss.operations import object_headers
from fakeoss.operations.bucket_resource_group import checked_resource_group
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty
from fakeoss.state.acl import BUCKET_ACLS
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.encryption import BucketEncryption
from fakeoss.state.configurations.tagging import BucketTagging, Tag
from fakeoss.state.objects import STORAGE_CLASSES
from fakeoss.wire import encoding, xml
from fakeoss.wire.bind import header, one_of, params
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Node

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\Z")
REDUNDANCY_TYPES = ("LRS", "ZRS")


@params
class PutBucket:
    """What PutBucket takes beside its document."""

    acl: str | None = header("x-oss-acl", one_of(*BUCKET_ACLS, refusal=errors.InvalidBucketAcl), default=None)
    resource_group: str | None = header("x-oss-resource-group-id", default=None)
    hierarchical: str = header("x-oss-hns-status", one_of("enabled", "disabled"), default="disabled")
    tagging: str | None = header("x-oss-bucket-tagging", default=None)
    encryption: str | None = header("x-oss-server-side-encryption", default=None)
    key_id: str | None = header("x-oss-server-side-encryption-key-id", default=None)
    data_encryption: str | None = header("x-oss-server-side-data-encryption", default=None)


@operation("PutBucket", PutBucket)
def put_bucket(call: Call, ask: PutBucket) -> Reply:
    """Create a bucket; on one's own bucket succeeds when identical or changing just the ACL.

    Raises InvalidBucketName, BucketAlreadyExists, TooManyBuckets, ResourceGroupIdPreCheckError,
    InvalidLocationConstraint, InvalidDigest, and the refusals of encryption and tags.
    """
    check_bucket_name(call.bucket_name)
    wanted = _wanted(call, ask)
    existing = call.world.buckets.get(call.bucket_name)
    if existing is None:
        check_room(call)
        call.save(wanted)
    else:
        call.save(_again(existing, wanted, ask))
    return empty(200, [("Location", f"/{call.bucket_name}")])


def new_bucket(call: Call) -> Bucket:
    """A private bucket of the caller's called as addressed; raises InvalidBucketName, TooManyBuckets."""
    check_bucket_name(call.bucket_name)
    check_room(call)
    return _wanted(call, PutBucket())


def check_bucket_name(name: str) -> None:
    """Raise InvalidBucketName unless the name is 3 to 63 of `a-z0-9-`, not beginning or ending with a hyphen."""
    if not _NAME.match(name):
        raise errors.InvalidBucketName(BucketName=name)


def _wanted(call: Call, ask: PutBucket) -> Bucket:
    storage_class, redundancy = "Standard", "LRS"
    data = checked_body(call)
    if data:
        node = xml.parse(data)
        if node.name != "CreateBucketConfiguration":
            raise errors.MalformedXML(ErrorDetail=f"CreateBucketConfiguration is expected, not {node.name}.")
        storage_class = _choice(node, "StorageClass", STORAGE_CLASSES, errors.InvalidBucketStorageClass)
        redundancy = _choice(node, "DataRedundancyType", REDUNDANCY_TYPES, errors.InvalidArgument)
        _check_location(node, call.region)
    bucket = Bucket(
        name=call.bucket_name,
        owner=call.identity.account_id,
        region=call.region,
        created=call.second,
        acl=ask.acl or "private",
        storage_class=storage_class,
        redundancy=redundancy,
        hierarchical=ask.hierarchical == "enabled",
        resource_group=checked_resource_group(ask.resource_group),
    )
    given = (_encryption(ask), _tagging(ask))
    return reduce(Bucket.with_configuration, filter(None, given), bucket)


def _encryption(ask: PutBucket) -> BucketEncryption | None:
    """The encryption that a bucket is made with (oss2 tests); raises what PutBucketEncryption raises."""
    if ask.encryption is None:
        return None
    object_headers.check_encryption(ask.encryption, ask.key_id, ask.data_encryption)
    data_algorithm = ask.data_encryption if ask.encryption == "KMS" else None
    return BucketEncryption(algorithm=ask.encryption, key_id=ask.key_id, data_algorithm=data_algorithm)


def _tagging(ask: PutBucket) -> BucketTagging | None:
    """The tags that a bucket is made with: `a=1&b=2`, both sides URL-encoded; raises what PutBucketTags raises."""
    if ask.tagging is None:
        return None
    pairs = encoding.parse_query(ask.tagging)
    tagging = BucketTagging(tags=tuple(Tag(key=key, value=value or "") for key, value in pairs))
    schema.check(tagging)
    return tagging


def _choice(node: Node, name: str, choices: tuple[str, ...], refusal: errors.Row) -> str:
    value = node.text_of(name, choices[0]).strip()
    if value not in choices:
        raise refusal(ArgumentName=name, ArgumentValue=value)
    return value


def _check_location(node: Node, region: str) -> None:
    """Refuse `LocationConstraint`, which older SDKs send, where it is not the region of the endpoint."""
    location = node.text_of("LocationConstraint", "").strip()
    if location not in ("", f"oss-{region}"):
        raise errors.InvalidLocationConstraint(ArgumentName="LocationConstraint", ArgumentValue=location)


def check_room(call: Call) -> None:
    """Raise TooManyBuckets where the account has as many in the region as it may."""
    held = sum(1 for _ in call.world.buckets_of(call.identity.account_id, call.region))
    if held >= call.settings.buckets_per_region:
        raise errors.TooManyBuckets(BucketName=call.bucket_name)


def _again(existing: Bucket, wanted: Bucket, ask: PutBucket) -> Bucket:
    """One's own bucket put once more: only its ACL may differ (decision: the SDKs' suites rely on it)."""
    differences = (
        (existing.owner != wanted.owner, errors.BucketAlreadyExists),
        (existing.region != wanted.region, errors.BucketAlreadyExistsInRegion),
        (existing.storage_class != wanted.storage_class, errors.BucketAlreadyExistsWithStorageClass),
        (existing.redundancy != wanted.redundancy, errors.BucketAlreadyExistsWithRedundancy),
        (existing.hierarchical != wanted.hierarchical, errors.BucketAlreadyExistsWithNamespace),
    )
    for differs, refusal in differences:
        if differs:
            raise refusal(BucketName=existing.name)
    return existing if ask.acl is None else replace(existing, acl=ask.acl)


@operation("DeleteBucket")
def delete_bucket(call: Call) -> Reply:
    """Delete an empty bucket, whatever its configurations; raises BucketNotEmpty.

    A locked retention policy does not keep an empty bucket (decision). Unfinished uploads do, and access points
    (assumption A244).
    """
    bucket = call.bucket()
    if call.world.access_points_of(bucket.owner, bucket.name):
        raise errors.BucketNotEmptyOfAccessPoints(BucketName=bucket.name)
    if len(bucket.objects):
        raise errors.BucketNotEmpty(BucketName=bucket.name)
    if len(bucket.uploads):
        raise errors.BucketNotEmptyOfParts(BucketName=bucket.name)
    call.save_world(call.world.without_bucket(bucket.name))
    return empty(204)


@operation("GetBucketLocation")
def get_bucket_location(call: Call) -> Reply:
    """The region as `oss-<region>`."""
    return document("LocationConstraint", call.bucket().location)
