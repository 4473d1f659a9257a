"""The uploader without its bugs: each try begins at the file's beginning, and a failed upload is aborted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

import oss2
import requests

PART_SIZE = 1 << 20
TRIES = 3
FAILURES = (oss2.exceptions.OssError, requests.exceptions.RequestException, ParseError)
"""What oss2 raises, and what it lets pass where a reply breaks off: urllib3 1.26 takes half a document as whole."""


def upload(bucket: oss2.Bucket, path: Path, key: str) -> None:
    """Store the file at `path` under `key`; raises what oss2 raises when the last try has failed."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size <= PART_SIZE:
            _put(bucket, key, file)
        else:
            _put_in_parts(bucket, key, file)


def _put(bucket: oss2.Bucket, key: str, file: BinaryIO) -> None:
    for attempt in range(1, TRIES + 1):
        file.seek(0)
        try:
            bucket.put_object(key, file)
        except (oss2.exceptions.ServerError, oss2.exceptions.RequestError):
            if attempt == TRIES:
                raise
        else:
            return


def _put_in_parts(bucket: oss2.Bucket, key: str, file: BinaryIO) -> None:
    parts: list[oss2.models.PartInfo] = []
    try:
        upload_id = bucket.init_multipart_upload(key).upload_id
        while block := file.read(PART_SIZE):
            etag = bucket.upload_part(key, upload_id, len(parts) + 1, block).etag
            parts.append(oss2.models.PartInfo(len(parts) + 1, etag))
        bucket.complete_multipart_upload(key, upload_id, parts)
    except FAILURES:
        _abort_uploads(bucket, key)
        raise


def _abort_uploads(bucket: oss2.Bucket, key: str) -> None:
    """Abort every upload to `key`: the answer that tells an upload's id may be the very one that was lost."""
    for _ in range(TRIES):
        try:
            for upload in oss2.MultipartUploadIterator(bucket, prefix=key):
                if upload.key == key:
                    bucket.abort_multipart_upload(key, upload.upload_id)
        except FAILURES:
            continue
        else:
            return
