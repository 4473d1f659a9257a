"""What is tried with every client. A case asserts what must hold anywhere and gives all that was seen."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.clients.client import Client, OnlyRead, Seen, attempt
from tests.clients.places import BUCKET, OTHERS, Watched
from tests.clients.plain import from_the_middle

TEXT = "name,number\nkept,1\n"
WIDE = "name,number\n\u4e2d,1\n"
"""SDK v2 counts its checksum of such text wrongly, here as elsewhere, so it is compared and not judged."""
DATA = TEXT.encode()
LONG = bytes(range(256)) * 800
ZIPPED = gzip.compress(DATA * 100, mtime=0)
ODD_KEYS = (
    "a+b",
    "50%",
    "50%2Fslash",
    "a space",
    "\u4e2d/\xe4",
    "two//slashes",
    "what?x=1&y",
    "hash#",
    "semi;colon~*'",
    "control\x01\x1f\x7f",
)

Run = Callable[[Client, Watched], list[Seen]]


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the matrix."""

    name: str
    run: Run


def went_well(seen: Seen, status: int = 200) -> Seen:
    """The call itself, so that cases read in one line; clients that hide the status show none."""
    assert not seen.errors, seen
    assert seen.status in (None, status), seen
    return seen


def failed(seen: Seen, status: int, code: str) -> Seen:
    """The status arrived, by exception or not; the code wherever the client tells it."""
    if seen.status is None:
        assert seen.errors[0] in ("FileNotFoundError", "PermissionError"), "what file systems say instead"
        return seen
    assert seen.status == status, seen
    assert seen.code in (None, code), seen
    assert seen.code or not seen.body or code.encode() in seen.body, seen
    return seen


def stored(oss: Watched, key: str = "key") -> bytes:
    """What the fake holds."""
    return oss.bucket(BUCKET).read(key)


def put_bytes(client: Client, oss: Watched) -> list[Seen]:
    seen = [went_well(attempt(lambda: client.put("key", LONG))), went_well(attempt(lambda: client.put("none", b"")))]
    assert stored(oss) == LONG
    assert stored(oss, "none") == b""
    return seen


def put_text(client: Client, oss: Watched) -> list[Seen]:
    seen = went_well(attempt(lambda: client.put("key", TEXT)))
    assert stored(oss) == DATA
    return [seen, attempt(lambda: client.put("wide", WIDE))]


def put_file(client: Client, oss: Watched) -> list[Seen]:
    seen = went_well(attempt(lambda: client.put("key", from_the_middle(LONG))))
    assert stored(oss) == LONG
    return [seen]


def put_generator(client: Client, oss: Watched) -> list[Seen]:
    seen = went_well(attempt(lambda: client.put("key", client.generator(b"a" * 10, LONG, b"c"))))
    assert stored(oss) == b"a" * 10 + LONG + b"c"
    return [seen]


def put_iterator(client: Client, oss: Watched) -> list[Seen]:
    seen = went_well(attempt(lambda: client.put("key", client.iterator(b"a" * 10, LONG, b"c"))))
    assert stored(oss) == b"a" * 10 + LONG + b"c"
    return [seen]


def put_only_read(client: Client, oss: Watched) -> list[Seen]:
    seen = went_well(attempt(lambda: client.put("key", OnlyRead(LONG))))
    assert stored(oss) == LONG
    return [seen]


def get(client: Client, oss: Watched) -> list[Seen]:
    oss.put(BUCKET, "key", DATA)
    seen = went_well(attempt(lambda: client.get("key")))
    assert seen.body == DATA
    return [seen]


def get_range(client: Client, oss: Watched) -> list[Seen]:
    oss.put(BUCKET, "key", LONG)
    seen = went_well(attempt(lambda: client.part("key", 100, 199)), 206)
    assert seen.body == LONG[100:200]
    return [seen]


def not_modified(client: Client, oss: Watched) -> list[Seen]:
    oss.put(BUCKET, "key", DATA)
    etag = hashlib.md5(DATA).hexdigest().upper()
    seen = attempt(lambda: client.get("key", (("If-None-Match", f'"{etag}"'),)))
    assert seen.status == 304, seen
    return [seen, went_well(attempt(lambda: client.get("key")))]


def forbidden(client: Client, oss: Watched) -> list[Seen]:
    return [failed(attempt(lambda: client.get("closed", bucket=OTHERS)), 403, "AccessDenied")]


def not_found(client: Client, oss: Watched) -> list[Seen]:
    return [failed(attempt(lambda: client.get("absent")), 404, "NoSuchKey")]


