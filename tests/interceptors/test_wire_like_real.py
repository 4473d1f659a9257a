"""http.client, urllib.request and urllib3 see, and send, the same through the fake as through a real port."""

from __future__ import annotations

import http.client
import io
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
import urllib3

from tests.interceptors.support import WIRE, assert_like_real, under_hook
from tests.interceptors.support_async import HOST
from tests.interceptors.test_requests_like_real import BODIES, Readable

Exchange = Callable[[str, str, str, Any, dict[str, str]], Any]


def by_http_client(url: str, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    connection.request(method, path, body=body, headers=headers)
    response = connection.getresponse()
    data = response.read()
    seen = response.status, response.reason, response.version, response.getheaders(), data, response.isclosed()
    connection.close()
    return seen


def by_urllib_request(url: str, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
    request = urllib.request.Request(url + path, data=body, headers=headers, method=method)
    try:
        response = urllib.request.urlopen(request, timeout=5)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.items(), error.read()
    with response:
        return response.status, response.headers.items(), response.read()


def by_urllib3(url: str, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
    with urllib3.PoolManager(retries=False, timeout=5) as pool:
        response = pool.request(method, url + path, body=body, headers=headers)
        return response.status, response.reason, response.version, list(response.headers.items()), response.data


CLIENTS = pytest.mark.parametrize("exchange", [by_http_client, by_urllib_request, by_urllib3])


@CLIENTS
@pytest.mark.parametrize("name", ["none", "bytes", "large", "file from the middle", "generator", "read(n) only"])
def test_every_kind_of_body_arrives(exchange: Exchange, name: str) -> None:
    def case(url: str) -> Any:
        put = exchange(url, "PUT", "/body", BODIES[name](), {"Content-Type": "text/plain"})
        return put, exchange(url, "GET", "/body", None, {})

    assert_like_real(case, WIRE)


@CLIENTS
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
@pytest.mark.parametrize("status", [200, 204, 304, 403, 404, 412])
def test_every_status_looks_the_same(exchange: Exchange, method: str, status: int) -> None:
    assert_like_real(lambda url: exchange(url, method, f"/status/{status}", None, {}), WIRE)


@CLIENTS
@pytest.mark.parametrize(
    "path", ["/a%2Fb%20c%2b", "//a//b", "/a/../b", "/a?", "/?acl&x=%2F+%20&x=&x", "/a%00%7f", "/with space", "/\u4e2d"]
)
def test_targets_arrive_as_sent_and_bad_ones_fail_alike(exchange: Exchange, path: str) -> None:
    assert_like_real(lambda url: exchange(url, "GET", path, None, {}), WIRE)


@CLIENTS
@pytest.mark.parametrize("path", ["/big", "/gzip", "/chunked", "/twice", "/empty"])
def test_every_kind_of_reply_is_read_alike(exchange: Exchange, path: str) -> None:
    assert_like_real(lambda url: exchange(url, "GET", path, None, {"Accept-Encoding": "gzip"}), WIRE)


@CLIENTS
@pytest.mark.parametrize("value", ["\u00e4", "\u4e2d", "two  blanks ", "", "a\tb"])
def test_header_values_arrive_alike(exchange: Exchange, value: str) -> None:
    assert_like_real(lambda url: exchange(url, "GET", "/a", None, {"x-oss-meta-a": value}), WIRE)


def test_expect_continue_is_answered_before_the_body() -> None:
    def case(url: str) -> Any:
        return by_http_client(url, "PUT", "/a", b"body", {"Expect": "100-continue"})

    assert_like_real(case, WIRE)


def test_files_are_asked_for_blocks_as_on_the_wire() -> None:
    def case(url: str) -> Any:
        body = Readable(b"x" * 40_000)
        by_urllib3(url, "PUT", "/a", body, {"Content-Length": "40000"})
        return body.asked

    assert_like_real(case, WIRE)


def test_a_kept_connection_serves_many_requests() -> None:
    def case(url: str) -> Any:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
        seen: list[Any] = []
        for number in range(4):
            connection.request("PUT", f"/{number}", body=io.BytesIO(b"%d" % number))
            seen.append(connection.getresponse().read())
            connection.request("GET", f"/{number}")
            seen.append(connection.getresponse().read())
        connection.close()
        return seen

    assert_like_real(case, WIRE)


def test_a_second_reply_before_the_first_was_read_is_not_ready() -> None:
    def case(url: str) -> Any:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
        connection.request("GET", "/big")
        connection.getresponse()
        connection.request("GET", "/empty")
        return connection.getresponse()

    assert under_hook(case, WIRE)[0] == ["ResponseNotReady"]


@pytest.mark.parametrize("port", ["", ":443", ":8443"])
def test_https_is_answered_without_certificates(port: str) -> None:
    def case(_: str) -> Any:
        connection = http.client.HTTPSConnection(f"{HOST}{port}", timeout=5)
        connection.request("PUT", "/a", body=b"x")
        status = connection.getresponse().status
        with urllib3.PoolManager(retries=False) as pool:
            return status, pool.request("GET", f"https://{HOST}{port}/a").data

    assert under_hook(case, WIRE)[0] == (200, b"x")


def test_connecting_beforehand_stays_in_the_process() -> None:
    def case(_: str) -> Any:
        seen = []
        for kind in (http.client.HTTPConnection, http.client.HTTPSConnection):
            connection = kind(HOST, timeout=5)
            connection.connect()
            connection.request("GET", "/empty")
            seen.append(connection.getresponse().status)
            connection.close()
        return seen

    assert under_hook(case, WIRE)[0] == [200, 200]
