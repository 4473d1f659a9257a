"""One small adapter a client library: foreign request to `Request`, `Reply` to foreign response.

`INTERCEPTORS` only describes the adapters: each is imported once its client library is loaded.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from fakeoss.activation import Hook


@dataclass(frozen=True, slots=True, eq=False)
class Adapter:
    """Where the hook class of one client library is: `needs` is the library's module."""

    needs: str
    module: str
    name: str

    def load(self) -> Hook:
        """Import the adapter's module and make its hook."""
        importlib.import_module(self.needs)  # waits where another thread is still importing it
        made: Hook = getattr(importlib.import_module(f"fakeoss.interceptors.{self.module}"), self.name)()
        return made


INTERCEPTORS = (
    Adapter("socket", "resolver", "ResolverHook"),
    Adapter("uvloop", "uvloop_hook", "UvloopHook"),
    Adapter("http.client", "wire_hook", "WireHook"),
    Adapter("urllib3", "urllib3_hook", "Urllib3Hook"),
    Adapter("requests", "requests_carrier", "RequestsHook"),
    Adapter("aiohttp", "aiohttp_hook", "AiohttpHook"),
    Adapter("httpx", "httpx_hook", "HttpxHook"),
)
