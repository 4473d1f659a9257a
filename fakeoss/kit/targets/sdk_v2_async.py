"""A bucket driven through the asynchronous client of SDK v2, call by call."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

import alibabacloud_oss_v2 as oss
import alibabacloud_oss_v2.aio as aio

from fakeoss.app import FakeOSS
from fakeoss.kit.targets.sdk_v2 import SdkV2


class SdkV2Async(SdkV2):
    """An `AsyncClient` of SDK v2 on an event loop of its own; not for use where one is running."""

    def __init__(self, config: oss.config.Config, bucket: str, prefix: str = "") -> None:
        """The bucket exists already."""
        self._loop = asyncio.new_event_loop()
        super().__init__(aio.AsyncClient(config), bucket, prefix)

    @classmethod
    def of(cls, fake: FakeOSS, bucket: str) -> SdkV2Async:
        """A bucket of a fake."""
        config = oss.config.load_default()
        config.credentials_provider = oss.credentials.StaticCredentialsProvider(*fake.credentials)
        config.region = fake.settings.region
        return cls(config, bucket)

    def call(self, name: str, request: Any) -> Any:
        """One call of the client, awaited; raises ValueError for what only the synchronous client can do."""
        method = getattr(self._client, name, None)
        if method is None:
            raise ValueError(f"SDK v2's asynchronous client has no {name}: give the step to 'v2' or another target")
        return self._wait(method(request))

    def body(self, found: Any) -> bytes:
        """The content of an answer."""
        if not found.content_length:
            return b""  # the SDK takes an empty content for one that was read already
        data: bytes = self._wait(found.body.read())
        self._wait(found.body.close())
        return data

    def _wait(self, awaitable: Awaitable[Any]) -> Any:
        async def waiting() -> Any:
            return await awaitable

        return self._loop.run_until_complete(waiting())

    def close(self) -> None:
        """Close client and loop."""
        self._wait(self._client.close())
        self._loop.close()
