"""Requests signed by the real SDKs and caught just before the wire, and ways to spoil them.

`oss2_call`, `oss2_url`, `v2_call` and `v2_url` give a `Sent`; `judge` asks the fake whom it comes from;
`spoilt` gives strategies for requests that differ from it in one character of what the signature covers.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import alibabacloud_oss_v2 as oss
import oss2
import requests
from alibabacloud_oss_v2.signer import SignerV4
from alibabacloud_oss_v2.transport import RequestsHttpClient
from alibabacloud_oss_v2.types import OperationInput, SigningContext

from fakeoss.edge import identify
from fakeoss.edge.signature import KeyCache, Subject
from fakeoss.edge.signature.v1 import SUB_RESOURCES as SUB_RESOURCES
from fakeoss.state.accounts import ANONYMOUS, Account, Accounts, Credential, Identity
from fakeoss.wire.message import Headers, Request

REGION = "cn-hangzhou"
ENDPOINT = "https://oss-cn-hangzhou.aliyuncs.com"
BUCKET = "examplebucket"
ACCOUNT = Account("1234567890123456", "tester")
KEY = Credential("LTAI5tRealisticKeyId00", "aSecretOf30Characters/+==abcde", ACCOUNT.id)
STS = Credential("STS.NTemporary", "temporarySecret", ACCOUNT.id, security_token="CAIS+token/with=odd chars&")
ACCOUNTS = Accounts.of(ACCOUNT, KEY, STS)


@dataclass(frozen=True, slots=True)
class Sent:
    """What reaches the service, and the bucket and key it is addressed to."""

    request: Request
    bucket: str | None
    key: str | None


class Catch(requests.adapters.HTTPAdapter):
    """Keeps the last request as an HTTP client would put it on the wire, and answers 200."""

    caught: Request

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        assert request.url is not None
        scheme, _, rest = request.url.partition("://")
        host = rest.partition("/")[0].partition("?")[0]
        headers = [(wire(name), wire(value)) for name, value in request.headers.items()]
        if "host" not in request.headers:
            headers.insert(0, ("Host", host))
        target = self.request_url(request, {})
        self.caught = Request(request.method or "", scheme, host, target, Headers(headers), source="requests")
        response = requests.Response()
        response.status_code = 200
        response.reason = "OK"
        response.raw = BytesIO()
        response.headers["x-oss-request-id"] = "0" * 24
        response.request, response.url = request, request.url
        return response


def wire(text: str | bytes) -> str:
    """A header name or value as it arrives: latin-1, trimmed."""
    raw = text.encode("latin-1") if isinstance(text, str) else text
    return raw.decode("latin-1").strip(" \t")


def oss2_bucket(credential: Credential, version: str, catch: Catch, name: str = BUCKET, **options: Any) -> oss2.Bucket:
    """A bucket of oss2 whose requests are caught."""
    auth = oss2_auth(credential, version)
    return oss2.Bucket(
        auth, options.pop("endpoint", ENDPOINT), name, session=oss2.Session(adapter=catch), region=REGION, **options
    )


def oss2_auth(credential: Credential, version: str) -> Any:
    """oss2's signer of a version (v1, v2, v4) for a permanent or a temporary key."""
    if credential.security_token is not None:
        return oss2.StsAuth(credential.access_key_id, credential.secret, credential.security_token, version)
    return oss2.make_auth(credential.access_key_id, credential.secret, version)


def oss2_call(
    credential: Credential,
    version: str,
    method: str,
    key: str,
    *,
    bucket: str = BUCKET,
    params: Mapping[str, str] | None = None,
    headers: Mapping[str, Any] | None = None,
    data: bytes = b"",
    **options: Any,
) -> Sent:
    """A request signed in its header by oss2; `bucket=""` makes it a service call."""
    catch = Catch()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # oss2 asks datetime.utcnow
        client = oss2_bucket(credential, version, catch, bucket or BUCKET, **options)
        client._do(method, bucket, key, params=dict(params or {}), headers=dict(headers or {}), data=data)
    return Sent(catch.caught, bucket or None, key)


