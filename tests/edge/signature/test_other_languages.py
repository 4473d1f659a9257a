"""What the vendor's Go and Java SDKs sign, spelled out here from what they do, is accepted as well."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timezone

import pytest

from fakeoss.errors import OSSError
from fakeoss.wire.message import Headers, Request
from tests.edge.signature.support import BUCKET, KEY, REGION, Sent, judge

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
HTTP, COMPACT = "Sun, 01 Mar 2026 12:00:00 GMT", "20260301T120000Z"
HOST = f"{BUCKET}.oss-{REGION}.aliyuncs.com"


def sent(query: str, headers: Mapping[str, str]) -> Sent:
    return Sent(
        Request("GET", "https", HOST, f"/key{query}", Headers([("Host", HOST), *headers.items()])), BUCKET, "key"
    )


def v4(headers: Mapping[str, str], stated: str) -> Sent:
    """A request signed by V4 over `x-oss-` headers, with `stated` as the time in the string to sign."""
    scope = f"20260301/{REGION}/oss/aliyun_v4_request"
    covered = {name.lower(): value for name, value in headers.items() if name.lower().startswith("x-oss-")}
    lines = "".join(f"{name}:{value}\n" for name, value in sorted(covered.items()))
    canonical = f"GET\n/{BUCKET}/key\n\n{lines}\n\nUNSIGNED-PAYLOAD"
    text = f"OSS4-HMAC-SHA256\n{stated}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"aliyun_v4{KEY.secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    credential = f"OSS4-HMAC-SHA256 Credential={KEY.access_key_id}/{scope},Signature={signature}"
    return sent("", {**headers, "Authorization": credential})


PAYLOAD = {"X-Oss-Content-Sha256": "UNSIGNED-PAYLOAD"}


def test_v4_with_a_date_header_alone_signs_it_as_it_stands() -> None:
    """As the older Go SDK, which sends no x-oss-date."""
    assert judge(v4({"Date": HTTP, **PAYLOAD}, HTTP), now=NOW).verified
    with pytest.raises(OSSError, match="SignatureDoesNotMatch"):
        judge(v4({"Date": HTTP, **PAYLOAD}, COMPACT), now=NOW)


def test_v4_goes_by_x_oss_date_where_both_are_sent() -> None:
    assert judge(v4({"Date": HTTP, "X-Oss-Date": COMPACT, **PAYLOAD}, COMPACT), now=NOW).verified


def test_v4_with_a_date_of_another_day_than_the_credential() -> None:
    with pytest.raises(OSSError) as refused:
        judge(v4({"Date": "Sat, 28 Feb 2026 23:59:59 GMT", **PAYLOAD}, HTTP), now=NOW)
    assert refused.value.ec == "0002-00000212"
    assert "20260228" in str(refused.value.why)


@pytest.mark.parametrize("name", ["img", "udfName", "withHashContext", "x-oss-hash-ctx", "responseHeader"])
def test_v1_covers_the_parameters_that_only_go_and_java_know(name: str) -> None:
    text = f"GET\n\n\n{HTTP}\n/{BUCKET}/key?{name}=1"
    signature = base64.b64encode(hmac.digest(KEY.secret.encode(), text.encode(), "sha1")).decode()
    headers = {"Date": HTTP, "Authorization": f"OSS {KEY.access_key_id}:{signature}"}
    assert judge(sent(f"?{name}=1", headers), now=NOW).verified
    with pytest.raises(OSSError, match="SignatureDoesNotMatch"):
        judge(sent(f"?{name}=2", headers), now=NOW)
