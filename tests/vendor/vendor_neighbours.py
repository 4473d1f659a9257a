"""A pytest plugin for the vendor's suite: two services beside OSS that its tests ask, tokens (STS) and keys (KMS).

Loaded by name beside `vendor_plugin`, which switches the fake on. Both services are reached through the vendor's own
`AcsClient`, which is not the subject here: its one method that sends is replaced.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient

import fakeoss

VALIDITY = timedelta(hours=1)
"""How long a security token is good."""


class SecurityTokens:
    """Gives out temporary keys, which the active fake learns."""

    def __init__(self) -> None:
        """None given out yet."""
        self._given = 0

    def assume_role(self, _region: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """A key, its secret and its token, good for an hour."""
        self._given += 1
        key, secret, token = (f"STS.{word}{self._given}" for word in ("key", "secret", "token"))
        role = asked["RoleArn"].rpartition("/")[2]
        expires = datetime.now(timezone.utc) + VALIDITY
        fakeoss.active().add_credentials(key, secret, security_token=token, role=role, expires=expires)
        credentials = {
            "AccessKeyId": key,
            "AccessKeySecret": secret,
            "SecurityToken": token,
            "Expiration": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        return {"RequestId": f"request-{self._given}", "Credentials": credentials}


class Keys:
    """Encrypts by remembering: what it gives back stands for the plaintext, in one region and context."""

    def __init__(self) -> None:
        """Nothing encrypted yet."""
        self._plaintexts: dict[tuple[str, str, str], str] = {}

    def generate_data_key(self, region: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """A new key, plain and encrypted."""
        plaintext = base64.b64encode(os.urandom(asked["NumberOfBytes"])).decode()
        return {"Plaintext": plaintext, **self.encrypt(region, {**asked, "Plaintext": plaintext})}

    def encrypt(self, region: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """What stands for a plaintext."""
        blob = base64.b64encode(os.urandom(48)).decode()
        self._plaintexts[region, asked["EncryptionContext"], blob] = asked["Plaintext"]
        return {"CiphertextBlob": blob}

    def decrypt(self, region: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The plaintext; raises ServerException for another region, another context, or bytes of somebody else's."""
        blob = asked["CiphertextBlob"]  # bytes, where the client had it from an object's metadata
        text = blob.decode("latin-1") if isinstance(blob, bytes) else blob
        plaintext = self._plaintexts.get((region, asked["EncryptionContext"], text))
        if plaintext is None:
            raise ServerException("InvalidCiphertext", "encrypted elsewhere, or in another context", 400)
        return {"Plaintext": plaintext}


def pytest_configure() -> None:
    """Answer every request of the process to either service."""
    tokens, keys = SecurityTokens(), Keys()
    actions: dict[str, Callable[[str, Mapping[str, Any]], dict[str, Any]]] = {
        "AssumeRole": tokens.assume_role,
        "GenerateDataKey": keys.generate_data_key,
        "Encrypt": keys.encrypt,
        "Decrypt": keys.decrypt,
    }

    def answer(client: Any, request: Any) -> bytes:
        if (client.get_access_key(), client.get_access_secret()) not in _known():
            raise ServerException("InvalidAccessKeyId", "the key and its secret do not belong together", 403)
        action = actions[request.get_action_name()]
        return json.dumps(action(client.get_region_id(), request.get_query_params())).encode()

    AcsClient.do_action_with_exception = answer


def _known() -> set[tuple[str, str]]:
    """The key and the secret of each account that the environment names."""
    pairs = (("ACCESS_KEY_ID", "ACCESS_KEY_SECRET"), ("STS_ID", "STS_KEY"))
    return {(os.environ[f"OSS_TEST_{key}"], os.environ[f"OSS_TEST_{secret}"]) for key, secret in pairs}
