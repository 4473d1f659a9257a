"""Every combination of the four conditions, asked of the five operations that obey them.

The table is written from the vendor's page on conditional downloads: each header alone holds or fails; where
several are given all must hold, and 412 comes before 304.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import product

import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import error_of

CONTENT = b"content"
ETAG = hashlib.md5(CONTENT).hexdigest().upper()
OTHER = hashlib.md5(b"other").hexdigest().upper()

# What a header says, and whether the object's ETag is among it.
ETAGS = {
    ETAG: True,
    f'"{ETAG}"': True,
    f'"{OTHER}", "{ETAG}"': True,
    "*": True,
    OTHER: False,
    f'"{OTHER}"': False,
    f'"{OTHER}", "{OTHER}"': False,
}
# What a header says, and whether the object was modified after that, None where the time cannot be read.
# The first three stand for the second before the object's modification, that second, and the one after it.
TIMES = {"past": True, "equal": False, "future": False, "yesterday": None}
SECONDS = {"past": -1, "equal": 0, "future": 1}

IF_MATCH: dict[str | None, int] = {None: 200, **{value: 200 if listed else 412 for value, listed in ETAGS.items()}}
IF_NONE_MATCH: dict[str | None, int] = {None: 200, **{value: 304 if listed else 200 for value, listed in ETAGS.items()}}
IF_UNMODIFIED_SINCE: dict[str | None, int] = {
    None: 200,
    **{value: 412 if later else 200 for value, later in TIMES.items()},
}
IF_MODIFIED_SINCE: dict[str | None, int] = {
    None: 200,
    **{value: 304 if later is False else 200 for value, later in TIMES.items()},
}

HEADERS = ("if-match", "if-unmodified-since", "if-none-match", "if-modified-since")


def combinations(if_match: str | None) -> Iterator[tuple[dict[str, str], int]]:
    """Headers by name, and the status that is due, for all that the three others can be."""
    for rest in product(IF_UNMODIFIED_SINCE, IF_NONE_MATCH, IF_MODIFIED_SINCE):
        values = (if_match, *rest)
        tables = (IF_MATCH, IF_UNMODIFIED_SINCE, IF_NONE_MATCH, IF_MODIFIED_SINCE)
        verdicts = [table[value] for table, value in zip(tables, values, strict=True)]
        given = {name: value for name, value in zip(HEADERS, values, strict=True) if value is not None}
        yield given, next((status for status in (412, 304) if status in verdicts), 200)


OPERATIONS = {
    "GetObject": ("GET", "/source"),
    "HeadObject": ("HEAD", "/source"),
    "GetObjectMeta": ("HEAD", "/source?objectMeta"),
    "CopyObject": ("PUT", "/copy"),
    "UploadPartCopy": ("PUT", "/upload?partNumber=1&uploadId={upload_id}"),
}


@pytest.fixture
def target(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, operation: str) -> tuple[str, str]:
    """The request of an operation that reads `source`."""
    oss.put(BUCKET, "source", CONTENT)
    method, path = OPERATIONS[operation]
    return method, path.format(upload_id=bucket.init_multipart_upload("upload").upload_id)


@pytest.mark.parametrize("if_match", IF_MATCH)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_all_conditions_must_hold(
    oss: fakeoss.FakeOSS, raw: Raw, operation: str, target: tuple[str, str], if_match: str | None
) -> None:
    copies = operation in ("CopyObject", "UploadPartCopy")
    constant = {"x-oss-copy-source": f"/{BUCKET}/source"} if copies else {}
    prefix = "x-oss-copy-source-" if copies else ""
    modified = int(oss.bucket(BUCKET).head("source").last_modified.timestamp())
    spelled = {name: oss2.http_date(modified + distance) for name, distance in SECONDS.items()}
    before = oss.snapshot().world
    for given, status in combinations(if_match):
        reply = raw(
            *target, {**constant, **{prefix + name: spelled.get(value, value) for name, value in given.items()}}
        )
        assert reply.status == status, given
        if status == 304:
            assert (reply.data(), reply.header("Content-Length")) == (b"", None)
        elif status == 412:
            failed = next(name for name in HEADERS if name in given and _fails(name, given[name]))
            error = error_of(reply)
            assert (error["Code"], error["EC"]) == ("PreconditionFailed", "0017-00001001")
            assert error["Condition"].lower() == failed
        if status != 200 or not copies:
            assert oss.snapshot().world is before
        before = oss.snapshot().world


def _fails(name: str, value: str) -> bool:
    return {"if-match": IF_MATCH, "if-unmodified-since": IF_UNMODIFIED_SINCE}.get(name, {}).get(value) == 412


@pytest.mark.parametrize("operation", ["CopyObject", "UploadPartCopy"])
def test_a_copy_heeds_only_the_conditions_on_its_source(target: tuple[str, str], raw: Raw, operation: str) -> None:
    headers = {"x-oss-copy-source": f"/{BUCKET}/source", "If-Match": OTHER, "If-None-Match": ETAG}
    assert raw(*target, headers).status == 200


@pytest.mark.parametrize("operation", ["GetObject", "HeadObject", "GetObjectMeta"])
def test_a_read_heeds_only_the_conditions_without_prefix(target: tuple[str, str], raw: Raw, operation: str) -> None:
    assert raw(*target, {"x-oss-copy-source-if-match": OTHER}).status == 200


@pytest.mark.parametrize("operation", ["GetObject"])
@pytest.mark.parametrize("range_", ["bytes=0-1", "bytes=7-"])
def test_conditions_come_before_the_range(target: tuple[str, str], raw: Raw, operation: str, range_: str) -> None:
    headers = {"Range": range_, "x-oss-range-behavior": "standard"}
    assert raw(*target, {**headers, "If-Match": OTHER}).status == 412
    assert raw(*target, {**headers, "If-None-Match": ETAG}).status == 304
    assert raw(*target, {**headers, "If-Match": ETAG}).status == (206 if range_ == "bytes=0-1" else 416)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_is_not_there_is_no_question_of_conditions(target: tuple[str, str], raw: Raw, operation: str) -> None:
    method, path = target
    if method == "PUT":
        headers = {"x-oss-copy-source": f"/{BUCKET}/missing", "x-oss-copy-source-if-none-match": "*"}
        assert raw(method, path, headers).status == 404
    else:
        assert raw(method, path.replace("source", "missing"), {"If-None-Match": "*", "If-Match": "*"}).status == 404
