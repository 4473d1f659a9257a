"""Filling and emptying a fake without a client: buckets and objects made by the operations themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from fakeoss import errors, spelling
from fakeoss.edge import access
from fakeoss.edge.service import Service
from fakeoss.settings import check_region
from fakeoss.wire import xml
from fakeoss.wire.encoding import header_text
from fakeoss.wire.message import SEGMENT, Body

HEADERS = (
    *("content_type", "cache_control", "content_disposition", "content_encoding", "content_language", "content_md5"),
    *("expires", "if_match", "if_modified_since", "if_none_match", "if_unmodified_since"),
    *("x_oss_callback", "x_oss_callback_var", "x_oss_forbid_overwrite", "x_oss_hash_crc64ecma", "x_oss_object_acl"),
    *("x_oss_object_worm_legal_hold", "x_oss_object_worm_mode", "x_oss_object_worm_retain_until_date"),
    *("x_oss_persistent_headers", "x_oss_request_payer", "x_oss_server_side_data_encryption"),
    *("x_oss_server_side_encryption", "x_oss_server_side_encryption_key_id", "x_oss_storage_class", "x_oss_tagging"),
    "x_oss_traffic_limit",
)
"""What PutObject reads, as Python names, beside `x_oss_meta_...`."""


def check_name(name: str) -> None:
    """Raise TypeError for what is no bucket's name, such as a view of one."""
    if not isinstance(name, str):
        raise TypeError(f"a bucket is called by its name, such as 'my-bucket', not {name!r}")


@contextmanager
def whole_or_not_at_all(service: Service) -> Iterator[None]:
    """Keep other requests out of the block; an exception in it leaves the world as it was."""
    with service.lock:
        before = service.store.world
        try:
            yield
        except BaseException:
            service.store.world = before
            raise


def create_bucket(
    service: Service,
    name: str,
    *,
    region: str | None,
    acl: str | None,
    versioning: str | bool | None,
    storage_class: str | None,
    account: str | None,
) -> None:
    """Run PutBucket, and PutBucketVersioning where versioning is asked for (True means Enabled)."""
    check_name(name)
    if region is not None:
        check_region(region)
    headers = {"x-oss-acl": acl} if acl else {}
    body = xml.render("CreateBucketConfiguration", [("StorageClass", storage_class)]) if storage_class else b""
    access.perform(service, "PutBucket", name, "", headers, (body,), region=region, account=account)
    if versioning:
        status = versioning if isinstance(versioning, str) else "Enabled"
        body = xml.render("VersioningConfiguration", [("Status", status)])
        access.perform(service, "PutBucketVersioning", name, "", {}, (body,))


def put_objects(service: Service, bucket: str, objects: Mapping[str, bytes | str]) -> None:
    """Put objects by key; text is stored as UTF-8."""
    if not isinstance(objects, Mapping):
        raise TypeError(f"objects={objects!r}: give contents by key, such as {{'a.txt': b'hello'}}")
    for key, data in objects.items():
        put_object(service, bucket, key, data, {})


def put_object(service: Service, bucket: str, key: str, data: bytes | str, headers: Mapping[str, str]) -> None:
    """Put one object; text is stored as UTF-8, and so are the values of headers.

    Raises TypeError and ValueError for what is neither key, content nor header, and InvalidObjectName for no key.
    """
    check_name(bucket)
    if not isinstance(data, str | bytes | bytearray | memoryview):
        raise TypeError(f"the content of {key!r} is bytes or text, not {data!r}")
    if not isinstance(key, str):
        raise TypeError(f"the key of an object is a text, not {key!r}")
    if not key:
        raise errors.InvalidObjectName(ObjectName=key).because("a key has a character at least")
    raw = data.encode() if isinstance(data, str) else data
    said = {name: _header_text(name, value) for name, value in headers.items()}
    access.perform(service, "PutObject", bucket, key, said, segments_of(raw))


def _header_text(name: str, value: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name}={value!r}: the value of a header is a text")
    if any(character in value for character in "\r\n\0"):
        raise ValueError(f"{name}={value!r}: no header can hold that")
    return header_text(value)


def check_headers(names: Iterable[str]) -> None:
    """Raise TypeError for the Python name of a header that PutObject would pass over."""
    for name in names:
        plain = name.lower().replace("-", "_")
        if plain in HEADERS or plain.startswith("x_oss_meta_"):
            continue
        near = [known for known in HEADERS if known.endswith("_" + plain.removeprefix("x_oss_"))]
        meant = f"; did you mean {near[0]}?" if near else spelling.hint_or_all(name, (*HEADERS, "x_oss_meta_..."))
        raise TypeError(f"PutObject has no header {name}{meant}")


def segments_of(data: bytes) -> Body:
    """The data as a body in segments."""
    return tuple(bytes(data[start : start + SEGMENT]) for start in range(0, len(data), SEGMENT))