def oss2_url(
    credential: Credential,
    version: str,
    method: str,
    key: str,
    expires: int = 60,
    *,
    params: Mapping[str, str] | None = None,
    headers: Mapping[str, Any] | None = None,
    **options: Any,
) -> Sent:
    """A request to a URL signed by oss2, sent by plain requests with the headers that were signed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        client = oss2_bucket(credential, version, Catch())
        url = client.sign_url(method, key, expires, headers=dict(headers or {}), params=dict(params or {}), **options)
    return Sent(fetch(method, url, headers), BUCKET, key)


def v2_client(credential: Credential, version: str, catch: Catch, **options: Any) -> oss.Client:
    """A client of SDK v2 whose requests are caught."""
    keys = oss.credentials.StaticCredentialsProvider(
        credential.access_key_id, credential.secret, credential.security_token
    )
    config = oss.config.Config(
        region=REGION, credentials_provider=keys, signature_version=version, retry_max_attempts=1, **options
    )
    config.http_client = RequestsHttpClient(adapter=catch)
    return oss.Client(config)


def v2_call(
    credential: Credential,
    version: str,
    method: str,
    key: str | None,
    *,
    bucket: str | None = BUCKET,
    params: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    sub_resource: Sequence[str] = (),
    **options: Any,
) -> Sent:
    """A request signed in its header by SDK v2 (version v1 or v4)."""
    catch = Catch()
    operation = OperationInput(
        "Any", method, dict(headers or {}), dict(params or {}), b"", bucket, key, {"sub-resource": list(sub_resource)}
    )
    v2_client(credential, version, catch, **options).invoke_operation(operation)
    return Sent(catch.caught, bucket, key)


def v2_url(credential: Credential, version: str, request: Any, expires: timedelta = timedelta(minutes=1)) -> Sent:
    """A request to a URL that SDK v2 signed for `request`, sent by plain requests."""
    result = v2_client(credential, version, Catch()).presign(request, expires=expires)
    return Sent(fetch(result.method, result.url, result.signed_headers), request.bucket, request.key)


def v2_signed(credential: Credential, method: str, url: str, headers: dict[str, str], further: set[str]) -> Request:
    """A request whose `further` headers SDK v2's V4 signer covers too (its client cannot ask for it)."""
    request = oss.types.HttpRequest(method, url, headers=headers)
    token = credential.security_token
    keys = oss.credentials.Credentials(credential.access_key_id, credential.secret, token)
    context = SigningContext("oss", REGION, BUCKET, "key", request, credentials=keys, additional_headers=further)
    SignerV4().sign(context)
    return fetch(method, request.url, request.headers)


def fetch(method: str, url: str, headers: Mapping[str, Any] | None = None, data: bytes = b"") -> Request:
    """What plain requests sends for a URL."""
    catch = Catch()
    with requests.Session() as session:
        session.mount("https://", catch)
        session.mount("http://", catch)
        session.trust_env = False
        session.request(method, url, headers={"Accept-Encoding": None, **(headers or {})}, data=data)
    return catch.caught


def judge(
    sent: Sent,
    *,
    accounts: Accounts = ACCOUNTS,
    now: datetime | None = None,
    strict_auth: bool = True,
    region: str | None = REGION,
    keys: KeyCache | None = None,
) -> Identity:
    """Whom the fake takes a request for; raises its refusal."""
    clocks = (now or datetime.now(timezone.utc),)
    claim = identify.presented(sent.request, clocks, region)
    if claim is None:
        return ANONYMOUS
    credential = identify.known(claim, accounts, clocks[0], strict_auth)
    subject = Subject(claim, sent.request, sent.bucket, sent.key)
    return identify.proven(subject, credential, accounts, keys or KeyCache())


def with_headers(sent: Sent, **changes: str | None) -> Sent:
    """The request with headers set, or removed where the value is None; `_` in names stands for `-`."""
    wanted = {name.replace("_", "-").lower(): value for name, value in changes.items()}
    pairs = [(name, value) for name, value in sent.request.headers if name.lower() not in wanted]
    pairs += [(name, value) for name, value in wanted.items() if value is not None]
    return replace(sent, request=replace(sent.request, headers=Headers(pairs)))


def with_target(sent: Sent, old: str, new: str) -> Sent:
    """The request with a piece of its target replaced, which must be there once."""
    assert sent.request.target.count(old) == 1
    target = sent.request.target.replace(old, new)
    path = target.partition("?")[0]
    return replace(sent, request=replace(sent.request, target=target), key=key_of(path, sent))


def key_of(path: str, sent: Sent) -> str:
    """The key that a path names, where `sent` came to the same host."""
    name = unquote(path, errors="surrogateescape")[1:]
    if sent.bucket and not sent.request.host.startswith(sent.bucket + "."):
        return name.removeprefix(sent.bucket + "/")
    return name
