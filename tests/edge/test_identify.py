"""Whom the fake takes a request for, with strict_auth on and off."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss.edge.identify import known, presented, proven
from fakeoss.edge.signature import KeyCache, Subject
from fakeoss.errors import OSSError
from fakeoss.state.accounts import ANONYMOUS, Account, Accounts, Credential, Identity
from fakeoss.wire.message import Headers, Request
from tests.edge.signature import support
from tests.edge.signature.support import ACCOUNT, BUCKET, KEY, REGION, STS, Sent, judge, with_headers

OTHER_ACCOUNT = Account("6543210987654321")
RAM = Credential("LTAI5tRamUser", "ramSecret", ACCOUNT.id, user="alice", policy='{"Version":"1","Statement":[]}')
OFF = Credential("LTAI5tSwitchedOff", "offSecret", ACCOUNT.id, enabled=False)
STRANGER = Credential("LTAI5tStranger", "strangeSecret", ACCOUNT.id)
FOREIGN = Credential("LTAI5tForeign", "foreignSecret", OTHER_ACCOUNT.id)
SHORT_LIVED = Credential(
    "STS.Short",
    "shortSecret",
    ACCOUNT.id,
    policy='{"Version":"1","Statement":[]}',
    security_token="short token",
    expires=datetime.now(timezone.utc) + timedelta(hours=1),
    role="reader",
    session="job-7",
)
REGISTRY = Accounts.of(ACCOUNT, KEY, STS, RAM, OFF, SHORT_LIVED).with_account(OTHER_ACCOUNT).with_credential(FOREIGN)
VERSIONS = ["v1", "v2", "v4"]


def refusal(sent: Sent, *, strict_auth: bool = True, **options: object) -> OSSError:
    with pytest.raises(OSSError) as refused:
        judge(sent, accounts=REGISTRY, strict_auth=strict_auth, **options)  # type: ignore[arg-type] # passed on as given
    return refused.value


def test_an_unsigned_request_is_anonymous_in_both_modes() -> None:
    sent = Sent(Request("GET", "https", f"{BUCKET}.oss-cn-hangzhou.aliyuncs.com", "/key?para1=test"), BUCKET, "key")
    assert judge(sent, strict_auth=True) is judge(sent, strict_auth=False) is ANONYMOUS


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("strict_auth", [True, False])
class TestRegisteredKeys:
    def test_each_is_who_it_is_registered_for(self, version: str, strict_auth: bool) -> None:
        for credential, account, kind in (
            (KEY, ACCOUNT, "root"),
            (FOREIGN, OTHER_ACCOUNT, "root"),
            (RAM, ACCOUNT, "ram-user"),
            (SHORT_LIVED, ACCOUNT, "sts"),
        ):
            for sent in (
                support.oss2_call(credential, version, "GET", "k"),
                support.oss2_url(credential, version, "GET", "k"),
            ):
                identity = judge(sent, accounts=REGISTRY, strict_auth=strict_auth)
                assert (identity.kind, identity.account_id, identity.verified) == (kind, account.id, True)
                assert identity.access_key_id == credential.access_key_id

    def test_their_signature_is_judged(self, version: str, strict_auth: bool) -> None:
        wrong = Credential(KEY.access_key_id, "wrong", ACCOUNT.id)
        sent = support.oss2_call(wrong, version, "GET", "key")
        assert refusal(sent, strict_auth=strict_auth).code == "SignatureDoesNotMatch"

    def test_a_disabled_one_is_refused(self, version: str, strict_auth: bool) -> None:
        error = refusal(support.oss2_call(OFF, version, "GET", "key"), strict_auth=strict_auth)
        assert (error.code, error.status) == ("InvalidAccessKeyId", 403)
        assert error.message == "The OSS Access Key Id you provided is disabled."


@pytest.mark.parametrize("version", VERSIONS)
class TestUnknownKeys:
    def test_count_as_the_default_account_unless_strict(self, version: str) -> None:
        for sent in (support.oss2_call(STRANGER, version, "GET", "k"), support.oss2_url(STRANGER, version, "GET", "k")):
            identity = judge(sent, accounts=REGISTRY, strict_auth=False)
            assert (identity.account_id, identity.kind, identity.verified) == (ACCOUNT.id, "root", False)
            assert identity.access_key_id == STRANGER.access_key_id

    def test_are_refused_if_strict(self, version: str) -> None:
        error = refusal(support.oss2_call(STRANGER, version, "GET", "key"))
        assert (error.code, error.status, error.ec) == ("InvalidAccessKeyId", 403, "0002-00000902")
        assert error.message == "The OSS Access Key Id you provided does not exist in our records."
        assert error.elements == {"OSSAccessKeyId": STRANGER.access_key_id}
        assert "strict_auth is on" in str(error.why)

    def test_their_clock_is_judged_all_the_same(self, version: str) -> None:
        sent = support.oss2_call(STRANGER, version, "GET", "key")
        late = datetime.now(timezone.utc) + timedelta(minutes=16)
        assert refusal(sent, strict_auth=False, now=late).code == "RequestTimeTooSkewed"

    def test_their_urls_expire_all_the_same(self, version: str) -> None:
        sent = support.oss2_url(STRANGER, version, "GET", "key", 60)
        late = datetime.now(timezone.utc) + timedelta(seconds=62)
        error = refusal(sent, strict_auth=False, now=late)
        assert (error.code, error.message) == ("AccessDenied", "Request has expired.")


@pytest.mark.parametrize("version", VERSIONS)
class TestTokens:
    def test_a_temporary_key_without_its_token_does_not_exist(self, version: str) -> None:
        bare = Credential(STS.access_key_id, STS.secret, ACCOUNT.id)
        for sent in (support.oss2_call(bare, version, "GET", "k"), support.oss2_url(bare, version, "GET", "k")):
            error = refusal(sent)
            assert error.code == "InvalidAccessKeyId"
            assert "no security token" in str(error.why)

    def test_a_token_nobody_registered(self, version: str) -> None:
        for key in (STS, KEY):
            wrong = Credential(key.access_key_id, key.secret, ACCOUNT.id, security_token="made up")
            error = refusal(support.oss2_call(wrong, version, "GET", "key"))
            assert (error.code, error.status) == ("InvalidSecurityToken", 403)

    def test_the_token_of_another_key(self, version: str) -> None:
        wrong = Credential(STS.access_key_id, STS.secret, ACCOUNT.id, security_token=SHORT_LIVED.security_token)
        error = refusal(support.oss2_call(wrong, version, "GET", "key"))
        assert (error.code, error.status) == ("AccessKeyIdAndSecurityTokenNotMatch", 403)

    def test_an_expired_one(self, version: str) -> None:
        sent = support.oss2_url(SHORT_LIVED, version, "GET", "key", 7200)
        assert judge(sent, accounts=REGISTRY).kind == "sts"
        late = datetime.now(timezone.utc) + timedelta(hours=1)
        error = refusal(sent, now=late)
        assert (error.code, error.status, error.ec) == ("SecurityTokenExpired", 403, "0002-00000007")

    def test_an_empty_token_header_is_no_token(self, version: str) -> None:
        sent = with_headers(support.oss2_call(KEY, version, "GET", "key"), security_token="")
        assert judge(sent).verified


def test_sdk_v2_sends_its_token_as_an_unsigned_header_with_v1() -> None:
    sent = support.v2_call(STS, "v1", "GET", "key")
    assert sent.request.headers.get("x-oss-security-token") is None
    assert sent.request.headers.get("security-token") == STS.security_token
    assert judge(sent).kind == "sts"
    assert refusal(with_headers(sent, security_token="other")).code == "InvalidSecurityToken"


class TestScope:
    def test_another_region_in_the_header(self) -> None:
        error = refusal(support.v2_call(KEY, "v4", "HEAD", "key"), region="cn-shanghai")
        assert (error.code, error.status, error.ec) == ("InvalidArgument", 400, "0002-00000226")
        assert error.message == "Invalid signing region in Authorization header."
        assert "signed for region 'cn-hangzhou', and 'cn-shanghai' serves it" in str(error.why)

    def test_another_region_in_the_url(self) -> None:
        error = refusal(support.oss2_url(KEY, "v4", "GET", "key"), region="cn-shanghai")
        assert (error.code, error.message) == ("InvalidArgument", "The signing region in credential is invalid.")
        assert error.elements["ArgumentName"] == "x-oss-credential"
        assert error.elements["ArgumentValue"].endswith("/cn-hangzhou/oss/aliyun_v4_request")

    @pytest.mark.parametrize("version", VERSIONS)
    def test_any_region_where_none_is_asked_for(self, version: str) -> None:
        assert judge(support.oss2_call(KEY, version, "GET", "key"), region=None).verified

    def test_v1_and_v2_are_bound_to_no_region(self) -> None:
        for version in ("v1", "v2"):
            assert judge(support.oss2_call(KEY, version, "GET", "key"), region="cn-shanghai").verified

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("/oss/", "/s3/", "Invalid signing product in Authorization header."),
            ("/cn-hangzhou/", "/oss-cn-hangzhou/", "Invalid signing region in Authorization header."),
            ("/2", "/1", "Invalid signing date in Authorization header."),
        ],
    )
    def test_another_product_region_or_day(self, old: str, new: str, message: str) -> None:
        sent = support.v2_call(KEY, "v4", "GET", "key")
        authorization = str(sent.request.headers.get("authorization"))
        error = refusal(with_headers(sent, Authorization=authorization.replace(old, new, 1)))
        assert (error.code, error.status, error.message) == ("InvalidArgument", 400, message)

    def test_an_unknown_key_is_held_to_it_too(self) -> None:
        error = refusal(support.v2_call(STRANGER, "v4", "GET", "key"), strict_auth=False, region="cn-shanghai")
        assert error.ec == "0002-00000226"


def test_the_steps_may_be_taken_one_by_one() -> None:
    sent = support.oss2_call(Credential("LTAI5tStranger", "x", ACCOUNT.id), "v4", "GET", "key")
    now = datetime.now(timezone.utc)
    claim = presented(sent.request, (now,), REGION)
    assert claim is not None
    assert claim.access_key_id == "LTAI5tStranger"
    with pytest.raises(OSSError, match="InvalidAccessKeyId"):
        known(claim, REGISTRY, now, strict_auth=True)
    assert known(claim, REGISTRY, now, strict_auth=False) is None
    assert proven(Subject(claim, sent.request, BUCKET, "key"), None, REGISTRY, KeyCache()).verified is False


@pytest.mark.parametrize("access_key_id", ["LT\tAI", "密钥", "a\x7f"])
@pytest.mark.parametrize("strict_auth", [True, False])
def test_an_access_key_id_with_characters_no_key_has(access_key_id: str, strict_auth: bool) -> None:
    sent = support.oss2_url(Credential(access_key_id, "x", ACCOUNT.id), "v1", "GET", "key")
    error = refusal(sent, strict_auth=strict_auth)
    assert (error.code, error.ec) == ("InvalidAccessKeyId", "0002-00000901")


WIRE = st.text(st.characters(max_codepoint=0xFF), max_size=60)
AUTHORIZATIONS = WIRE | st.builds(
    "{}{}".format, st.sampled_from(["OSS ", "OSS2 ", "OSS4-HMAC-SHA256 ", "OSS4-HMAC-SHA256 Credential="]), WIRE
)
PARTS = (
    "Expires", "OSSAccessKeyId", "Signature", "x-oss-expires", "x-oss-signature", "x-oss-signature-version",
    "x-oss-date", "x-oss-credential", "x-oss-access-key-id", "x-oss-additional-headers", "security-token", "acl", "%ff",
)  # fmt: skip
VALUES = (
    "OSS2", "OSS4-HMAC-SHA256", "60", "1141889120", "20231203T121212Z", KEY.access_key_id, "%FF", "",
    f"{KEY.access_key_id}%2F20231203%2Fcn-hangzhou%2Foss%2Faliyun_v4_request",
)  # fmt: skip
PAIRS = st.builds("{}={}".format, st.sampled_from(PARTS), st.sampled_from(VALUES) | st.text(max_size=8))
QUERIES = st.lists(PAIRS, max_size=8)


def verdict(sent: Sent, *, strict_auth: bool, now: datetime) -> Identity | OSSError:
    try:
        return judge(sent, strict_auth=strict_auth, now=now)
    except OSSError as error:
        return error


@given(authorization=st.none() | AUTHORIZATIONS, date=st.none() | WIRE, query=QUERIES, strict_auth=st.booleans())
def test_hostile_signatures_get_a_refusal_of_the_service(
    authorization: str | None, date: str | None, query: list[str], strict_auth: bool
) -> None:
    headers = [("Authorization", authorization), ("Date", date), ("x-oss-date", "20231203T121212Z" if date else None)]
    pairs = [(name, value) for name, value in headers if value is not None]
    request = Request("GET", "https", f"{BUCKET}.oss-cn-hangzhou.aliyuncs.com", "/k?" + "&".join(query), Headers(pairs))
    now = datetime(2023, 12, 3, 12, 12, 12, tzinfo=timezone.utc)
    found = verdict(Sent(request, BUCKET, "k"), strict_auth=strict_auth, now=now)
    if isinstance(found, OSSError):
        assert found.status in {400, 403}
    else:
        assert found.is_anonymous or not found.verified
