"""PutAsyncFetchTask and GetAsyncFetchTask: an object fetched from a URL once the request is answered.

The fetch goes through `requests`, so a URL of the fake's own buckets, or one that the user's own `responses` rules
answer, is served in the process.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from fakeoss import errors
from fakeoss.operations import storing
from fakeoss.operations.call import Call, Deed
from fakeoss.operations.configuring import checked_body
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.async_fetch import FetchConfiguration, FetchTask
from fakeoss.state.payload import Payload
from fakeoss.wire import checksums, schema_xml
from fakeoss.wire.bind import header, params, refuse
from fakeoss.wire.message import Reply

PATIENCE = 10.0
"""Seconds that an origin or a callback server has to answer."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch brought: the content and its type, or an error; `callback_error` where the callback failed."""

    content: bytes = b""
    content_type: str = ""
    error: str = ""
    callback_error: str = ""


@operation("PutAsyncFetchTask")
def put_async_fetch_task(call: Call) -> Reply:
    """Take a task; raises ObjectAlreadyExists where the key is taken and shall stay."""
    configuration = schema_xml.parse(FetchConfiguration, checked_body(call))
    bucket = call.bucket()
    if configuration.ignore_same_key and bucket.objects.current(configuration.key) is not None:
        raise errors.ObjectAlreadyExists(Key=configuration.key)
    task = FetchTask(call.ids.hex("fetch"), configuration)
    call.save(bucket.with_keyed(task.task_id, task))
    call.after.append(Deed(partial(_fetch, configuration, bucket.name), partial(_keep, call, task)))
    return document("AsyncFetchTaskResult", [("TaskId", task.task_id)])


def _fetch(configuration: FetchConfiguration, bucket: str) -> Fetched:
    """Ask the origin, then the callback server; every failure is told in words."""
    import requests

    headers = {"Host": configuration.host} if configuration.host else {}
    try:
        answer = requests.get(configuration.url, headers=headers, timeout=PATIENCE)
        answer.raise_for_status()
    except (requests.RequestException, ValueError) as error:
        fetched = Fetched(error=f"The origin did not answer: {error}")
    else:
        fetched = _checked(configuration, answer.content, answer.headers.get("Content-Type", ""))
    if configuration.callback and (not fetched.error or configuration.callback_when_failed):
        return replace(fetched, callback_error=_call_back(configuration, bucket, fetched))
    return fetched


def _checked(configuration: FetchConfiguration, content: bytes, content_type: str) -> Fetched:
    try:
        checksums.check_md5(configuration.content_md5 or None, checksums.md5(content))
    except errors.OSSError as error:
        return Fetched(error=error.message)
    return Fetched(content, content_type)


def _call_back(configuration: FetchConfiguration, bucket: str, fetched: Fetched) -> str:
    """Tell the callback server; what went wrong, or nothing."""
    import requests

    try:
        said = _callback(configuration.callback)
        url = str(said["callbackUrl"]).split(";")[0]
        body = str(said.get("callbackBody", ""))
        facts = {
            "bucket": bucket,
            "object": configuration.key,
            "etag": checksums.md5(fetched.content).hex().upper(),
            "size": str(len(fetched.content)),
        }
        for name, value in facts.items():
            body = body.replace(f"${{{name}}}", value)
        requests.post(url if "://" in url else f"http://{url}", data=body, timeout=PATIENCE).raise_for_status()
    except (requests.RequestException, ValueError, KeyError) as error:
        return f"The callback failed: {error}"
    return ""


def _callback(text: str) -> dict[str, Any]:
    """The callback's JSON; raises ValueError for what is none."""
    try:
        said = json.loads(base64.b64decode(text, validate=True))
    except binascii.Error as error:
        raise ValueError("The callback configuration is not base64 encoded.") from error
    if not isinstance(said, dict):
        raise ValueError("The callback configuration is not json format.")
    return said


def _keep(call: Call, task: FetchTask, fetched: Fetched) -> None:
    """Store what was fetched and how the task ended, unless the bucket has gone meanwhile."""
    bucket = call.world.buckets.get(call.bucket_name)
    if bucket is None:
        return
    before, error = call.world, fetched.error
    try:
        if not error:
            bucket = _stored(call, bucket, task.configuration.key, fetched)
    except errors.OSSError as refusal:
        call.save_world(before)
        error = refusal.message
    state = "Failed" if error else "FetchSuccessCallbackFailed" if fetched.callback_error else "Success"
    ended = replace(task, state=state, error=error or fetched.callback_error)
    call.save(bucket.with_keyed(task.task_id, ended))


def _stored(call: Call, bucket: Bucket, key: str, fetched: Fetched) -> Bucket:
    said = storing.attributes(call, bucket, {"content-type": fetched.content_type})
    storing.check_overwrite(call, bucket, key)
    version = storing.new_version(call, bucket, Payload.of((fetched.content,)), said)
    return storing.store(call, bucket, key, version)


@params
class GetAsyncFetchTask:
    """What GetAsyncFetchTask takes."""

    task_id: str = header("x-oss-task-id")


@operation("GetAsyncFetchTask", GetAsyncFetchTask)
def get_async_fetch_task(call: Call, ask: GetAsyncFetchTask) -> Reply:
    """How a task stands; raises InvalidArgument for an id nobody was given."""
    task = call.bucket().keyed_configuration(FetchTask, ask.task_id)
    if task is None:
        raise refuse("x-oss-task-id", ask.task_id)
    said = task.configuration
    return document(
        "AsyncFetchTaskInfo",
        [
            ("TaskId", task.task_id),
            ("State", task.state),
            ("ErrorMsg", task.error),
            (
                "TaskInfo",
                [
                    ("Url", said.url),
                    ("Object", said.key),
                    ("Host", said.host),
                    ("ContentMD5", said.content_md5),
                    ("Callback", said.callback),
                    ("IgnoreSameKey", said.ignore_same_key),
                    ("CallbackWhenFailed", said.callback_when_failed),
                ],
            ),
        ],
    )
