"""What an exchange is made of: requests in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.conftest import BUCKET

Headers: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request of the default account, to the example bucket unless `bucket` says otherwise."""

    method: str
    target: str = "/"
    body: str = ""
    headers: Headers = field(default_factory=dict)
    bucket: str | None = BUCKET
    signed: bool = True


def config(name: str, body: str) -> Ask:
    """A configuration of the bucket, put."""
    return Ask("PUT", f"/?{name}", body)


def page(name: str) -> Ask:
    """A configuration or list of the bucket, got."""
    return Ask("GET", f"/?{name}")


def rule(inner: str) -> Ask:
    """A lifecycle of one rule."""
    start = "<ID>r</ID><Prefix>p/</Prefix><Status>Enabled</Status>"
    return config("lifecycle", f"<LifecycleConfiguration><Rule>{start}{inner}</Rule></LifecycleConfiguration>")


@dataclass(frozen=True, slots=True)
class Exchange:
    """The request of a shape, what makes its state, and settings of the fake."""

    ask: Ask
    before: tuple[Ask, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)


def delete(name: str, before: Ask) -> Exchange:
    """A configuration of the bucket, deleted."""
    return Exchange(Ask("DELETE", f"/?{name}"), (before,))
