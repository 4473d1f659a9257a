"""The fake beside other people's mocks, either around the other: OSS is served, and theirs still answers."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
import vcr  # type: ignore[import-untyped] # it ships no types; as everywhere, it is imported before any fake is active
from pytest_httpserver import HTTPServer

from tests.clients.client import Client
from tests.clients.filesystems import Ossfs
from tests.clients.places import BUCKET, Place, Watched, active
from tests.clients.plain import HttpClient, Httpx, Urllib3
from tests.clients.sdks import Oss2
from tests.clients.sdks_async import AsyncSdkV2

ELSEWHERE = "https://api.example.com/thing"
KINDS = [pytest.param(kind, id=kind.name) for kind in (Oss2, AsyncSdkV2, Ossfs, Urllib3, HttpClient, Httpx)]
"""A client of each adapter, and two that lie deeper."""
Answer = Callable[[], str]
"""Asks the neighbour for what it was told to answer."""


def over_requests() -> str:
    return requests.get(ELSEWHERE).text


@contextmanager
def by_responses(_tmp_path: Path) -> Iterator[Answer]:
    import responses

    with responses.RequestsMock() as mock:
        mock.get(ELSEWHERE, body="mocked")
        yield over_requests


@contextmanager
def by_responses_with_passthru(_tmp_path: Path) -> Iterator[Answer]:
    import responses

    with responses.RequestsMock() as mock:
        mock.get(ELSEWHERE, body="mocked")
        mock.add_passthru("https://example-bucket.oss-cn-hangzhou.aliyuncs.com")
        yield over_requests


@contextmanager
def by_moto(_tmp_path: Path) -> Iterator[Answer]:
    import boto3
    import moto

    def ask() -> str:
        s3 = boto3.client("s3", region_name="us-east-1", aws_access_key_id="id", aws_secret_access_key="secret")
        s3.create_bucket(Bucket="of-aws")
        s3.put_object(Bucket="of-aws", Key="a", Body=b"mocked")
        return str(s3.get_object(Bucket="of-aws", Key="a")["Body"].read().decode())

    with moto.mock_aws():
        yield ask


@contextmanager
def by_requests_mock(_tmp_path: Path) -> Iterator[Answer]:
    import requests_mock

    with requests_mock.Mocker(real_http=True) as mock:
        mock.get(ELSEWHERE, text="mocked")
        yield over_requests


@contextmanager
def by_respx(_tmp_path: Path) -> Iterator[Answer]:
    import respx

    with respx.mock as mock:
        mock.get(ELSEWHERE).respond(text="mocked")
        yield lambda: httpx.get(ELSEWHERE).text


@contextmanager
def by_vcr(tmp_path: Path) -> Iterator[Answer]:
    tape = tmp_path / "tape.yaml"
    tape.write_text(
        f"version: 1\ninteractions:\n- request: {{body: null, headers: {{}}, method: GET, uri: '{ELSEWHERE}'}}\n"
        "  response:\n    body: {string: mocked}\n    headers: {Content-Length: ['6']}\n"
        "    status: {code: 200, message: OK}\n"
    )
    played = vcr.VCR(ignore_hosts=["example-bucket.oss-cn-hangzhou.aliyuncs.com"], record_mode="none")
    with played.use_cassette(str(tape)):
        yield over_requests


@contextmanager
def by_pytest_socket(_tmp_path: Path) -> Iterator[Answer]:
    import pytest_socket

    def ask() -> str:
        with pytest.warns(UserWarning, match="tried to use"), pytest.raises(pytest_socket.SocketBlockedError):
            socket.socket()
        return "mocked"

    pytest_socket.disable_socket(allow_unix_socket=True)
    try:
        yield ask
    finally:
        pytest_socket.enable_socket()


NEIGHBOURS = (
    by_responses,
    by_responses_with_passthru,
    by_moto,
    by_requests_mock,
    by_respx,
    by_vcr,
    by_pytest_socket,
)
Neighbour = Callable[[Path], AbstractContextManager[Answer]]


def served(kind: type[Client], oss: Watched) -> None:
    """The client reads an object of the fake."""
    oss.put(BUCKET, "key", b"name,number\nkept,1\n")
    client = kind(Place(oss))
    try:
        assert client.get("key").body == b"name,number\nkept,1\n"
    finally:
        client.close()


@pytest.mark.parametrize("fake_first", [True, False], ids=["inside the fake", "around the fake"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("neighbour", NEIGHBOURS, ids=lambda each: each.__name__)
def test_both_answer(neighbour: Neighbour, kind: type[Client], fake_first: bool, tmp_path: Path) -> None:
    if kind.missing():
        pytest.skip(kind.missing())
    with ExitStack() as stack:
        oss = Watched()
        if fake_first:
            stack.enter_context(active(oss))
        ask = stack.enter_context(neighbour(tmp_path))
        if not fake_first:
            stack.enter_context(active(oss))
        served(kind, oss)
        assert ask() == "mocked"
        assert len(oss.reached) > 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_of_the_tests_is_reached_meanwhile(kind: type[Client], httpserver: HTTPServer) -> None:
    if kind.missing():
        pytest.skip(kind.missing())
    httpserver.expect_request("/thing").respond_with_data("real")
    with active() as oss:
        served(kind, oss)
        assert requests.get(httpserver.url_for("/thing")).text == "real"
        assert httpx.get(httpserver.url_for("/thing")).text == "real"


def test_a_strict_requests_mock_keeps_oss_from_the_fake_as_the_page_says() -> None:
    import requests_mock

    def ask(oss: Any) -> Any:
        return oss.oss2_bucket(BUCKET).get_object("key")

    with active() as oss, requests_mock.Mocker(), pytest.raises(requests_mock.NoMockAddress):
        ask(oss)
