"""Wire faults strike synchronous clients as a broken network would, without waiting."""

from __future__ import annotations

import http.client
import io
import time
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import urllib3
from requests.adapters import HTTPAdapter

from fakeoss import activation
from fakeoss.faults import Corrupt, Fault, Refused, Reset, Slow, Timeout, Truncated
from fakeoss.interceptors.memory_socket import PATIENCE
from tests.interceptors.loopback import closed_port
from tests.interceptors.support import CARRIER, WIRE, Hooks, active, both_carriers, outcome, under_hook, under_real
from tests.interceptors.support_async import BIG, HOST, HOUR, Double, patience
from tests.interceptors.test_requests_like_real import Readable

WAIT = 60
"""Seconds that a client waits for a reply that is bound to come."""


def by_requests(url: str, wait: float = WAIT) -> Any:
    return len(requests.get(url, timeout=wait).content)


def by_requests_streaming(url: str, wait: float = WAIT) -> Any:
    with requests.get(url, timeout=wait, stream=True) as response:
        return sum(map(len, response.iter_content(16_384)))


def by_urllib3(url: str, wait: float = WAIT) -> Any:
    with urllib3.PoolManager(retries=False, timeout=wait) as pool:
        return len(pool.request("GET", url).data)


def by_urllib_request(url: str, wait: float = WAIT) -> Any:
    with urllib.request.urlopen(url, timeout=wait) as response:
        return len(response.read())


def by_http_client(url: str, wait: float = WAIT) -> Any:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=wait)
    try:
        connection.request("GET", urlsplit(url).path)
        return len(connection.getresponse().read())
    finally:
        connection.close()


CLIENTS = [by_requests, by_requests_streaming, by_urllib3, by_urllib_request, by_http_client]
FAULTS: list[Fault] = [
    Reset(),
    Reset(after_bytes=0),
    Reset(after_bytes=30),
    Truncated(),
    Truncated(after_bytes=30),
    Timeout(),
    Timeout(after_bytes=30),
]


@both_carriers
@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_raises_what_a_broken_network_raises(hooks: Hooks, client: Any, fault: Fault) -> None:
    def case(url: str) -> Any:
        return client(f"{url}/some/object", patience(fault))

    assert under_hook(case, hooks, fault) == under_real(case, fault)


@both_carriers
@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("fault", [Timeout(), Timeout(after_bytes=30)], ids=str)
def test_a_timeout_strikes_without_being_waited_for(hooks: Hooks, client: Any, fault: Fault) -> None:
    result, seen = under_hook(lambda url: client(f"{url}/some/object", HOUR), hooks, fault)
    assert result[-1] in ("ReadTimeoutError", "TimeoutError")
    assert len(seen) == 1


@both_carriers
@pytest.mark.parametrize("client", CLIENTS)
def test_a_refusal_raises_what_a_closed_port_raises(hooks: Hooks, client: Any) -> None:
    fake, seen = under_hook(lambda url: client(f"{url}/a"), hooks, Refused())
    assert fake == outcome(client, f"{closed_port()}/a")
    assert len(seen) == 1


@both_carriers
def test_the_exchange_after_a_fault_works(hooks: Hooks) -> None:
    def case(url: str) -> Any:
        with requests.Session() as session:
            first = outcome(lambda _: session.put(f"{url}/a", data=iter([b"one"]), timeout=WAIT), url)
            second = session.put(f"{url}/a", data=b"two", timeout=WAIT).status_code
            return first, second, session.get(f"{url}/a", timeout=WAIT).content

    assert under_hook(case, hooks, Reset(), None) == under_real(case, Reset(), None)


