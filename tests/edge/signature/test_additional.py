"""Which lists of additional headers a request can be judged by."""

from __future__ import annotations

import pytest

from fakeoss.edge.signature.additional import flaw_in, names_in
from fakeoss.edge.signature.canonical import signed_headers
from fakeoss.wire.message import Headers, Request

SENT = Headers([("Range", "bytes=0-1"), ("under_score", "a"), ("Content-Length", "0"), ("empty", "")])


@pytest.mark.parametrize(
    "text", ["range", "Range", "host", "host; range", "content-length;empty;host;range", "range;range"]
)
def test_a_list_of_what_was_sent(text: str) -> None:
    assert flaw_in(text, SENT) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"),
        (" ; ", "empty"),
        ("range;", "gap"),
        (";;range", "gap"),
        ("email", "absent"),
        ("under_score", "absent"),
    ],
)
def test_a_list_that_cannot_be_used(text: str, kind: str) -> None:
    flaw = flaw_in(text, SENT)
    assert flaw is not None
    assert flaw.kind == kind


def test_names_are_lower_case_and_sorted() -> None:
    assert names_in("Range; host;;A") == ("a", "host", "range")


def test_what_is_signed_anyway_is_signed_once_though_a_list_names_it_again() -> None:
    sent = Headers([("x-oss-date", "d"), ("Content-Type", " t "), ("Range", "r"), ("x-oss-b", "b"), ("x-ossa", "no")])
    request = Request("GET", "https", "a-bucket.oss-cn-hangzhou.aliyuncs.com", "/", sent)
    named = ("content-type", "content-md5", "content-type", "host", "range", "x-oss-date")
    assert signed_headers(request, named).splitlines() == [
        "content-type:t",
        "host:a-bucket.oss-cn-hangzhou.aliyuncs.com",
        "range:r",
        "x-oss-b:b",
        "x-oss-date:d",
    ]
