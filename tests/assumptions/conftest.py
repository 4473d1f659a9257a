"""Where doubtful behaviour is asked after: the fake, or the real service if the environment names one.

`FAKEOSS_REAL_ACCESS_KEY_ID`, `FAKEOSS_REAL_ACCESS_KEY_SECRET` and `FAKEOSS_REAL_REGION` together choose the real
service; every bucket made there begins with `fakeoss-assumption-` and is emptied and deleted as far as it lets itself.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import alibabacloud_oss_v2 as oss_v2
import pytest

import fakeoss

NAMES = ("FAKEOSS_REAL_ACCESS_KEY_ID", "FAKEOSS_REAL_ACCESS_KEY_SECRET", "FAKEOSS_REAL_REGION")
LONGEST_WAIT = 10
"""Seconds that a question may keep somebody waiting who asks the real service."""

Wait: TypeAlias = Callable[[float], None]
Refusal: TypeAlias = Callable[..., tuple[int, str]]


def is_real() -> bool:
    """Whether the environment names a real account."""
    return all(os.environ.get(name) for name in NAMES)


@pytest.fixture
def assumption_fake() -> Iterator[fakeoss.FakeOSS | None]:
    """The fake that is asked, None for the real service."""
    if is_real():
        yield None
        return
    with fakeoss.mock_oss() as oss:
        yield oss


@pytest.fixture
def assumption_client(assumption_fake: fakeoss.FakeOSS | None) -> oss_v2.Client:
    """A client of SDK v2."""
    if assumption_fake is not None:
        return assumption_fake.client()
    configuration = oss_v2.config.load_default()
    key_id, secret, configuration.region = (os.environ[name] for name in NAMES)
    configuration.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(key_id, secret)
    return oss_v2.Client(configuration)


@pytest.fixture
def assumption_bucket(assumption_client: oss_v2.Client) -> Iterator[str]:
    """The name of a new bucket."""
    name = f"fakeoss-assumption-{uuid.uuid4().hex[:12]}"
    assumption_client.put_bucket(oss_v2.PutBucketRequest(bucket=name))
    yield name
    if is_real():
        _delete(assumption_client, name)


@pytest.fixture
def assumption_wait(assumption_fake: fakeoss.FakeOSS | None) -> Wait:
    """Let seconds pass: at once in the fake; a wait that nobody has the time for skips the test."""

    def wait(seconds: float) -> None:
        if assumption_fake is not None:
            assumption_fake.clock.advance(seconds=seconds)
        elif seconds > LONGEST_WAIT:
            pytest.skip(f"the real service would take {seconds:.0f} seconds")
        else:
            time.sleep(seconds)

    return wait


@pytest.fixture
def refusal() -> Refusal:
    """Call something of SDK v2 that is refused; gives status and code."""

    def ask(call: Callable[..., object], request: Any) -> tuple[int, str]:
        with pytest.raises(oss_v2.exceptions.OperationError) as caught:
            call(request)
        error = caught.value.unwrap()
        assert isinstance(error, oss_v2.exceptions.ServiceError)
        return error.status_code, error.code

    return ask


def _delete(client: oss_v2.Client, name: str) -> None:
    """Empty and delete a bucket of the real service; what is kept by retention stays."""
    try:
        for page in client.list_object_versions_paginator().iter_page(oss_v2.ListObjectVersionsRequest(bucket=name)):
            for entry in (*(page.version or ()), *(page.delete_marker or ())):
                client.delete_object(oss_v2.DeleteObjectRequest(name, entry.key, version_id=entry.version_id))
        client.delete_bucket(oss_v2.DeleteBucketRequest(bucket=name))
    except oss_v2.exceptions.OperationError as error:
        print(f"{name} stays: {error}")  # noqa: T201  # the one who pays for it has to know