@both_carriers
@pytest.mark.parametrize("body", [b"bytes", "text", [b"a", b"b"]])
def test_a_request_that_meets_a_fault_is_served_once_and_whole(hooks: Hooks, body: Any) -> None:
    def case(url: str) -> Any:
        sent = iter(body) if isinstance(body, list) else body
        return requests.put(f"{url}/a", data=sent, timeout=patience(fault))

    fault = Timeout()
    fake, seen = under_hook(case, hooks, fault)
    assert (fake, seen) == under_real(case, fault)
    assert len(seen) == 1


@both_carriers
@pytest.mark.parametrize("fault", [Refused(), Reset()])
def test_a_session_that_retries_reaches_the_next_answer(hooks: Hooks, fault: Fault) -> None:
    def case(url: str) -> Any:
        with requests.Session() as session:
            session.mount("http://", HTTPAdapter(max_retries=urllib3.Retry(2, read=2, backoff_factor=0)))
            return session.get(f"{url}/a", timeout=WAIT).status_code

    result, seen = under_hook(case, hooks, fault, fault)
    assert result == 200
    assert len(seen) == 3


@both_carriers
def test_a_session_that_retries_a_status_sends_the_whole_file_again(hooks: Hooks) -> None:
    def case(url: str) -> Any:
        file = io.BytesIO(b"skipped" + b"sent again")
        file.seek(7)
        with requests.Session() as session:
            retry = urllib3.Retry(2, status_forcelist=[500], allowed_methods=None, backoff_factor=0)
            session.mount("http://", HTTPAdapter(max_retries=retry))
            return outcome(lambda _: session.put(f"{url}/status/500", data=file, timeout=WAIT), url)

    fake, seen = under_hook(case, hooks)
    assert (fake, seen) == under_real(case)
    assert [body for *_, body in seen] == [b"sent again"] * 3


@both_carriers
def test_the_request_of_an_error_is_the_callers_own(hooks: Hooks) -> None:
    body: Any = io.BytesIO(b"body")
    with active(Double(Reset()), hooks), requests.Session() as session:
        prepared = session.prepare_request(requests.Request("PUT", f"http://{HOST}/a", data=body))
        with pytest.raises(requests.ConnectionError) as raised:
            session.send(prepared)
    assert raised.value.request is prepared
    assert prepared.body is body


def test_a_connection_that_ended_with_its_reply_is_gone_for_http_client() -> None:
    def case(url: str) -> Any:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=WAIT)
        connection.request("GET", "/twice")
        assert connection.getresponse().read() == b"twice"
        time.sleep(0.05)
        try:
            connection.request("GET", "/twice")
            return connection.getresponse().read()
        except ConnectionError as error:
            return isinstance(error, ConnectionResetError | BrokenPipeError)
        finally:
            connection.close()

    after_all = Truncated(after_bytes=5)
    assert under_hook(case, WIRE, after_all)[0] is True
    assert under_real(case, after_all)[0] is True


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_fault_behind_a_proxy_is_not_blamed_on_the_proxy(scheme: str) -> None:
    def case(url: str) -> Any:
        with urllib3.ProxyManager("http://127.0.0.1:9", retries=False) as pool:
            return pool.request("GET", f"{url}/a")

    assert under_hook(case, WIRE, Timeout(), scheme=scheme)[0] == ["ReadTimeoutError"]


@both_carriers
def test_a_flipped_byte_arrives_flipped(hooks: Hooks) -> None:
    data, _ = under_hook(lambda url: requests.get(f"{url}/big", timeout=WAIT).content, hooks, Corrupt(at=70_000))
    assert data[:70_000] == BIG[:70_000]
    assert data[70_000] == BIG[70_000] ^ 0xFF
    assert data[70_001:] == BIG[70_001:]


