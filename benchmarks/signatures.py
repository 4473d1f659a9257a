"""What the judgement of a signature costs: `python -m benchmarks.signatures`.

Requests that oss2 signed are judged again and again, without a client and without the rest of the fake: what they
claim is read, scope and time are judged, the key is found and the signature computed once more. The figures are
part of those of `benchmarks.calls`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from functools import partial
from urllib.parse import urlsplit

import oss2

from benchmarks.timing import per_call, table, us
from fakeoss.edge import identify
from fakeoss.edge.signature import KeyCache, Subject
from fakeoss.state.accounts import Account, Accounts, Credential
from fakeoss.wire.message import Headers, Request

REGION, BUCKET, KEY = "cn-hangzhou", "my-bucket", "folder/some-object.txt"
ENDPOINT = f"https://oss-{REGION}.aliyuncs.com"
ACCOUNT = Account("1234567890123456")
CREDENTIAL = Credential("LTAI5tBenchmarkKey00", "aSecretOfThirtyCharacters00000", ACCOUNT.id)
ACCOUNTS = Accounts.of(ACCOUNT, CREDENTIAL)
ALLOWED = 60
"""Microseconds that the judgement of a V4 signature in the header may take."""


class Caught(oss2.Session):  # type: ignore[misc] # oss2 has no types
    """Keeps a request in the place of sending it."""

    request: Request

    def do_request(self, req: oss2.http.Request, timeout: object) -> object:
        """Keep it; nothing comes back."""
        url = urlsplit(req.url)
        headers = Headers([(name, str(value)) for name, value in req.headers.items()])
        self.request = Request(req.method, url.scheme, url.netloc, url.path, headers)
        raise oss2.exceptions.RequestError("not sent")


def put(version: str) -> Request:
    """An upload, signed in the header."""
    session = Caught()
    auth = oss2.make_auth(CREDENTIAL.access_key_id, CREDENTIAL.secret, version)
    try:
        oss2.Bucket(auth, ENDPOINT, BUCKET, session=session, region=REGION).put_object(KEY, b"")
    except oss2.exceptions.RequestError:
        return session.request
    raise AssertionError("the request was sent")


def link(version: str) -> Request:
    """A download by a signed URL."""
    auth = oss2.make_auth(CREDENTIAL.access_key_id, CREDENTIAL.secret, version)
    url = urlsplit(oss2.Bucket(auth, ENDPOINT, BUCKET, region=REGION).sign_url("GET", KEY, 3600, slash_safe=True))
    return Request("GET", "https", url.netloc, f"{url.path}?{url.query}", Headers([("Host", url.netloc)]))


def judge(request: Request, keys: KeyCache, now: datetime) -> None:
    """Whom the request comes from, which must be the one who signed it."""
    claim = identify.presented(request, (now,), REGION)
    assert claim is not None
    credential = identify.known(claim, ACCOUNTS, now, True)
    assert identify.proven(Subject(claim, request, BUCKET, KEY), credential, ACCOUNTS, keys).verified


def main() -> None:
    """Measure and print."""
    keys, now = KeyCache(), datetime.now(timezone.utc)
    ways: dict[str, Callable[[str], Request]] = {"header": put, "URL": link}
    work = {
        f"{version.upper()} in the {place}": partial(judge, sign(version), keys, now)
        for place, sign in ways.items()
        for version in ("v1", "v2", "v4")
    }
    rows = [(name, us(cost)) for name, cost in per_call(work, calls=1_000).items()]
    table(f"Signatures (V4 in the header: at most {ALLOWED} us)", ("judged", "cost"), rows)


if __name__ == "__main__":
    main()
