"""One documented error, as each SDK comes by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.operations.documented.world import World

Ask: TypeAlias = Callable[[World], Any]


@dataclass(frozen=True, slots=True)
class Case:
    """An operation is refused with `status` and `code` when `oss2` asks, and when SDK v2 sends the request of `v2`.

    None stands for an SDK that lacks the operation, or cannot say what is refused (`test_documented_errors` tells
    why). With `signed` False, SDK v2 sends no credentials; `region` is where it asks.
    """

    operation: str
    status: int
    code: str
    oss2: Ask | None
    v2: Ask | None
    signed: bool = True
    region: str | None = None

    def __str__(self) -> str:
        return f"{self.operation}-{self.code}"
