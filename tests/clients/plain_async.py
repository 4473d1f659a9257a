"""HTTP clients of coroutines on presigned URLs."""

from __future__ import annotations

from typing import Any, ClassVar

from tests.clients.client import AsyncClient, Pairs, Seen, pairs
from tests.clients.plain import Plain


class AsyncPlain(AsyncClient, Plain):
    """A plain client whose single request is a coroutine."""

    def send(self, method: str, url: str, headers: Pairs = (), body: Any = None, *, raw: bool = False) -> Seen:
        return self.run(self.fetch(method, url, headers, body, raw=raw))

    async def fetch(self, method: str, url: str, headers: Pairs, body: Any, *, raw: bool) -> Seen:
        """One request."""
        raise NotImplementedError


class Aiohttp(AsyncPlain):
    name = "aiohttp"
    needs = ("aiohttp",)
    cannot: ClassVar = {"put read(n) only": "takes files of the io module only"}

    async def open(self) -> None:
        import aiohttp

        self.session, self.raw_session = aiohttp.ClientSession(), aiohttp.ClientSession(auto_decompress=False)

    async def fetch(self, method: str, url: str, headers: Pairs, body: Any, *, raw: bool) -> Seen:
        from yarl import URL

        kept = tuple(pair for pair in headers if pair[0] != "Expect")
        session = self.raw_session if raw else self.session
        async with session.request(
            method, URL(url, encoded=True), headers=kept, data=body, expect100=kept != headers
        ) as answer:
            return Seen(answer.status, await answer.read(), pairs(answer.headers.items()))

    async def shut(self) -> None:
        await self.session.close()
        await self.raw_session.close()


class AsyncHttpx(AsyncPlain):
    name = "httpx async"
    needs = ("httpx",)
    cannot: ClassVar = {
        "put a file from the middle": "takes no files",
        "put read(n) only": "takes no files",
    }

    async def open(self) -> None:
        import httpx

        self.client = httpx.AsyncClient(trust_env=False)

    async def fetch(self, method: str, url: str, headers: Pairs, body: Any, *, raw: bool) -> Seen:
        async with self.client.stream(method, url, headers=list(headers), content=body) as answer:
            content = b"".join([part async for part in answer.aiter_raw()]) if raw else await answer.aread()
        return Seen(answer.status_code, content, pairs(answer.headers.multi_items()))

    async def shut(self) -> None:
        await self.client.aclose()
