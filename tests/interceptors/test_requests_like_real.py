"""`requests` sees, and sends, the same through the fake as through a real port."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from urllib3 import __version__ as urllib3_version  # type: ignore[attr-defined] # it has one, though no stub says so
from urllib3.util import SKIP_HEADER

from tests.interceptors.support import (
    CARRIER,
    WIRE,
    ZIPPED,
    Case,
    Hooks,
    active,
    assert_like_real,
    both_carriers,
    under_hook,
)
from tests.interceptors.support_async import BIG, HOST, Double


def shown(response: requests.Response) -> Any:
    return (
        response.status_code,
        response.reason,
        list(response.headers.items()),
        response.content,
        response.raw.version,
        response.raw.headers.items(),
        response.raw.isclosed(),
        response.encoding,
    )


class Readable:
    """An object with `read` and a length, and nothing else."""

    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)
        self._size = len(data)
        self.asked: list[int] = []

    def __len__(self) -> int:
        return self._size

    def read(self, amount: int = -1) -> bytes:
        self.asked.append(amount)
        return self._file.read(amount)


class Unmeasured:
    """An object with `read` and nothing else."""

    def __init__(self, data: bytes) -> None:
        self.read = io.BytesIO(data).read


def from_the_middle(data: bytes) -> io.BytesIO:
    file = io.BytesIO(b"not sent" + data)
    file.seek(8)
    return file


def generated(*blocks: Any) -> Iterator[Any]:
    yield from blocks


BODIES: dict[str, Any] = {
    "none": lambda: None,
    "empty bytes": lambda: b"",
    "bytes": lambda: b"some bytes",
    "text": lambda: "some text",
    "text beyond ASCII": lambda: "\u4e2d\u6587",
    "bytearray": lambda: bytearray(b"a bytearray"),
    "large": lambda: BIG[:3_000_000],
    "file from the middle": lambda: from_the_middle(b"x" * 100_000),
    "file of text": lambda: io.StringIO("text in a file"),
    "empty file": io.BytesIO,
    "generator": lambda: generated(b"a", b"bc" * 30_000, b"d"),
    "generator of text": lambda: generated("a", "\u00e4"),
    "empty generator": generated,
    "list of bytes": lambda: iter([b"one", b"two"]),
    "read(n) only": lambda: Readable(b"r" * 50_000),
    "form": lambda: {"a": "1", "b": ["2", "3"]},
}
if not urllib3_version.startswith("1."):  # which could not send it
    BODIES["read(n) of unknown length"] = lambda: Unmeasured(b"u" * 50_000)


@both_carriers
@pytest.mark.parametrize("name", BODIES)
def test_every_kind_of_body_arrives_as_on_the_wire(hooks: Hooks, name: str) -> None:
    def case(url: str) -> Any:
        first = shown(requests.put(f"{url}/body", data=BODIES[name]()))
        return first, shown(requests.get(f"{url}/body"))

    assert_like_real(case, hooks)


@both_carriers
@pytest.mark.parametrize("status", [200, 204, 206, 304, 403, 404, 412, 416, 500])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "POST", "OPTIONS"])
def test_every_status_looks_the_same(hooks: Hooks, method: str, status: int) -> None:
    assert_like_real(lambda url: shown(requests.request(method, f"{url}/status/{status}")), hooks)


KEYS = [
    "/a+b",
    "/a%2Bb",
    "/a%2bb",
    "/100%25",
    "/a%2Fb",
    "/a b",
    "/\u4e2d\u6587/\u00fc",
    "//double//slash",
    "/a/../b/./c",
    "/a%2F..%2Fb",
    "/ends/",
    "/question%3Fmark",
    "/with?query=1?2",
    "/control%01%0A%7F",
    "/[brackets]|pipe^caret`tick",
    '/"quotes"<>{}\\',
    "/~tilde!$&'()*,;=:@",
    "",
    "/?acl",
    "/?acl=&location&x=%2F+%20&x=2",
    "/?empty=&&twice=1&twice=1",
    "/a?",
    "/a#fragment",
    "/a?q#fragment",
]


@both_carriers
@pytest.mark.parametrize("key", KEYS)
def test_odd_keys_and_queries_arrive_with_the_same_characters(hooks: Hooks, key: str) -> None:
    assert_like_real(lambda url: shown(requests.get(url + key)), hooks)


def test_a_prepared_url_that_was_changed_by_hand_is_sent_as_it_would_be() -> None:
    def case(url: str) -> Any:
        session = requests.Session()
        prepared = session.prepare_request(requests.Request("GET", f"{url}/x"))
        prepared.url = f"{url}/a/../%2fb[1]"
        return shown(session.send(prepared))

    for hooks in both_carriers.args[1]:
        assert_like_real(case, hooks)


HEADERS: dict[str, dict[str, Any]] = {
    "latin-1": {"x-oss-meta-a": "\u00e4"},
    "bytes": {"x-oss-meta-a": b"\xe4\xb8\xad"},
    "not latin-1": {"x-oss-meta-a": "\u4e2d"},
    "name not latin-1": {"x-oss-meta-\u212a": "its lower case is a plain k"},
    "trailing blanks": {"x-oss-meta-a": "a \t"},
    "inner blanks": {"x-oss-meta-a": "a  b"},
    "empty": {"x-oss-meta-a": ""},
    "none": {"User-Agent": None, "Accept-Encoding": None, "Accept": None},
    "skipped": {"User-Agent": SKIP_HEADER},
    "close": {"Connection": "close"},
    "range": {"Range": "bytes=2-4"},
}


@both_carriers
@pytest.mark.parametrize("name", HEADERS)
def test_headers_arrive_as_on_the_wire(hooks: Hooks, name: str) -> None:
    def case(url: str) -> Any:
        with requests.Session() as session:
            session.put(f"{url}/object", data=b"0123456789")
            return [shown(session.get(f"{url}/object", headers=HEADERS[name])) for _ in range(2)]

    assert_like_real(case, hooks)


def test_metadata_that_cannot_be_latin_1_fails_as_the_client_fails() -> None:
    def case(url: str) -> Any:
        return requests.put(f"{url}/a", data=b"", headers={"x-oss-meta-a": "\u4e2d\u6587"}).status_code

    for hooks in both_carriers.args[1]:
        assert under_hook(case, hooks)[0] == ["UnicodeEncodeError"]


def streamed(path: str) -> Case:
    def case(url: str) -> Any:
        with requests.get(url + path, stream=True) as response:
            raw = response.raw
            seen: list[Any] = [raw.tell(), raw.isclosed(), raw.read(10), raw.tell(), raw.read(0), raw.isclosed()]
            seen += [len(raw.read(100_000)), raw.read(20, decode_content=False)[:5], raw.isclosed()]
            rest = raw.read()
            return [*seen, len(rest), rest[-3:], raw.isclosed(), raw.read(), raw.read(5), raw.tell()]

    return case


def in_blocks(path: str) -> Case:
    def case(url: str) -> Any:
        response = requests.get(url + path, stream=True)
        blocks = [len(block) for block in response.iter_content(50_000)]
        return blocks, response.raw.isclosed(), response.raw.closed

    return case


def read_into(path: str) -> Case:
    def case(url: str) -> Any:
        response = requests.get(url + path, stream=True)
        buffer = bytearray(7)
        seen = [(response.raw.readinto(buffer), bytes(buffer)) for _ in range(3)]
        response.close()
        return seen, response.raw.closed, response.raw.isclosed()

    return case


def through_io(path: str) -> Case:
    def case(url: str) -> Any:
        response = requests.get(url + path, stream=True)
        response.raw.decode_content = True
        with io.BufferedReader(response.raw) as reader:
            return len(reader.read())

    return case


@both_carriers
@pytest.mark.parametrize("read", [streamed, in_blocks, read_into, through_io])
@pytest.mark.parametrize("path", ["/big", "/gzip", "/zipped", "/twice", "/empty", "/status/204", "/status/404"])
def test_reading_in_every_manner_gives_the_same(hooks: Hooks, read: Any, path: str) -> None:
    assert_like_real(read(path), hooks)


@both_carriers
def test_a_gzip_object_comes_verbatim_from_raw_and_unpacked_from_content(hooks: Hooks) -> None:
    def case(url: str) -> Any:
        raw = requests.get(f"{url}/zipped", stream=True).raw.read()
        return raw, requests.get(f"{url}/zipped").content

    assert_like_real(case, hooks)
    assert under_hook(case, hooks)[0] == (ZIPPED, BIG[:200_000])


def test_raw_read1_gives_what_there_is() -> None:
    def case(url: str) -> Any:
        raw = requests.get(f"{url}/twice", stream=True).raw
        return [raw.read1(2), raw.read1(100), raw.read1(1), raw.isclosed()] if hasattr(raw, "read1") else None

    assert_like_real(case, CARRIER)


@both_carriers
def test_redirects_cookies_hooks_and_pickling_work(hooks: Hooks) -> None:
    def case(url: str) -> Any:
        seen: list[int] = []
        response = requests.get(f"{url}/moved", hooks={"response": lambda r, **_: seen.append(r.status_code)})
        copy = pickle.loads(pickle.dumps(response))  # noqa: S301 # these are our own bytes
        return seen, len(response.history), dict(response.cookies), copy.content, copy.status_code

    assert_like_real(case, hooks)


@both_carriers
def test_a_connection_serves_many_requests_of_a_session(hooks: Hooks) -> None:
    def case(url: str) -> Any:
        with requests.Session() as session:
            return [shown(session.put(f"{url}/{n}", data=b"%d" % n)) for n in range(5)] + [
                shown(session.get(f"{url}/{n}")) for n in range(5)
            ]

    assert_like_real(case, hooks)


@pytest.mark.parametrize(
    "url",
    [
        f"https://{HOST}:443/a",
        f"http://{HOST}:80/a",
        f"https://{HOST}:8443/a",
        f"http://{HOST}:443/a",
        f"https://user:word@{HOST}/a",
        f"HTTPS://{HOST.upper()}/a",
        f"https://{HOST}",
        f"https://{HOST}?acl",
    ],
)
def test_authorities_look_as_on_the_wire(url: str) -> None:
    seen = []
    for hooks in (CARRIER, WIRE):
        with active(Double(), hooks) as double:
            requests.get(url)
        seen.append([(each.scheme, each.host, each.target, each.url, list(each.headers)) for each in double.seen])
    assert sorted(seen[0][0][4]) == sorted(seen[1][0][4])
    assert seen[0][0][:4] == seen[1][0][:4]
