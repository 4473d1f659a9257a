"""Where doubtful behaviour is asked after: the fake, or the real service if the environment names one.

`FAKEOSS_REAL_ACCESS_KEY_ID`, `FAKEOSS_REAL_ACCESS_KEY_SECRET` and `FAKEOSS_REAL_REGION` together choose the real
service; every bucket made there begins with `fakeoss-assumption-` and is emptied and deleted as far as it lets itself.
Where another account or a RAM user asks, `FAKEOSS_REAL_STRANGER_...` and `FAKEOSS_REAL_USER_...` name them.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
    yield from _new_bucket(assumption_client)


@pytest.fixture
def assumption_second_bucket(assumption_client: oss_v2.Client) -> Iterator[str]:
    """The name of another new bucket."""
    yield from _new_bucket(assumption_client)


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


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks: a client of his, and the UID by which policies name him."""

    client: oss_v2.Client
    uid: str


def _person(fake: fakeoss.FakeOSS | None, name: str, **options: Any) -> Person:
    """A key registered in the fake, or the real one of `FAKEOSS_REAL_<NAME>_ACCESS_KEY_ID`, `..._SECRET`, `..._UID`."""
    configuration = oss_v2.config.load_default()
    if fake is not None:
        key = (f"LTAI5t{name.title()}", f"secret of {name}")
        uid = fake.add_credentials(*key, **options).user_id
        configuration.region = fake.settings.region
    else:
        wanted = [f"FAKEOSS_REAL_{name}_{part}" for part in ("ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "UID")]
        if not all(os.environ.get(each) for each in wanted):
            pytest.skip(f"the real service is asked by {name.lower()} only with {', '.join(wanted)}")
        *key_parts, uid = (os.environ[each] for each in wanted)
        key = (key_parts[0], key_parts[1])
        configuration.region = os.environ[NAMES[2]]
    configuration.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*key)
    return Person(oss_v2.Client(configuration), uid)


@pytest.fixture
def assumption_stranger(assumption_fake: fakeoss.FakeOSS | None) -> Person:
    """Another account."""
    return _person(assumption_fake, "STRANGER", account="6543210987654321")


@pytest.fixture
def assumption_user(assumption_fake: fakeoss.FakeOSS | None) -> Person:
    """A RAM user of the account that is asked, without policies of his own."""
    return _person(assumption_fake, "USER", user="user")


@pytest.fixture
def assumption_owner_uid(assumption_client: oss_v2.Client) -> str:
    """The UID of the account that is asked."""
    uid: str = assumption_client.list_buckets(oss_v2.ListBucketsRequest(max_keys=1)).owner.id
    return uid


@pytest.fixture
def assumption_nobody(assumption_fake: fakeoss.FakeOSS | None) -> oss_v2.Client:
    """A client that signs nothing."""
    configuration = oss_v2.config.load_default()
    configuration.region = assumption_fake.settings.region if assumption_fake else os.environ[NAMES[2]]
    configuration.credentials_provider = oss_v2.credentials.AnonymousCredentialsProvider()
    return oss_v2.Client(configuration)


def _new_bucket(client: oss_v2.Client) -> Iterator[str]:
    name = f"fakeoss-assumption-{uuid.uuid4().hex[:12]}"
    client.put_bucket(oss_v2.PutBucketRequest(bucket=name))
    yield name
    if is_real():
        _delete(client, name)


def _delete(client: oss_v2.Client, name: str) -> None:
    """Empty and delete a bucket of the real service; what is kept by retention stays."""
    try:
        for page in client.list_object_versions_paginator().iter_page(oss_v2.ListObjectVersionsRequest(bucket=name)):
            for entry in (*(page.version or ()), *(page.delete_marker or ())):
                client.delete_object(oss_v2.DeleteObjectRequest(name, entry.key, version_id=entry.version_id))
        for uploads in client.list_multipart_uploads_paginator().iter_page(oss_v2.ListMultipartUploadsRequest(name)):
            for upload in uploads.uploads or ():
                client.abort_multipart_upload(oss_v2.AbortMultipartUploadRequest(name, upload.key, upload.upload_id))
        client.delete_bucket(oss_v2.DeleteBucketRequest(bucket=name))
    except oss_v2.exceptions.OperationError as error:
        print(f"{name} stays: {error}")  # noqa: T201  # the one who pays for it has to know
