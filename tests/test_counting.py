"""Counts are told as people say them."""

from __future__ import annotations

import pytest

import fakeoss
from fakeoss.counting import counted
from fakeoss.state.payload import Payload


@pytest.mark.parametrize(("number", "told"), [(0, "0 requests"), (1, "1 request"), (2, "2 requests")])
def test_one_is_told_from_many(number: int, told: str) -> None:
    assert counted(number, "request") == told


def test_a_fake_and_its_journal_count_requests(oss: fakeoss.FakeOSS) -> None:
    oss.create_bucket("a-bucket")
    bucket = oss.oss2_bucket("a-bucket")
    assert repr(oss) == "<FakeOSS: 1 bucket, 0 requests>"
    bucket.put_object("a", b"1")
    assert repr(oss) == "<FakeOSS: 1 bucket, 1 request>"
    assert repr(oss.requests) == "<journal of 1 request>"
    assert str(oss.requests.summary()).startswith("1 request, 1 byte in, 0 bytes out\n")
    oss.create_bucket("b-bucket")
    bucket.head_object("a")
    assert repr(oss) == "<FakeOSS: 2 buckets, 2 requests>"
    assert repr(Payload.of((b"1",))).startswith("<Payload of 1 byte, ")
