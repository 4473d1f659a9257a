"""The headers of objects: read from requests that write one, rendered for answers that show one."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from fakeoss import errors
from fakeoss.operations import persistent_headers, retaining, tagging
from fakeoss.operations.call import Call
from fakeoss.state.acl import OBJECT_ACLS
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.encryption import BucketEncryption
from fakeoss.state.objects import (
    NO_FIELDS,
    STORAGE_CLASSES,
    DeleteMarker,
    Encryption,
    Fields,
    ObjectVersion,
    Restore,
)
from fakeoss.wire import checksums, dates

Pairs = list[tuple[str, str]]

DEFAULT_TYPE = "application/octet-stream"
META = "x-oss-meta-"
TAGGING_COUNT = "x-oss-tagging-count"
TRAFFIC_LIMIT = "x-oss-traffic-limit"
META_LIMIT = 8192
"""Bytes in all names and values of an object's user metadata (reference 8.1.1)."""

KEPT = ("Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires")
"""Standard headers that come back as they were given, beside Content-Type."""

_KEPT = {name.lower(): name for name in KEPT}
_META_NAME = re.compile(r"[a-z0-9-]+\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_KMS_KEY_LIMIT = 256
_NUMBER = re.compile(r"[0-9]{1,12}\Z")


def stored_headers(headers: Mapping[str, str], default_type: str = DEFAULT_TYPE) -> Fields:
    """Content-Type, the five standard headers and the persistent ones of a request that writes an object."""
    content_type = headers.get("content-type") or default_type
    if headers.keys().isdisjoint(_KEPT) and persistent_headers.NAME not in headers:
        return _of_type(content_type)
    fields = {"Content-Type": content_type}
    fields.update({name: headers[lowered] for lowered, name in _KEPT.items() if headers.get(lowered)})
    if persistent_headers.NAME in headers:
        fields.update(persistent_headers.read(headers))
    return Fields(fields)


@lru_cache(64)
def _of_type(content_type: str) -> Fields:
    """The headers of an object of which nothing else was said; those of one type share them."""
    return Fields({"Content-Type": content_type})


def user_meta(headers: Mapping[str, str]) -> Fields:
    """The user metadata by lower-case name without prefix; raises InvalidArgument for bad names and over 8 KB."""
    if META not in "\n".join(headers):  # one search in all names together, since most requests have none
        return NO_FIELDS
    found = {name[len(META) :]: value for name, value in headers.items() if name.startswith(META)}
    for name, value in found.items():
        if not _META_NAME.match(name):
            raise errors.InvalidMetaName(ArgumentName=META + name, ArgumentValue=value)
        if _CONTROL.search(value):
            raise errors.InvalidMetaValue(ArgumentName=META + name, ArgumentValue=ascii(value))
    size = sum(len(META) + len(name) + len(value) for name, value in found.items())
    if size > META_LIMIT:
        raise errors.TooMuchMeta(ArgumentName=META, ArgumentValue=str(size))
    return Fields(found)


def storage_class(headers: Mapping[str, str], bucket: Bucket) -> str:
    """The class asked for, or the bucket's; raises InvalidArgument for an unknown one."""
    asked = headers.get("x-oss-storage-class")
    if asked is None:
        return bucket.storage_class
    if asked not in STORAGE_CLASSES:
        refusal = errors.InvalidObjectStorageClass if asked else errors.EmptyObjectStorageClass
        raise refusal(ArgumentName="x-oss-storage-class", ArgumentValue=asked)
    return asked


def object_acl(headers: Mapping[str, str]) -> str:
    """The ACL asked for at writing, or `default`; raises InvalidArgument for an unknown one."""
    asked = headers.get("x-oss-object-acl", "default")
    if asked not in OBJECT_ACLS:
        raise errors.InvalidObjectAcl(ArgumentName="x-oss-object-acl", ArgumentValue=asked)
    return asked


def tags(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The tags of header `x-oss-tagging`, none where it is absent."""
    return tagging.from_header(headers["x-oss-tagging"]) if "x-oss-tagging" in headers else ()


def forbids_overwrite(headers: Mapping[str, str]) -> bool:
    """Whether `x-oss-forbid-overwrite` is true; raises InvalidArgument unless true or false."""
    value = headers.get("x-oss-forbid-overwrite")
    if value is None:
        return False
    if value.lower() not in ("true", "false"):
        raise errors.InvalidForbidOverwrite(ArgumentName="x-oss-forbid-overwrite", ArgumentValue=value)
    return value.lower() == "true"


def check_traffic_limit(call: Call) -> None:
    """Refuse a bad `x-oss-traffic-limit`, in bits a second, or one given twice; a good one changes nothing here."""
    header, query = call.headers.get(TRAFFIC_LIMIT), call.arguments.get(TRAFFIC_LIMIT)
    if header is not None and query is not None:
        raise errors.TrafficLimitTwice(ArgumentName=TRAFFIC_LIMIT, ArgumentValue=header)
    asked = query if header is None else header
    if asked is not None and not (_NUMBER.match(asked) and 819_200 <= int(asked) <= 838_860_800):
        raise errors.InvalidTrafficLimit(ArgumentName=TRAFFIC_LIMIT, ArgumentValue=asked)


def refuse_callback(call: Call) -> None:
    """Refuse by name what asks for a callback after the upload: an answer without one would hide that none came.

    One that is named by a callback policy of the bucket passes: such policies are kept and shown, and nobody is called.
    """
    for name, given in (("x-oss-callback", call.headers), ("callback", call.arguments)):
        if name in given and not _names_policy(given[name]):
            raise errors.NotImplemented(operation=f"{call.operation} with {name}")


def _names_policy(callback: str) -> bool:
    """Whether base64 of a JSON object names a callback policy."""
    try:
        said = json.loads(base64.b64decode(callback, validate=True))
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and "callbackPolicy" in said


def encryption(call: Call, bucket: Bucket, headers: Mapping[str, str] | None = None) -> Encryption | None:
    """The server-side encryption asked for, or the bucket's default.

    Where nobody named a KMS key it is the account's own, one a region. A data encryption without KMS means
    nothing (the SDKs' tests); a key without KMS is refused (assumption A110). Raises
    InvalidEncryptionAlgorithmError, InvalidDataEncryptionAlgorithmError and InvalidArgument, and where the settings
    say so KmsServiceNotEnabled, KeyNotFound and AliasNotFound.
    """
    given = call.headers if headers is None else headers
    algorithm = given.get("x-oss-server-side-encryption")
    key_id = given.get("x-oss-server-side-encryption-key-id")
    data = given.get("x-oss-server-side-data-encryption")
    if algorithm is None and not key_id:
        return _default_encryption(call, bucket)
    check_encryption(algorithm, key_id, data)
    return _made(call, bucket, algorithm or "", key_id, data)


def check_encryption(algorithm: str | None, key_id: str | None, data: str | None) -> None:
    """Refuse an unknown algorithm, a key without KMS, and a data encryption with KMS that is not SM4."""
    if algorithm not in (None, "AES256", "KMS", "SM4"):
        raise errors.InvalidEncryptionAlgorithmError()
    if algorithm != "KMS":
        if key_id:
            raise errors.KmsKeyNotApplicable(ArgumentName="KMSMasterKeyID", ArgumentValue=key_id)
        return
    if key_id is not None and len(key_id) > _KMS_KEY_LIMIT:
        raise errors.InvalidKmsKeyId()
    if data not in (None, "", "SM4"):
        raise errors.InvalidDataEncryptionAlgorithmError()


def _default_encryption(call: Call, bucket: Bucket) -> Encryption | None:
    rule = bucket.configuration(BucketEncryption) if bucket.configurations else None
    return None if rule is None else _made(call, bucket, rule.algorithm, rule.key_id, rule.data_algorithm)


def _made(call: Call, bucket: Bucket, algorithm: str, key_id: str | None, data: str | None) -> Encryption:
    if algorithm != "KMS":
        return Encryption(algorithm)
    _check_key_service(call, key_id)
    return Encryption(algorithm, key_id or call.ids.fixed("kms", f"{bucket.owner}/{bucket.region}"), data or None)


def _check_key_service(call: Call, key_id: str | None) -> None:
    """Whether the account uses KMS, and which keys it has there, is what the settings say."""
    if not call.settings.kms_enabled:
        raise errors.KmsServiceNotEnabled().because("settings.kms_enabled is off")
    keys = call.settings.kms_keys
    if key_id and keys and key_id not in keys:
        refusal = errors.AliasNotFound if key_id.startswith("alias/") else errors.KeyNotFound
        raise refusal().because(f"{key_id} is not among settings.kms_keys")


# Answers


def of_encryption(value: Encryption | None) -> Pairs:
    """The headers that tell how an object or an upload is encrypted."""
    if value is None:
        return []
    pairs = [("x-oss-server-side-encryption", value.algorithm)]
    if value.key_id is not None:
        pairs.append(("x-oss-server-side-encryption-key-id", value.key_id))
    if value.data is not None:
        pairs.append(("x-oss-server-side-data-encryption", value.data))
    return pairs


def version_id(bucket: Bucket, version: ObjectVersion | DeleteMarker) -> Pairs:
    """`x-oss-version-id`, once versioning was ever set."""
    return [("x-oss-version-id", version.version_id)] if bucket.versioning is not None else []


def of_written(bucket: Bucket, version: ObjectVersion) -> Pairs:
    """What a write tells of the object made: ETag, checksums, version id, encryption."""
    pairs = [("ETag", f'"{version.etag}"'), ("x-oss-hash-crc64ecma", str(version.payload.crc64))]
    digest = version.content_md5
    if digest is not None:
        pairs.append(("Content-MD5", checksums.encode_md5(digest)))
    if bucket.versioning is not None:
        pairs += version_id(bucket, version)
    if version.encryption is not None:
        pairs += of_encryption(version.encryption)
    return pairs


def of_object(bucket: Bucket, version: ObjectVersion, now: datetime) -> Pairs:
    """Everything GetObject and HeadObject tell, but for what depends on the range asked for."""
    pairs = [
        ("ETag", f'"{version.etag}"'),
        ("Last-Modified", dates.http_date(version.last_modified)),
        ("x-oss-object-type", version.kind),
        ("x-oss-hash-crc64ecma", str(version.payload.crc64)),
        ("x-oss-storage-class", version.storage_class),
    ]
    pairs += version.headers.pairs()
    if version.meta:
        pairs += [(META + name, value) for name, value in version.meta.items()]
    digest = version.content_md5
    if digest is not None:
        pairs.append(("Content-MD5", checksums.encode_md5(digest)))
    if version.tags:
        pairs.append((TAGGING_COUNT, str(len(version.tags))))
    if version.next_append_position is not None:
        pairs.append(("x-oss-next-append-position", str(version.next_append_position)))
    if version.sealed_at is not None:
        pairs.append(("x-oss-sealed-time", dates.http_date(version.sealed_at)))
    pairs += of_restore(version.restore, now)
    pairs += retaining.of_version(version)
    return pairs + version_id(bucket, version) + of_encryption(version.encryption)


def restore_text(restore: Restore, now: datetime) -> str | None:
    """The state of a restore as headers and listings spell it; None once it is over."""
    if restore.is_ongoing(now):
        return 'ongoing-request="true"'
    if restore.is_over(now):
        return None
    return f'ongoing-request="false", expiry-date="{dates.http_date(restore.expires_at)}"'


def of_restore(restore: Restore | None, now: datetime) -> Pairs:
    """`x-oss-restore` of an archived object that is being restored or is readable."""
    text = None if restore is None else restore_text(restore, now)
    return [] if text is None else [("x-oss-restore", text)]


def without(pairs: Iterable[tuple[str, str]], *names: str) -> Pairs:
    """The pairs but for those named, whatever their case."""
    dropped = {name.lower() for name in names}
    return [pair for pair in pairs if pair[0].lower() not in dropped]
