"""Asking for what the service refuses, and holding it to leaving no trace."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeAlias

import alibabacloud_oss_v2 as oss_v2
import pytest

import fakeoss
from fakeoss.wire import xml
from fakeoss.wire.message import Reply
from tests.conftest import Raw

Refused: TypeAlias = Callable[..., dict[str, str]]
Untouched: TypeAlias = Callable[[], AbstractContextManager[None]]
ServiceError: TypeAlias = Callable[..., Any]


@pytest.fixture
def untouched(oss: fakeoss.FakeOSS) -> Untouched:
    """A block in which nothing that is stored may change."""

    @contextmanager
    def block() -> Iterator[None]:
        before = oss.snapshot().world
        yield
        assert oss.snapshot().world is before

    return block


@pytest.fixture
def refused(raw: Raw, untouched: Untouched) -> Refused:
    """Ask raw for what is refused with a status and a code; gives the elements of the error document."""

    def ask(status: int, code: str, *request: Any, **options: Any) -> dict[str, str]:
        with untouched():
            reply = raw(*request, **options)
        found = error_of(reply)
        assert (reply.status, found.get("Code")) == (status, code)
        return found

    return ask


@pytest.fixture
def service_error(untouched: Untouched) -> ServiceError:
    """Call something of SDK v2 that is refused; gives the SDK's `ServiceError`."""

    def ask(call: Callable[..., object], *arguments: object) -> Any:
        with untouched(), pytest.raises(oss_v2.exceptions.OperationError) as caught:
            call(*arguments)
        error = caught.value.unwrap()
        assert isinstance(error, oss_v2.exceptions.ServiceError)
        return error

    return ask


def error_of(reply: Reply) -> dict[str, str]:
    """The elements of an error document, be it the body or in `x-oss-err`."""
    hidden = reply.header("x-oss-err")
    document = base64.b64decode(hidden) if hidden else reply.data()
    return {node.name: node.text for node in xml.parse(document).children}


def elements_of(reply: Reply) -> dict[str, str]:
    """The first text of each child of an answer's root."""
    found: dict[str, str] = {}
    for node in xml.parse(reply.data()).children:
        found.setdefault(node.name, node.text)
    return found
