"""PutBucketInventory, GetBucketInventory, ListBucketInventory and DeleteBucketInventory."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body, identifier, reading
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.inventory import CONFIGURATIONS_LIMIT, PAGE, Inventory
from fakeoss.state.effects import delivery
from fakeoss.state.effects import inventory as effect
from fakeoss.state.effects.means import Means
from fakeoss.wire import schema_xml
from fakeoss.wire.bind import params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element

ID = "inventoryId"


@operation("PutBucketInventory")
def put_bucket_inventory(call: Call) -> Reply:
    """Add an inventory (reference 7.9.1).

    Raises what the declaration refuses, InvalidArgument for two ids that differ and a destination that is not in the
    same account and region, InventoryAlreadyExist and InventoryExceedLimit, and where the bucket holds as many objects
    as the settings allow no list of DailyInventoryExceedLimit and WeeklyInventoryExceedLimit.
    """
    bucket = call.bucket()
    name = identifier(call, ID)
    inventory = schema_xml.parse(Inventory, checked_body(call))
    if inventory.id != name:
        raise errors.InventoryIdMismatch(ArgumentName=ID, ArgumentValue=name)
    if delivery.receiver(call.world, bucket, inventory.destination.bucket_name) is None:
        raise errors.InvalidInventoryDestination(ArgumentName="Bucket", ArgumentValue=inventory.destination.bucket)
    present = bucket.keyed_configurations(Inventory)
    if any(each.id == name for each in present):
        raise errors.InventoryAlreadyExist()
    if len(present) >= CONFIGURATIONS_LIMIT:
        raise errors.InventoryExceedLimit()
    _check_size(call, bucket, inventory)
    means = Means(call.ids, call.settings)
    call.save_world(effect.begin(call.world, bucket, _sorted(inventory), call.now, means))
    return empty(200)


def _check_size(call: Call, bucket: Bucket, inventory: Inventory) -> None:
    """Refuse a list that is written too often for all the versions there are (assumption A270)."""
    held = bucket.objects.tally.objects
    for frequency, limit, refusal in (
        ("Daily", call.settings.daily_inventory_objects, errors.DailyInventoryExceedLimit),
        ("Weekly", call.settings.weekly_inventory_objects, errors.WeeklyInventoryExceedLimit),
    ):
        if inventory.schedule.frequency == frequency and held >= limit:
            raise refusal().because(f"settings.{frequency.lower()}_inventory_objects is {limit}, there are {held}")


def _sorted(inventory: Inventory) -> Inventory:
    """The inventory with the storage classes of its filter in order: `Standard,IA` comes back as `IA,Standard`."""
    chosen = inventory.filter
    if chosen is None:
        return inventory
    return replace(inventory, filter=replace(chosen, storage_classes=tuple(sorted(chosen.storage_classes))))


GET_BUCKET_INVENTORY = reading("GetBucketInventory", Inventory, missing=errors.NoSuchInventory, keyed_by=ID)


@operation("DeleteBucketInventory")
def delete_bucket_inventory(call: Call) -> Reply:
    """Delete an inventory; that none is there is no error (assumption A223).

    Raises InvalidRequest where none is named (reference 7.9.4: that a request is refused so; assumption A275: when).
    """
    bucket = call.bucket()
    if not call.arguments.get(ID):
        raise errors.InvalidRequest(message=f"{ID} is missing.")
    call.save(bucket.without_keyed(Inventory, call.arguments[ID]))
    return empty(204)


@params
class ListBucketInventory:
    """What ListBucketInventory takes."""

    token: str | None = query("continuation-token", default=None)


@operation("ListBucketInventory", ListBucketInventory)
def list_bucket_inventory(call: Call, ask: ListBucketInventory) -> Reply:
    """A page of 100 inventories by id (reference 7.9.3); raises NoSuchInventory where there is none at all."""
    bucket = call.bucket()
    found = _after(bucket, ask.token)
    if not found and not ask.token:
        raise errors.NoSuchInventory(BucketName=bucket.name)
    page = found[:PAGE]
    elements: list[Element] = [("InventoryConfiguration", schema_xml.elements(each)) for each in page]
    is_truncated = len(found) > PAGE
    elements += [
        ("ContinuationToken", ask.token or None),
        ("IsTruncated", is_truncated),
        ("NextContinuationToken", _token(page[-1].id) if is_truncated else None),
    ]
    return document("ListInventoryConfigurationsResult", elements)


def _after(bucket: Bucket, token: str | None) -> list[Inventory]:
    last = "" if not token else _id(token)
    return [each for each in bucket.keyed_configurations(Inventory) if each.id > last]


def _token(last: str) -> str:
    return base64.urlsafe_b64encode(last.encode()).decode()


def _id(token: str) -> str:
    try:
        return base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError):
        raise errors.InvalidArgument(ArgumentName="continuation-token", ArgumentValue=token) from None