@both_carriers
@pytest.mark.parametrize("client", [by_requests, by_requests_streaming, by_urllib3, by_http_client])
def test_a_slow_reply_strikes_where_a_block_outlasts_the_timeout(hooks: Hooks, client: Any) -> None:
    just_enough = int(16_384 / WAIT) + 1
    assert under_hook(lambda url: client(f"{url}/big"), hooks, Slow(just_enough))[0] == len(BIG)
    struck = under_hook(lambda url: client(f"{url}/big"), hooks, Slow(just_enough // 2))[0]
    assert struck[-1] in ("ReadTimeoutError", "TimeoutError")


@both_carriers
def test_a_slow_reply_slows_no_other(hooks: Hooks) -> None:
    def case(url: str) -> Any:
        with urllib3.PoolManager(retries=False, timeout=WAIT) as pool:
            return [len(pool.request("GET", url + path).data) for path in ("/status/404", "/big")]

    slow_but_in_time = Slow(int(1_000 / WAIT))
    assert under_hook(case, hooks, slow_but_in_time)[0][1] == len(BIG)


def test_a_slow_reply_to_a_client_without_a_timeout_arrives_at_once() -> None:
    result, _ = under_hook(lambda url: len(requests.get(f"{url}/big").content), CARRIER, Slow(1))
    assert result == len(BIG)


class Shrunken(Readable):
    """A file that says to be longer than it is."""

    def __iter__(self) -> Iterator[bytes]:
        raise AssertionError("files are read, not iterated")

    def __len__(self) -> int:
        return 9


@both_carriers
def test_a_body_shorter_than_declared_is_waited_for_in_vain(hooks: Hooks) -> None:
    def case(url: str) -> Any:
        return requests.put(f"{url}/a", data=Shrunken(b"123456"), timeout=PATIENCE)

    fake, seen = under_hook(case, hooks)
    assert fake == ["ReadTimeout", "ReadTimeoutError"]
    assert seen == []


@both_carriers
def test_the_chunks_that_a_request_announces_beside_a_length_are_waited_for_in_vain(hooks: Hooks) -> None:
    def case(url: str) -> Any:
        return requests.put(f"{url}/a", data=iter([b"123"]), headers={"Content-Length": "3"}, timeout=PATIENCE)

    assert under_hook(case, hooks) == (["ReadTimeout", "ReadTimeoutError"], [])


@both_carriers
@pytest.mark.parametrize("timeout", [HOUR, None])
def test_the_service_gives_up_on_a_body_before_a_client_that_waits_longer(hooks: Hooks, timeout: float | None) -> None:
    double = Double()
    with active(double, hooks):
        reply = requests.put(f"http://{HOST}/a", data=Shrunken(b"123456"), timeout=timeout)
    (seen,) = double.seen
    assert (seen.stalled, seen.data(), reply.headers["Connection"]) == (True, b"123456", "close")


@both_carriers
def test_a_defect_of_the_fake_comes_out_as_it_is_and_is_kept(hooks: Hooks) -> None:
    double = Double()
    with active(double, hooks):
        for client in (by_requests, by_urllib3, by_urllib_request, by_http_client):
            with pytest.raises(KeyError, match="a defect of the fake"):
                client(f"http://{HOST}/defect")
            assert by_requests(f"http://{HOST}/status/404") > 0
    assert [type(defect) for defect in double.defects] == [KeyError] * 4


@both_carriers
def test_a_type_error_of_the_fake_is_not_taken_for_a_body_of_another_kind(hooks: Hooks) -> None:
    class Broken(Double):
        def handle(self, request: Any) -> Any:
            raise TypeError("of the fake")

    double = Broken()
    with active(double, hooks):
        for client in (by_requests, by_urllib3, by_http_client):
            with pytest.raises(TypeError, match="of the fake"):
                client(f"http://{HOST}/a")
    assert len(double.defects) == 3


def test_a_body_that_cannot_be_read_fails_as_on_the_wire() -> None:
    def failing() -> Any:
        yield b"a"
        raise OSError(5, "unreadable")

    def case(url: str) -> Any:
        return requests.put(f"{url}/a", data=failing(), timeout=WAIT)

    assert under_hook(case, CARRIER)[0] == under_real(case)[0]
    assert activation.top() is None
