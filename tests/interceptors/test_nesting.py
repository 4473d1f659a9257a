"""The fake beside other mocks, in either order: each answers for its own hosts."""

from __future__ import annotations

import functools
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import requests_mock
import responses
from pytest_httpserver import HTTPServer
from requests.adapters import BaseAdapter, HTTPAdapter

from fakeoss.faults import Reset
from tests.interceptors.loopback import loopback
from tests.interceptors.support import CARRIER, active
from tests.interceptors.support_async import HOST, Double
from tests.interceptors.test_wire_lifetimes import real_answer

OSS = f"https://{HOST}/empty"
ELSEWHERE = "https://api.example.com/thing"
Mock = Callable[[], AbstractContextManager[Any]]


def asked() -> bool:
    """Whether OSS answers; an escape would end in a refused look-up."""
    return requests.get(OSS).status_code == 200


@contextmanager
def by_responses() -> Iterator[None]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(ELSEWHERE, body="mocked")
        yield


@contextmanager
def by_responses_passing_oss() -> Iterator[None]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(ELSEWHERE, body="mocked")
        mock.add_passthru("https://bucket.oss-cn-hangzhou.aliyuncs.com")
        yield


@contextmanager
def by_responses_default() -> Iterator[None]:
    responses.start()
    responses.get(ELSEWHERE, body="mocked")
    yield
    responses.stop()
    responses.reset()


@contextmanager
def by_requests_mock() -> Iterator[None]:
    with requests_mock.Mocker(real_http=True) as mock:
        mock.get(ELSEWHERE, text="mocked")
        yield


MOCKS = pytest.mark.parametrize(
    "mock", [by_responses, by_responses_passing_oss, by_responses_default, by_requests_mock], ids=lambda m: m.__name__
)


@MOCKS
def test_a_mock_inside_the_fake(mock: Mock) -> None:
    with active(Double(), CARRIER) as double:
        with mock():
            assert asked()
            assert requests.get(ELSEWHERE).text == "mocked"
        assert asked()
        assert len(double.seen) == 2


@MOCKS
def test_the_fake_inside_a_mock(mock: Mock) -> None:
    with mock():
        with active(Double(), CARRIER) as double:
            assert asked()
            assert requests.get(ELSEWHERE).text == "mocked"
        assert len(double.seen) == 1
        assert requests.get(ELSEWHERE).text == "mocked"


@MOCKS
def test_the_fake_leaves_before_the_mock_that_came_later(mock: Mock) -> None:
    before = HTTPAdapter.send
    with ExitStack() as outer, mock_and_stack(mock, outer):
        assert requests.get(ELSEWHERE).text == "mocked"
    again_served()
    assert requests_to_the_network()
    assert getattr(HTTPAdapter.send, "__wrapped__", before) is before


@contextmanager
def mock_and_stack(mock: Mock, fake: ExitStack) -> Iterator[None]:
    """The fake starts first and leaves first."""
    fake.enter_context(active(Double(), CARRIER))
    with mock():
        assert asked()
        fake.close()
        yield


def again_served() -> None:
    with active(Double(), CARRIER):
        assert asked()


def requests_to_the_network() -> bool:
    with loopback(real_answer) as url:
        return requests.get(url).text == "real"


@MOCKS
def test_the_mock_leaves_before_the_fake_that_came_later(mock: Mock) -> None:
    with ExitStack() as outer:
        outer.enter_context(mock())
        with active(Double(), CARRIER):
            assert asked()
            outer.close()
            assert asked()
        assert requests_to_the_network()


def test_a_second_activation_beneath_a_mock_that_stayed_is_served_once_per_request() -> None:
    fake = ExitStack()
    fake.enter_context(active(Double(), CARRIER))
    with by_requests_mock(), by_responses():
        fake.close()
        with active(Double(), CARRIER) as double:
            assert asked()
            assert requests.put(f"https://{HOST}/a", data=iter([b"a"])).status_code == 200
            assert len(double.seen) == 2
    again_served()


@MOCKS
@pytest.mark.parametrize("fake_first", [True, False])
def test_a_fault_finds_its_way_through_a_mock(mock: Mock, fake_first: bool) -> None:
    with ExitStack() as stack:
        if not fake_first:
            stack.enter_context(mock())
        double = stack.enter_context(active(Double(Reset()), CARRIER))
        if fake_first:
            stack.enter_context(mock())
        with pytest.raises(requests.ConnectionError, match="reset by peer"):
            requests.put(f"https://{HOST}/a", data=iter([b"a"]))
        assert len(double.seen) == 1
        assert asked()


