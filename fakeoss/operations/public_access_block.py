"""Put, Get and Delete of Block Public Access: account, bucket, access point."""

from __future__ import annotations

from dataclasses import replace

from fakeoss.operations import access_points
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body, setting
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import XML_TYPE, empty
from fakeoss.state.configurations.public_access import OF_ACCOUNT, PublicAccessBlock
from fakeoss.wire import schema_xml
from fakeoss.wire.bind import params, query
from fakeoss.wire.message import Reply

OFF = PublicAccessBlock(enabled=False)


def _answer(block: PublicAccessBlock) -> Reply:
    return Reply(200, (XML_TYPE,), (schema_xml.write(block),))


# Of the account


@operation("PutPublicAccessBlock")
def put_public_access_block(call: Call) -> Reply:
    """Block public access to everything the account owns, or no longer."""
    return _set_account(call, schema_xml.parse(PublicAccessBlock, checked_body(call)))


@operation("GetPublicAccessBlock")
def get_public_access_block(call: Call) -> Reply:
    """The account's setting; off until set."""
    block = call.world.account_value(call.identity.account_id, OF_ACCOUNT)
    return _answer(block if isinstance(block, PublicAccessBlock) else OFF)


@operation("DeletePublicAccessBlock")
def delete_public_access_block(call: Call) -> Reply:
    """Switch the account's setting off; 204 even where it never was on."""
    _set_account(call, None)
    return empty(204)


def _set_account(call: Call, block: PublicAccessBlock | None) -> Reply:
    call.save_world(call.world.with_account_value(call.identity.account_id, OF_ACCOUNT, block))
    return empty()


# Of a bucket

PUT_BUCKET_PUBLIC_ACCESS_BLOCK = setting("PutBucketPublicAccessBlock", PublicAccessBlock)


@operation("GetBucketPublicAccessBlock")
def get_bucket_public_access_block(call: Call) -> Reply:
    """The bucket's setting; until set or deleted what the fake's settings show for a new bucket."""
    block = call.bucket().configuration(PublicAccessBlock)
    return _answer(PublicAccessBlock(enabled=call.settings.block_public_access) if block is None else block)


@operation("DeleteBucketPublicAccessBlock")
def delete_bucket_public_access_block(call: Call) -> Reply:
    """Switch the bucket's setting off; it reads false afterwards, also where new buckets show true (oss2 tests)."""
    call.save(call.bucket().with_configuration(OFF))
    return empty(204)


# Of an access point


@params
class OfAccessPoint:
    """Which access point is meant."""

    name: str = query("x-oss-access-point-name")


@operation("PutAccessPointPublicAccessBlock", OfAccessPoint)
def put_access_point_public_access_block(call: Call, ask: OfAccessPoint) -> Reply:
    """Block public access through one access point, or no longer; raises NoSuchAccessPoint."""
    point = access_points.find(call, ask.name)
    block = schema_xml.parse(PublicAccessBlock, checked_body(call))
    call.save_world(call.world.with_access_point(replace(point, block_public_access=block.enabled)))
    return empty()


@operation("GetAccessPointPublicAccessBlock", OfAccessPoint)
def get_access_point_public_access_block(call: Call, ask: OfAccessPoint) -> Reply:
    """The access point's setting; off until set. Raises NoSuchAccessPoint."""
    return _answer(PublicAccessBlock(enabled=access_points.find(call, ask.name).block_public_access))


@operation("DeleteAccessPointPublicAccessBlock", OfAccessPoint)
def delete_access_point_public_access_block(call: Call, ask: OfAccessPoint) -> Reply:
    """Switch the access point's setting off; raises NoSuchAccessPoint."""
    point = access_points.find(call, ask.name)
    call.save_world(call.world.with_access_point(replace(point, block_public_access=False)))
    return empty(204)
