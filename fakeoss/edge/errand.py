"""What has to be fetched from outside before a request can be answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fakeoss.wire.message import Reply


@dataclass(frozen=True, slots=True)
class Errand:
    """Two steps that give the answer: the first is done while no lock is held, since it may come back to the fake.

    `fetch` brings something, `go_on` makes the answer of it, or a further errand; it runs like an operation's
    body: refusals may be raised, and then nothing has changed.
    """

    fetch: Callable[[], Any]
    go_on: Callable[[Any], Reply | Errand]
