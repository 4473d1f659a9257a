"""ListCloudBoxes."""

from __future__ import annotations

from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, owner
from fakeoss.wire.bind import integer, params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element


@params
class ListCloudBoxes:
    """What ListCloudBoxes takes."""

    prefix: str = query("prefix", default="")
    marker: str = query("marker", default="")
    max_keys: int = query("max-keys", integer(1, 1000), default=100)


@operation("ListCloudBoxes", ListCloudBoxes)
def list_cloud_boxes(call: Call, ask: ListCloudBoxes) -> Reply:
    """The account's cloud boxes, by id: those of `settings.cloud_boxes`, since no operation makes one.

    Their endpoints are told, but not served (documentation: Cloud Box endpoints).
    """
    ids = [box for box in sorted(call.settings.cloud_boxes) if box.startswith(ask.prefix) and box > ask.marker]
    page, truncated = ids[: ask.max_keys], len(ids) > ask.max_keys
    account_id = call.identity.account_id
    return document(
        "ListCloudBoxResult",
        [
            ("Prefix", ask.prefix),
            ("Marker", ask.marker),
            ("MaxKeys", ask.max_keys),
            ("IsTruncated", truncated),
            ("NextMarker", page[-1] if truncated else None),
            owner(account_id, call.accounts.display_name(account_id)),
            ("CloudBoxes", [("CloudBox", _box(box, call.region)) for box in page]),
        ],
    )


def _box(box: str, region: str) -> list[Element]:
    host = f"{box}.{region}.oss-cloudbox"
    return [
        ("ID", box),
        ("Name", box),
        ("Region", region),
        ("ControlEndpoint", f"{host}-control.aliyuncs.com"),
        ("DataEndpoint", f"{host}.aliyuncs.com"),
    ]
