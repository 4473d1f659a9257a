"""The clients of the matrix, in the order of its columns."""

from __future__ import annotations

from tests.clients.client import Client
from tests.clients.filesystems import AsyncOssfs, Ossfs, Pandas
from tests.clients.plain import HttpClient, Httpx, Requests, Urllib3, UrllibRequest
from tests.clients.plain_async import Aiohttp, AsyncHttpx
from tests.clients.sdks import Oss2, SdkV2
from tests.clients.sdks_async import Aiooss2, AsyncSdkV2

SDKS: tuple[type[Client], ...] = (Oss2, SdkV2, AsyncSdkV2, Aiooss2, Ossfs, AsyncOssfs, Pandas)
PLAIN: tuple[type[Client], ...] = (Requests, Urllib3, UrllibRequest, HttpClient, Aiohttp, Httpx, AsyncHttpx)
CLIENTS = SDKS + PLAIN
