"""Asynchronous fetch tasks: objects that the service brings in from a URL."""

from __future__ import annotations

from dataclasses import dataclass

from fakeoss import errors
from fakeoss.schema import boolean, schema, text
from fakeoss.state.objects import KEY_START


@schema("AsyncFetchTaskConfiguration")
class FetchConfiguration:
    """What to fetch, and where to put it (docs: PutAsyncFetchTask).

    `host` overrules the Host header, `content_md5` is base64, `callback` base64 of JSON. Without
    `ignore_same_key` an object of that key is overwritten.
    """

    url: str = text("Url", shortest=1)
    key: str = text("Object", pattern=KEY_START, shortest=1, longest=1023, unit="bytes", bad=errors.InvalidObjectName)
    host: str = text("Host", default="")
    content_md5: str = text("ContentMD5", default="")
    callback: str = text("Callback", default="")
    ignore_same_key: bool = boolean("IgnoreSameKey", default=True)
    callback_when_failed: bool = boolean("CallbackWhenFailed", default=False)


@dataclass(frozen=True, slots=True)
class FetchTask:
    """One task; `state` is `Running`, `Success`, `FetchSuccessCallbackFailed` or `Failed`."""

    task_id: str
    configuration: FetchConfiguration
    state: str = "Running"
    error: str = ""
