"""The signature of a PostObject form."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from fakeoss.edge.identify import identify_form
from fakeoss.edge.signature import KeyCache, claim_of_form
from fakeoss.errors import OSSError
from fakeoss.state.accounts import Credential, Identity
from tests.edge.signature.support import ACCOUNTS, KEY, REGION, STS

NOW = datetime(2023, 12, 3, 12, 12, 12, tzinfo=timezone.utc)
POLICY = base64.b64encode(json.dumps({"expiration": "2023-12-04T00:00:00.000Z", "conditions": []}).encode()).decode()
SCOPE = f"20231203/{REGION}/oss/aliyun_v4_request"


def form_v1(credential: Credential = KEY) -> dict[str, str]:
    signature = base64.b64encode(hmac.digest(credential.secret.encode(), POLICY.encode(), "sha1")).decode()
    return {"ossaccesskeyid": credential.access_key_id, "policy": POLICY, "signature": signature}


def form_v2(credential: Credential = KEY) -> dict[str, str]:
    signature = base64.b64encode(hmac.digest(credential.secret.encode(), POLICY.encode(), "sha256")).decode()
    return {
        "x-oss-signature-version": "OSS2",
        "x-oss-access-key-id": credential.access_key_id,
        "policy": POLICY,
        "x-oss-signature": signature,
    }


def form_v4(credential: Credential = KEY) -> dict[str, str]:
    key = b"aliyun_v4" + credential.secret.encode()
    for part in SCOPE.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return {
        "x-oss-signature-version": "OSS4-HMAC-SHA256",
        "x-oss-credential": f"{credential.access_key_id}/{SCOPE}",
        "x-oss-date": "20231203T121212Z",
        "policy": POLICY,
        "x-oss-signature": hmac.digest(key, POLICY.encode(), "sha256").hex(),
    }


FORMS = [form_v1, form_v2, form_v4]


def judge(fields: dict[str, str], *, now: datetime = NOW, strict_auth: bool = True) -> Identity:
    return identify_form(
        fields, accounts=ACCOUNTS, clocks=(now,), keys=KeyCache(), strict_auth=strict_auth, region=REGION
    )


def refusal(fields: dict[str, str], now: datetime = NOW) -> OSSError:
    with pytest.raises(OSSError) as refused:
        judge(fields, now=now)
    assert refused.value.why, "every refusal says why"
    return refused.value


@pytest.mark.parametrize("form", FORMS)
def test_a_signed_form(form: Callable[..., dict[str, str]]) -> None:
    assert judge(form()).access_key_id == KEY.access_key_id
    assert judge({**form(STS), "x-oss-security-token": str(STS.security_token)}).kind == "sts"


def test_a_form_without_any_part_of_a_signature_is_anonymous() -> None:
    assert judge({"key": "a.txt", "success_action_status": "201"}).is_anonymous


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["policy", "signature", "x-oss-signature"])
def test_one_character_more_is_refused(form: Callable[..., dict[str, str]], name: str) -> None:
    fields = form()
    if name in fields:
        error = refusal({**fields, name: fields[name] + "A"})
        assert (error.code, error.ec) == ("SignatureDoesNotMatch", "0002-00000705")
        assert error.elements["StringToSign"].startswith(POLICY)


@pytest.mark.parametrize(
    ("form", "name", "missing", "empty"),
    [
        (form_v1, "policy", "702", "702"),
        (form_v1, "signature", "703", "704"),
        (form_v1, "ossaccesskeyid", "706", "707"),
        (form_v2, "x-oss-access-key-id", "706", "707"),
        (form_v2, "x-oss-signature", "703", "704"),
        (form_v4, "x-oss-signature", "703", "704"),
        (form_v4, "x-oss-credential", "706", "710"),
        (form_v4, "x-oss-date", "706", "706"),
    ],
)
def test_a_part_is_missing(form: Callable[..., dict[str, str]], name: str, missing: str, empty: str) -> None:
    whole = form()
    without = {key: value for key, value in whole.items() if key != name}
    for fields, ec in ((without, missing), ({**whole, name: ""}, empty)):
        error = refusal(fields)
        assert (error.code, error.status, error.ec) == ("InvalidArgument", 400, f"0002-00000{ec}")
        assert error.message.startswith("The bucket POST must contain the specified '")


@pytest.mark.parametrize(
    ("name", "value", "ec"),
    [
        ("x-oss-signature-version", "2", "0002-00000701"),
        ("x-oss-credential", "LTAI/20231203/cn-hangzhou/oss/abc", "0002-00000710"),
        ("x-oss-credential", f"LTAI/20231204/{REGION}/oss/aliyun_v4_request", "0002-00000709"),
        ("x-oss-credential", "LTAI/20231203/cn-beijing/oss/aliyun_v4_request", "0002-00000715"),
        ("x-oss-credential", f"LTAI/20231203/{REGION}/s3/aliyun_v4_request", ""),
        ("x-oss-date", "yesterday", ""),
    ],
)
def test_a_part_is_wrong(name: str, value: str, ec: str) -> None:
    error = refusal({**form_v4(), name: value})
    assert (error.code, error.status, error.ec) == ("InvalidArgument", 400, ec)
    assert error.elements["ArgumentName"] == name
    assert error.elements["ArgumentValue"] == value


def test_a_v4_form_may_be_sent_for_seven_days() -> None:
    assert judge(form_v4(), now=NOW + timedelta(days=7)).verified
    assert refusal(form_v4(), NOW + timedelta(days=7, seconds=1)).message == "Request has expired."
    assert judge(form_v4(), now=NOW - timedelta(minutes=15)).verified
    assert refusal(form_v4(), NOW - timedelta(minutes=16)).code == "AccessDenied"


def test_an_unknown_key_is_judged_as_in_any_request() -> None:
    fields = {**form_v1(), "ossaccesskeyid": "LTAIUnknown"}
    assert refusal(fields).code == "InvalidAccessKeyId"
    identity = judge(fields, strict_auth=False)
    assert (identity.account_id, identity.verified) == (ACCOUNTS.default.id, False)
    assert claim_of_form(fields) is not None
