"""A request leaves nothing behind that only the garbage collector can free: bodies go when the last reference goes."""

from __future__ import annotations

import gc
import sys

import oss2
import pytest

import fakeoss
from fakeoss.wire.message import Headers, Request

HOST = "garbage-bucket.oss-cn-hangzhou.aliyuncs.com"


@pytest.mark.parametrize(("md5", "status"), [("AAAAAAAAAAAAAAAAAAAAAA==", 400), ("mgNkuembtIDdJeHwKEyFVQ==", 200)])
def test_nothing_holds_a_body_but_the_object_made_of_it(md5: str, status: int) -> None:
    oss = fakeoss.FakeOSS()
    oss.create_bucket("garbage-bucket")
    body = bytes([99, 111, 110, 116, 101, 110, 116])
    headers = [("Authorization", "OSS any:c2ln"), ("Date", oss2.http_date()), ("Content-Length", "7")]
    headers.append(("Content-MD5", md5))
    before = sys.getrefcount(body)
    gc.collect()
    gc.disable()
    try:
        reply = oss.handle(Request("PUT", "https", HOST, "/key", Headers(headers), (body,)))
        held = sys.getrefcount(body) - before
    finally:
        gc.enable()
    assert reply.status == status
    assert held == (1 if status == 200 else 0)
