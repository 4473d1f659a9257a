"""Uploads files to a bucket: small ones whole, large ones in parts, with a second and third try.

It has two bugs, of the kind that shows only when the service is having a bad day. The tests beside it find both;
`repaired.py` is the same without them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import oss2

PART_SIZE = 1 << 20
TRIES = 3


def upload(bucket: oss2.Bucket, path: Path, key: str) -> None:
    """Store the file at `path` under `key`; raises what oss2 raises when the last try has failed."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size <= PART_SIZE:
            _put(bucket, key, file)
        else:
            _put_in_parts(bucket, key, file)


def _put(bucket: oss2.Bucket, key: str, file: BinaryIO) -> None:
    for attempt in range(1, TRIES + 1):
        try:
            bucket.put_object(key, file)  # the first bug: a second try begins where the first has stopped reading
        except (oss2.exceptions.ServerError, oss2.exceptions.RequestError):
            if attempt == TRIES:
                raise
        else:
            return


def _put_in_parts(bucket: oss2.Bucket, key: str, file: BinaryIO) -> None:
    upload_id = bucket.init_multipart_upload(key).upload_id
    parts: list[oss2.models.PartInfo] = []
    while block := file.read(PART_SIZE):  # the second bug: whatever fails from here on, the upload stays behind
        etag = bucket.upload_part(key, upload_id, len(parts) + 1, block).etag
        parts.append(oss2.models.PartInfo(len(parts) + 1, etag))
    bucket.complete_multipart_upload(key, upload_id, parts)