def passing_to(send: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(send)
    def passing(*args: Any, **kwargs: Any) -> Any:
        return send(*args, **kwargs)

    return passing


def test_a_wrapper_that_revives_beneath_another_does_not_serve_a_request_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with active(Double(), CARRIER):
        monkeypatch.setattr(HTTPAdapter, "send", passing_to(HTTPAdapter.send))
    with active(Double(Reset()), CARRIER) as double:
        with pytest.raises(requests.ConnectionError, match="reset by peer"):
            requests.put(f"https://{HOST}/a", data=iter([b"a"]))
        assert [each.data() for each in double.seen] == [b"a"]


@responses.activate
def test_a_decorated_test_inside_which_the_fake_starts() -> None:
    responses.get(ELSEWHERE, body="mocked")
    with active(Double(), CARRIER):
        assert asked()
        assert requests.get(ELSEWHERE).text == "mocked"
    assert len(responses.calls) == 1, "requests to OSS are none of the mock's"


def test_a_decorated_function_called_inside_the_fake() -> None:
    @responses.activate
    def work() -> None:
        responses.get(ELSEWHERE, body="mocked")
        assert asked()
        assert requests.get(ELSEWHERE).text == "mocked"
        assert requests.put(f"https://{HOST}/a", data=iter([b"a", b"b"])).status_code == 200

    with active(Double(), CARRIER) as double:
        work()
    assert double.stored["/a"] == (b"ab",)


def test_a_rule_the_user_wrote_for_an_oss_url_wins_inside_the_fake() -> None:
    with active(Double(), CARRIER) as double, responses.RequestsMock() as mock:
        mock.get(OSS, status=418)
        mock.get(re.compile(r"https://other\..*"), status=419)
        assert requests.get(OSS).status_code == 418
        assert requests.put(OSS, data=b"").status_code == 200
        assert requests.get("https://other.oss-cn-hangzhou.aliyuncs.com/").status_code == 419
    assert len(double.seen) == 1


def test_a_request_nobody_knows_is_refused_by_the_mock_as_ever() -> None:
    with active(Double(), CARRIER), by_responses(), pytest.raises(requests.ConnectionError, match="by Responses"):
        requests.get("https://unknown.example.com/")


def test_a_strict_requests_mock_refuses_oss_too() -> None:
    with (
        active(Double(), CARRIER),
        requests_mock.Mocker(),
        pytest.raises(requests_mock.exceptions.NoMockAddress),
    ):
        requests.get(OSS)


def test_the_fake_keeps_no_list_of_calls() -> None:
    with active(Double(), CARRIER), responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        assert asked()
        assert len(mock.calls) == 0


class AddingHeaders(HTTPAdapter):
    def add_headers(self, request: requests.PreparedRequest, **kwargs: Any) -> None:
        request.headers["x-added"] = f"{kwargs['timeout']}"

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        response = super().build_response(req, resp)
        response.headers["x-built"] = "1"
        return response


def test_an_adapter_of_the_users_own_keeps_its_say() -> None:
    with loopback(real_answer) as real, active(Double(), CARRIER) as double, requests.Session() as session:
        session.mount("https://", AddingHeaders())
        session.mount("http://", AddingHeaders())
        assert session.get(OSS, timeout=3).headers["x-built"] == "1"
        assert double.seen[0].headers.all("x-added") == ["3"]
        assert session.get(real, timeout=4).text == "real"


class Positional(HTTPAdapter):
    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        return super().send(request, kwargs.pop("stream"), kwargs.pop("timeout"), **kwargs)


class WhollyOwn(BaseAdapter):
    """Speaks through urllib3 by itself."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        import urllib3

        with urllib3.PoolManager() as pool:
            raw = pool.request(str(request.method), str(request.url), preload_content=False)
            return HTTPAdapter().build_response(request, raw)

    def close(self) -> None:
        pass


@pytest.mark.parametrize("adapter", [Positional, WhollyOwn])
def test_an_adapter_that_sends_in_its_own_way_is_served(adapter: type[BaseAdapter]) -> None:
    with active(Double(), CARRIER), requests.Session() as session:
        session.mount("https://", adapter())
        assert session.get(OSS).status_code == 200


def test_servers_of_this_machine_are_reached(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/local", method="PUT").respond_with_data("local")
    with active(Double(), CARRIER):
        assert requests.put(httpserver.url_for("/local"), data=iter([b"a"])).text == "local"
        with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
            mock.add_passthru(httpserver.url_for(""))
            assert requests.put(httpserver.url_for("/local"), data=b"a").text == "local"


@pytest.mark.parametrize("fake_first", [True, False])
def test_sockets_may_be_forbidden(fake_first: bool) -> None:
    import pytest_socket

    with ExitStack() as stack:
        if fake_first:
            stack.enter_context(active(Double(), CARRIER))
        pytest_socket.disable_socket()
        stack.callback(pytest_socket.enable_socket)
        if not fake_first:
            stack.enter_context(active(Double(), CARRIER))
        assert asked()
        import urllib3

        with urllib3.PoolManager(retries=False) as pool:
            assert [pool.request("GET", OSS).status for _ in range(3)] == [200] * 3
        with pytest.warns(UserWarning, match="tried to use"), pytest.raises(pytest_socket.SocketBlockedError):
            socket.socket()


@pytest.mark.parametrize("fake_first", [True, False])
def test_respx_answers_beside_the_fake(fake_first: bool) -> None:
    import httpx
    import respx

    with ExitStack() as stack:
        if fake_first:
            stack.enter_context(active(Double(), CARRIER))
        mock = stack.enter_context(respx.mock)
        mock.get(ELSEWHERE).respond(text="mocked")
        if not fake_first:
            stack.enter_context(active(Double(), CARRIER))
        assert asked()
        assert httpx.get(ELSEWHERE).text == "mocked"


@pytest.mark.parametrize("fake_first", [True, False])
def test_vcr_records_or_lets_the_fake_answer(fake_first: bool, tmp_path: Path) -> None:
    import vcr  # type: ignore[import-untyped] # it ships no types

    recorder = vcr.VCR(cassette_library_dir=str(tmp_path), record_mode="once")
    with ExitStack() as stack:
        if fake_first:
            stack.enter_context(active(Double(), CARRIER))
        stack.enter_context(recorder.use_cassette("tape.yaml"))
        if not fake_first:
            stack.enter_context(active(Double(), CARRIER))
        assert asked()
        import urllib3

        with urllib3.PoolManager(retries=False) as pool:
            assert pool.request("GET", OSS).status == 200