def precondition_failed(client: Client, oss: Watched) -> list[Seen]:
    oss.put(BUCKET, "key", DATA)
    return [failed(attempt(lambda: client.get("key", (("If-Match", '"other"'),))), 412, "PreconditionFailed")]


def head(client: Client, oss: Watched) -> list[Seen]:
    oss.put(BUCKET, "key", LONG)
    seen = went_well(attempt(lambda: client.head("key")))
    assert seen.detail == len(LONG) or seen.header("content-length") == str(len(LONG)), seen
    missing = attempt(lambda: client.head("absent"))
    assert missing.status == 404 or missing.errors[0] == "FileNotFoundError", missing
    return [seen, missing]


def read_raw(client: Client, oss: Watched) -> list[Seen]:
    oss.put(BUCKET, "zipped", ZIPPED, content_encoding="gzip")
    seen = went_well(attempt(lambda: client.raw("zipped")))
    assert seen.body == ZIPPED
    return [seen]


def odd_keys(client: Client, oss: Watched) -> list[Seen]:
    seen = []
    for key in ODD_KEYS:
        seen.append(went_well(attempt(lambda key=key: client.put(key, key.encode()))))  # type: ignore[misc] # mypy 3.10
        got = went_well(attempt(lambda key=key: client.get(key)))  # type: ignore[misc] # as above
        assert got.body == key.encode()
        seen.append(got)
    assert oss.bucket(BUCKET).keys() == sorted(ODD_KEYS)
    return seen


def odd_query(client: Client, oss: Watched) -> list[Seen]:
    query = "x-empty=&x-bare&x-twice=1&x-twice=2&x-coded=%2F+%20"
    oss.put(BUCKET, "key", DATA)
    seen = went_well(attempt(lambda: client.get("key", query=query)))
    assert oss.reached[-1].target.startswith(f"/key?{query}&"), oss.reached[-1].target
    return [seen]


def expect(client: Client, oss: Watched) -> list[Seen]:
    seen = went_well(attempt(lambda: client.put("key", LONG, (("Expect", "100-continue"),))))
    assert stored(oss) == LONG
    assert oss.reached[-1].headers.get("Expect") == "100-continue"
    return [seen]


def metadata(client: Client, oss: Watched) -> list[Seen]:
    seen = attempt(lambda: client.put("key", DATA, (("x-oss-meta-word", "\u4e2d"),)))
    kept = oss.bucket(BUCKET).keys() == ["key"]
    assert kept or seen.errors, seen
    return [seen]


def duplicate_headers(client: Client, oss: Watched) -> list[Seen]:
    oss.put(BUCKET, "key", DATA)
    seen = went_well(attempt(lambda: client.get("key", (("x-word", "1"), ("x-word", "2")))))
    sent = oss.reached[-1].headers.all("x-word")
    assert ", ".join(sent) == "1, 2"
    return [seen]


def listing(client: Client, oss: Watched) -> list[Seen]:
    keys = [f"list/{number}" for number in range(5)]
    for key in (*keys, "other"):
        oss.put(BUCKET, key, DATA)
    assert client.keys("list/") == keys
    return []


def multipart(client: Client, oss: Watched) -> list[Seen]:
    parts = [LONG, LONG, b"end"]
    seen = went_well(attempt(lambda: client.multipart("key", parts)))
    assert stored(oss) == b"".join(parts)
    return [replace(seen, headers=(), body=None)]  # they count the URL of the object


def delete(client: Client, oss: Watched) -> list[Seen]:
    oss.put(BUCKET, "key", DATA)
    seen = went_well(attempt(lambda: client.delete("key")), 204)
    assert oss.bucket(BUCKET).keys() == []
    return [seen]


CASES = (
    Case("put bytes", put_bytes),
    Case("put str", put_text),
    Case("put a file from the middle", put_file),
    Case("put a generator", put_generator),
    Case("put an iterator", put_iterator),
    Case("put read(n) only", put_only_read),
    Case("get", get),
    Case("range", get_range),
    Case("304", not_modified),
    Case("403", forbidden),
    Case("404", not_found),
    Case("412", precondition_failed),
    Case("HEAD", head),
    Case("gzip object read raw", read_raw),
    Case("odd keys", odd_keys),
    Case("empty and repeated query", odd_query),
    Case("Expect: 100-continue", expect),
    Case("non-latin-1 metadata", metadata),
    Case("duplicate headers", duplicate_headers),
    Case("list", listing),
    Case("multipart", multipart),
    Case("delete", delete),
)
