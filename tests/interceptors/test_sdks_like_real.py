"""oss2 and the SDK v2 send, and see, the same through the fake as through a real port; signatures go unjudged."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import alibabacloud_oss_v2 as oss
import oss2
import pytest

from fakeoss.faults import Fault, Refused, Reset, Timeout, Truncated
from fakeoss.wire.message import Reply, Request
from tests.interceptors.loopback import Loopback
from tests.interceptors.support import Hooks, active, both_carriers, chain, sent
from tests.interceptors.support_async import BIG, Double, patience

VOLATILE = {"authorization", "date", "x-oss-date", "user-agent"}
MIB = BIG[: 1 << 20]


class Everywhere(Double):
    """Claims whatever is asked, so that the same endpoint can be used with and without the fake; holds `bucket/a`."""

    def __init__(self, *faults: Fault | None) -> None:
        super().__init__(*faults)
        self.stored["/bucket/a"] = (bytes(100),)

    def claims(self, scheme: str, host: str) -> bool:
        return True

    def _reply(self, request: Request, path: str) -> Reply:
        reply = super()._reply(request, path)
        return Reply(reply.status, (("x-oss-request-id", "5C06A3B67B8B5A3DA422299D"), *reply.headers), reply.body)


def seen_by(double: Double) -> list[Any]:
    requests = [sent(request) for request in double.seen]
    return [
        (method, target, [pair for pair in headers if pair[0] not in VOLATILE], data)
        for method, target, headers, data in requests
    ]


def outcome(case: Any, endpoint: str) -> Any:
    try:
        return case(endpoint)
    except Exception as error:  # noqa: BLE001 - the outcome is compared
        return chain(error)


def assert_like_real(case: Any, hooks: Hooks, *faults: Fault | None) -> Any:
    """The case gives, and sends, the same in this process as at a real port; gives what it gave."""
    real, fake = Everywhere(*faults), Everywhere(*faults)
    with Loopback(real.handle) as server:
        expected = outcome(case, server.url)
    with active(fake, hooks):
        result = outcome(case, server.url)
    assert result == expected
    assert seen_by(fake) == seen_by(real)
    return result


def bucket_at(endpoint: str, **settings: Any) -> oss2.Bucket:
    settings.setdefault("connect_timeout", patience())
    return oss2.Bucket(oss2.Auth("id", "secret"), endpoint, "bucket", **settings)


def client_at(endpoint: str, timeout: float = patience()) -> oss.Client:
    config = oss.config.load_default()
    config.credentials_provider = oss.credentials.StaticCredentialsProvider("id", "secret")
    config.region, config.endpoint = "cn-hangzhou", endpoint
    config.use_path_style = True
    config.readwrite_timeout = config.connect_timeout = timeout
    config.retryer = oss.retry.StandardRetryer(max_attempts=3, max_backoff=0.01, base_delay=0.001)
    return oss.Client(config)


def blocks(*pieces: bytes) -> Iterator[bytes]:
    yield from pieces


class Readable:
    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)

    def read(self, amount: int = -1) -> bytes:
        return self._file.read(amount)


def from_the_middle() -> io.BytesIO:
    file = io.BytesIO(b"not sent" + MIB)
    file.seek(8)
    return file


BODIES: dict[str, Any] = {
    "bytes": lambda: MIB,
    "text": lambda: "some text \u4e2d",
    "file from the middle": from_the_middle,
    "generator": lambda: blocks(b"a" * 10, b"b" * 100_000, b"c"),
    "read(n) only": lambda: Readable(MIB),
    "empty": lambda: b"",
}


@both_carriers
@pytest.mark.parametrize("progress", [False, True])
@pytest.mark.parametrize("name", BODIES)
def test_oss2_puts_every_kind_of_body(hooks: Hooks, name: str, progress: bool) -> None:
    def case(endpoint: str) -> Any:
        calls: list[Any] = []
        bucket = bucket_at(endpoint, enable_crc=True)
        result = bucket.put_object(
            "a/b c+\u4e2d",
            BODIES[name](),
            headers={"x-oss-meta-a": "1"},
            progress_callback=(lambda *consumed: calls.append(consumed)) if progress else None,
        )
        return result.status, result.etag, result.request_id, result.resp.headers, calls

    assert_like_real(case, hooks)


@both_carriers
def test_oss2_reads_objects(hooks: Hooks, tmp_path: Path) -> None:
    def case(endpoint: str) -> Any:
        bucket = bucket_at(endpoint)
        bucket.put_object("a", MIB)
        calls: list[Any] = []
        whole = bucket.get_object("a", progress_callback=lambda *consumed: calls.append(consumed))
        data = whole.read()
        part = bucket.get_object("a", byte_range=(5, 99))
        pieces = [len(piece) for piece in bucket.get_object("a")]
        bucket.get_object_to_file("a", str(tmp_path / "a"))
        head = bucket.head_object("a")
        saved = (tmp_path / "a").read_bytes()
        return data, whole.client_crc, calls, part.read(), pieces, saved == MIB, head.content_length, head.headers

    assert assert_like_real(case, hooks)[0] == MIB


@both_carriers
@pytest.mark.parametrize("status", [304, 403, 404, 412, 500])
def test_oss2_raises_its_errors(hooks: Hooks, status: int) -> None:
    def answered(endpoint: str) -> Any:
        bucket = oss2.Bucket(oss2.Auth("id", "secret"), endpoint, "status", connect_timeout=patience())
        try:
            bucket.get_object(str(status))
        except oss2.exceptions.ServerError as error:
            return type(error).__name__, error.status, error.code, error.request_id
        raise AssertionError

    assert_like_real(answered, hooks)


@both_carriers
def test_an_upload_that_is_refused_was_read_to_its_end(hooks: Hooks) -> None:
    def case(endpoint: str) -> Any:
        calls: list[Any] = []
        file = from_the_middle()
        bucket = oss2.Bucket(oss2.Auth("id", "secret"), endpoint, "status", connect_timeout=patience())
        with pytest.raises(oss2.exceptions.ServerError):
            bucket.put_object("403", file, progress_callback=lambda *consumed: calls.append(consumed))
        return calls, file.read()

    assert assert_like_real(case, hooks)[1] == b""


FAULTS: list[Fault] = [Reset(), Timeout(), Truncated(after_bytes=10), Reset(after_bytes=10), Timeout(after_bytes=10)]


@both_carriers
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_oss2_meets_a_broken_network(hooks: Hooks, fault: Fault) -> None:
    def case(endpoint: str) -> Any:
        return bucket_at(endpoint, connect_timeout=patience(fault)).get_object("a").read()

    assert_like_real(case, hooks, fault)


@both_carriers
def test_a_refused_connection_is_an_error_of_oss2_and_a_retry_of_the_sdk_v2(hooks: Hooks) -> None:
    double = Everywhere(Refused(), Refused(), None)
    with active(double, hooks):
        with pytest.raises(oss2.exceptions.RequestError, match="NewConnectionError"):
            bucket_at("http://127.0.0.1:9").get_object("a")
        result = client_at("http://127.0.0.1:9").get_object(oss.GetObjectRequest("bucket", "a"))
        assert result.status_code == 200
    assert len(double.seen) == 3


@both_carriers
@pytest.mark.parametrize("name", BODIES)
def test_the_sdk_v2_puts_every_kind_of_body(hooks: Hooks, name: str) -> None:
    def case(endpoint: str) -> Any:
        calls: list[Any] = []
        request = oss.PutObjectRequest(
            bucket="bucket",
            key="a/b c+\u4e2d",
            body=BODIES[name](),
            metadata={"a": "1"},
            progress_fn=lambda *written: calls.append(written),
        )
        result = client_at(endpoint).put_object(request)
        return result.status_code, result.etag, dict(result.headers), calls

    assert_like_real(case, hooks)


@both_carriers
def test_the_sdk_v2_reads_uploads_and_downloads(hooks: Hooks, tmp_path: Path) -> None:
    def case(endpoint: str) -> Any:
        client = client_at(endpoint)
        client.put_object(oss.PutObjectRequest("bucket", "a", body=MIB))
        whole = client.get_object(oss.GetObjectRequest("bucket", "a"))
        with whole.body as stream:
            data = b"".join(stream.iter_bytes(block_size=10_000))
        part = client.get_object(oss.GetObjectRequest("bucket", "a", range_header="bytes=5-99"))
        client.get_object_to_file(oss.GetObjectRequest("bucket", "a"), str(tmp_path / "a"))
        head = client.head_object(oss.HeadObjectRequest("bucket", "a"))
        return data, part.body.content, (tmp_path / "a").read_bytes() == MIB, head.content_length

    assert assert_like_real(case, hooks)[0] == MIB


@both_carriers
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_the_sdk_v2_meets_a_broken_network(hooks: Hooks, fault: Fault) -> None:
    def case(endpoint: str) -> Any:
        client = client_at(endpoint, patience(fault))
        with client.get_object(oss.GetObjectRequest("bucket", "a")).body as stream:
            return stream.content

    assert_like_real(case, hooks, fault)


@both_carriers
def test_uploads_leave_nothing_behind(hooks: Hooks) -> None:
    class Forgetful(Everywhere):
        def handle(self, request: Request) -> Reply:
            return Reply(200, (("Content-Length", "0"),))

    bucket = bucket_at("http://127.0.0.1:9", enable_crc=False)
    with active(Forgetful(), hooks):
        bucket.put_object("a", MIB)
        tracemalloc.start()
        for _ in range(4):
            bucket.put_object("a", io.BytesIO(bytes(len(BIG))))
        held, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert held < 1 << 20
    assert peak < len(BIG) * 2.2, "the file and one copy"
