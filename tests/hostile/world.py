"""A fake with something of everything that a request might break, and what every answer has to be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timezone

import fakeoss
from fakeoss.wire.message import Headers, Reply, Request
from tests.hostile import strategies

BUCKET = "fuzz-bucket"
REGIONAL = "oss-cn-hangzhou.aliyuncs.com"


def small_world() -> fakeoss.FakeOSS:
    """A bucket with versions."""
    oss = fakeoss.FakeOSS()
    oss.create_bucket(BUCKET, versioning=True, objects={"key": b"one", "a/b": b"two"})
    oss.put(BUCKET, "key", b"three")
    return oss


def furnished_world() -> tuple[fakeoss.FakeOSS, dict[str, str]]:
    """The same with an upload, a retention policy, an archived object and so on; and their ids by parameter."""
    oss = small_world()
    oss.create_bucket("other-bucket", region="cn-beijing")
    upload = ask(oss, "POST", "/key?uploads").data()
    upload_id = re.findall(rb"<UploadId>(\w+)<", upload)[0].decode()
    etag = ask(oss, "PUT", f"/key?partNumber=1&uploadId={upload_id}", b"part").header("ETag") or ""
    worm = b"<InitiateWormConfiguration><RetentionPeriodInDays>1</RetentionPeriodInDays></InitiateWormConfiguration>"
    worm_id = ask(oss, "POST", "/?worm", worm).header("x-oss-worm-id") or ""
    ask(oss, "PUT", "/cold", b"x", ("x-oss-storage-class", "Archive"))
    ask(oss, "PUT", "/link?symlink", b"", ("x-oss-symlink-target", "key"))
    ask(oss, "PUT", "/?style&styleName=one", b"<Style><Content>image/resize,p_50</Content></Style>")
    point = "<AccessPointName>one</AccessPointName><NetworkOrigin>internet</NetworkOrigin>"
    ask(
        oss,
        "PUT",
        "/?accessPoint",
        f"<CreateAccessPointConfiguration>{point}</CreateAccessPointConfiguration>".encode(),
    )
    ids = {
        "etag": etag,
        "inventoryId": "one",
        "partNumber": "1",
        "position": "0",
        "styleName": "one",
        "uploadId": upload_id,
        "wormId": worm_id,
        "x-oss-access-point-name": "one",
    }
    return oss, ids


def ask(oss: fakeoss.FakeOSS, method: str, target: str, body: bytes = b"", *headers: tuple[str, str]) -> Reply:
    """The answer to a request of the default account's, which is not refused."""
    reply = oss.handle(dated(request(f"{BUCKET}.{REGIONAL}", method, target, body, *headers)))
    assert reply.status == 200, reply.data()
    return reply


def request(host: str, method: str, target: str, body: bytes, *headers: tuple[str, str]) -> Request:
    """A request as the default account would make it."""
    usual = [("Authorization", strategies.SIGNATURES[0]), ("Date", strategies.NOW), ("Content-Length", str(len(body)))]
    return Request(method, "https", host, target, Headers([*usual, *headers]), (body,) if body else ())


def dated(request: Request) -> Request:
    """The request as made at this moment."""
    pairs = ((name, this_moment() if value == strategies.NOW else value) for name, value in request.headers)
    return replace(request, headers=Headers(pairs))


def this_moment() -> str:
    """What a Date header says now."""
    return datetime.now(timezone.utc).strftime("%a, %d %b %Y %H:%M:%S GMT")


def state(oss: fakeoss.FakeOSS) -> object:
    """All that a refusal must leave alone."""
    return oss.snapshot().world


def check(oss: fakeoss.FakeOSS, request: Request) -> Reply:
    """Make a request and see that its answer is one of the service's and that a refusal changed nothing."""
    before = state(oss)
    reply = oss.handle(dated(request))
    assert 200 <= reply.status < 500 or reply.status == 501, reply
    names = {name.lower() for name, _ in reply.headers}
    assert {"date", "x-oss-request-id"} <= names
    assert not any(re.search("[\r\n\0\u0100-\U0010ffff]", value) for _, value in reply.headers)
    if reply.status >= 400 or reply.status == 304:
        assert state(oss) is before or state(oss) == before
    if reply.status == 501:
        assert b"<Code>NotImplemented</Code>" in reply.data() or request.method == "HEAD"
    return reply
