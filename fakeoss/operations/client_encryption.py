"""What a client that encrypts by itself has to say of it, in user metadata `client-side-encryption-...`.

The service cannot decrypt such an object, but sees to it that those who can find all they need: the fields come
together, parts have the sizes announced, copies keep them (docs: 0005-00000401 to 0005-00000421).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from fakeoss import errors
from fakeoss.operations.object_headers import META
from fakeoss.state.objects import Fields
from fakeoss.state.uploads import MOST_PARTS, Upload

PREFIX = "client-side-encryption-"

KEY, START, CEK_ALG, WRAP_ALG, HMAC, DATA_SIZE, PART_SIZE = (
    PREFIX + name for name in ("key", "start", "cek-alg", "wrap-alg", "magic-number-hmac", "data-size", "part-size")
)

_NEEDED = {
    KEY: errors.EncryptionKeyMissing,
    START: errors.EncryptionStartMissing,
    CEK_ALG: errors.EncryptionCekAlgMissing,
    WRAP_ALG: errors.EncryptionWrapAlgMissing,
}
_NEEDED_OF_UPLOADS = {DATA_SIZE: errors.EncryptionDataSizeMissing, PART_SIZE: errors.EncryptionPartSizeMissing}
_SIZES = {DATA_SIZE: errors.EncryptionDataSizeInvalid, PART_SIZE: errors.EncryptionPartSizeInvalid}
_KEPT_BY_PARTS = {
    START: errors.EncryptionStartChanged,
    HMAC: errors.EncryptionHmacChanged,
    PART_SIZE: errors.EncryptionPartSizeChanged,
}
_FIELDS = frozenset({*_NEEDED, *_NEEDED_OF_UPLOADS, HMAC})
_SIZE = re.compile(r"0*([1-9][0-9]{0,17})\Z", re.ASCII)


def is_encrypted(meta: Mapping[str, str]) -> bool:
    """Whether user metadata, by name without prefix, is that of an object its client encrypted."""
    return not _FIELDS.isdisjoint(meta)


def check_object(meta: Mapping[str, str]) -> None:
    """Refuse metadata of an encrypted object that lacks a field: InvalidEncryptionRequest."""
    if is_encrypted(meta):
        _check_complete(meta, _NEEDED)


def check_upload(meta: Mapping[str, str]) -> None:
    """Refuse an upload in parts that lacks a field, or whose sizes are no numbers or make over 10,000 parts."""
    if not is_encrypted(meta):
        return
    _check_complete(meta, {**_NEEDED, **_NEEDED_OF_UPLOADS})
    for name, refusal in _SIZES.items():
        if not _SIZE.match(meta[name]):
            raise refusal(ArgumentName=META + name, ArgumentValue=meta[name])
    if _parts_expected(meta) > MOST_PARTS:
        raise errors.EncryptionPartsTooMany()


def check_part(upload: Upload, number: int, size: int, said: Mapping[str, str]) -> None:
    """Refuse a part of an encrypted upload that says other things than its initiation, or is not as long as due.

    `said` is the part's own metadata. Every part but the last has the size announced, the last has what is left.
    """
    meta = upload.meta
    if not is_encrypted(meta):
        return
    _check_complete(said, {**_NEEDED, **_NEEDED_OF_UPLOADS})
    for name in meta:
        if name in _FIELDS and said.get(name) != meta[name]:
            refusal = _KEPT_BY_PARTS.get(name, errors.EncryptionChanged)
            raise refusal(ArgumentName=META + name, ArgumentValue=said.get(name, ""))
    part_size = int(meta[PART_SIZE])
    if number == _parts_expected(meta):
        if size != int(meta[DATA_SIZE]) - (number - 1) * part_size:
            raise errors.EncryptedDataSize()
    elif size != part_size:
        raise errors.EncryptedPartSize()


def check_completion(upload: Upload, chosen: int) -> None:
    """Refuse to complete an encrypted upload with more parts than its sizes make."""
    if is_encrypted(upload.meta) and chosen > _parts_expected(upload.meta):
        raise errors.EncryptedPartsTooMany()


def of_copy(source: Mapping[str, str], said: Mapping[str, str], *, in_place: bool) -> Fields:
    """The user metadata of a copy that takes `said` in the place of its source's; what encryption needs stays.

    Raises InvalidEncryptionRequest where the request would change that, or any metadata of an encrypted object
    that is copied onto itself.
    """
    if not is_encrypted(source):
        return Fields(said)
    changed = next((name for name in said if in_place or name.startswith(PREFIX)), None)
    if changed is not None:
        raise errors.EncryptionMetaProtected(ArgumentName=META + changed, ArgumentValue=said[changed])
    if in_place:
        return Fields(source)
    return Fields({**said, **{name: value for name, value in source.items() if name.startswith(PREFIX)}})


def _check_complete(meta: Mapping[str, str], needed: Mapping[str, errors.Row]) -> None:
    for name, refusal in needed.items():
        if not meta.get(name):
            raise refusal(ArgumentName=META + name)
    if meta[WRAP_ALG] == "rsa" and not meta.get(HMAC):
        raise errors.EncryptionHmacMissing(ArgumentName=META + HMAC)


def _parts_expected(meta: Mapping[str, str]) -> int:
    return -(-int(meta[DATA_SIZE]) // int(meta[PART_SIZE]))
