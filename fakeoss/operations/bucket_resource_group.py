"""PutBucketResourceGroup and GetBucketResourceGroup."""

from __future__ import annotations

import re
from dataclasses import replace

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty
from fakeoss.schema import schema, text
from fakeoss.wire import schema_xml
from fakeoss.wire.message import Reply

DEFAULT_RESOURCE_GROUP = "rg-default-id"
_RESOURCE_GROUP = re.compile(r"rg-[a-z0-9]{11,}|rg-default-id")


@schema("BucketResourceGroupConfiguration")
class BucketResourceGroup:
    """The resource group a bucket is in."""

    resource_group: str = text("ResourceGroupId", default="")


def checked_resource_group(given: str | None) -> str:
    """The resource group asked for; none and an empty one mean the account's default (assumption A252).

    An id is `rg-` and at least eleven letters and digits (the reference's sample shows 15), else
    ResourceGroupIdPreCheckError.
    """
    group = given or DEFAULT_RESOURCE_GROUP
    if not _RESOURCE_GROUP.fullmatch(group):
        raise errors.ResourceGroupIdPreCheckError(ResourceGroupId=group)
    return group


@operation("PutBucketResourceGroup")
def put_bucket_resource_group(call: Call) -> Reply:
    """Move the bucket to a resource group; raises ResourceGroupIdPreCheckError."""
    bucket = call.bucket()
    asked = schema_xml.parse(BucketResourceGroup, checked_body(call))
    call.save(replace(bucket, resource_group=checked_resource_group(asked.resource_group)))
    return empty()


@operation("GetBucketResourceGroup")
def get_bucket_resource_group(call: Call) -> Reply:
    """The bucket's resource group."""
    return document("BucketResourceGroupConfiguration", [("ResourceGroupId", call.bucket().resource_group)])
