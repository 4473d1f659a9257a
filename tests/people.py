"""Who may ask in tests of access: an owner, another account, RAM users, temporary keys, nobody."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2

import fakeoss
from fakeoss.state.accounts import Identity

REGION = "cn-hangzhou"
ENDPOINT = f"https://oss-{REGION}.aliyuncs.com"
OWNER, OTHER = "1234567890123456", "6543210987654321"
BUCKET = "example-bucket"
OBJECTS = f"acs:oss:*:*:{BUCKET}/*"

EVERYTHING = {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:*", "Resource": "*"}]}


def document(*statements: Mapping[str, Any]) -> str:
    """A policy of these statements."""
    return json.dumps({"Version": "1", "Statement": list(statements)})


def statement(effect: str, action: str | list[str], resource: str | list[str] = "*", **more: Any) -> dict[str, Any]:
    """One statement; `more` are Principal, Condition and the like."""
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


def allow(action: str | list[str], resource: str | list[str] = "*", **more: Any) -> dict[str, Any]:
    return statement("Allow", action, resource, **more)


def deny(action: str | list[str], resource: str | list[str] = "*", **more: Any) -> dict[str, Any]:
    return statement("Deny", action, resource, **more)


class People:
    """Registers keys in a fake and hands out clients that sign with them."""

    def __init__(self, oss: fakeoss.FakeOSS) -> None:
        self.oss = oss
        self._keys: dict[str, tuple[str, str, str | None]] = {"owner": (*oss.credentials, None)}

    def add(self, name: str, **options: Any) -> Identity:
        """Register a key for `name`; `options` are those of `add_credentials`."""
        key = (f"LTAI5t{name.title().replace('-', '')}", f"secretOf{name}")
        self._keys[name] = (*key, options.get("security_token"))
        return self.oss.add_credentials(*key, **options)

    def key(self, name: str) -> tuple[str, str]:
        """Access key id and secret of `name`."""
        return self._keys[name][:2]

    def auth(self, name: str, version: str = "v1") -> Any:
        """An oss2 signer for `name`; nobody is `anonymous`."""
        if name == "anonymous":
            return oss2.AnonymousAuth()
        key_id, secret, token = self._keys[name]
        if token is not None:
            return oss2.StsAuth(key_id, secret, token, auth_version=version)
        return oss2.make_auth(key_id, secret, version)

    def bucket(self, name: str, bucket: str = BUCKET, *, version: str = "v1", endpoint: str = ENDPOINT) -> Any:
        """An oss2 bucket as `name` sees it."""
        return oss2.Bucket(self.auth(name, version), endpoint, bucket, region=REGION)

    def service(self, name: str) -> Any:
        """An oss2 service as `name` sees it."""
        return oss2.Service(self.auth(name), ENDPOINT)

    def client(self, name: str, *, version: str = "v4", endpoint: str | None = None) -> oss_v2.Client:
        """An SDK v2 client of `name`."""
        config = oss_v2.config.load_default()
        if name == "anonymous":
            config.credentials_provider = oss_v2.credentials.AnonymousCredentialsProvider()
        else:
            config.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*self._keys[name])
        config.region, config.signature_version, config.endpoint = REGION, version, endpoint
        return oss_v2.Client(config)


def refusal(ask: Any, *arguments: Any, **named: Any) -> tuple[int, str, str]:
    """Status, code and fine-grained code with which oss2 or SDK v2 is refused; (0, "", "") where it is not."""
    try:
        ask(*arguments, **named)
    except oss2.exceptions.ServerError as error:
        return error.status, error.code, error.ec or ""
    except oss_v2.exceptions.OperationError as error:
        service = error.unwrap()
        assert isinstance(service, oss_v2.exceptions.ServiceError)
        return service.status_code, service.code, service.ec
    return 0, "", ""


NOT_REFUSED = (0, "", "")
