"""What `oss.fail` gives back: how often the failure was served, and a way to call it off."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fakeoss.edge.scripts import Script
    from fakeoss.edge.service import Service


class Failure:
    """One scripted failure of a fake; as a context manager it is called off at the end of the block.

    Its counts are part of the fake's state: they go back with `restore`, and `reset` forgets them.
    """

    def __init__(self, service: Service, script: Script) -> None:
        """Made by `FakeOSS.fail`."""
        self._service = service
        self._identity = script.identity
        self._name = script.operation

    @property
    def served(self) -> int:
        """How many requests it has failed."""
        script = self._service.scripts.find(self._identity)
        return 0 if script is None else script.served

    @property
    def left(self) -> int | None:
        """How many it is still going to fail; None: any number."""
        script = self._service.scripts.find(self._identity)
        return 0 if script is None else script.left

    def cancel(self) -> None:
        """Fail no further request."""
        with self._service.lock:
            self._service.scripts = self._service.scripts.cancel(self._identity)

    def __enter__(self) -> Failure:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cancel()

    def __repr__(self) -> str:
        left = "any number" if self.left is None else self.left
        return f"<failure of {self._name}: {self.served} served, {left} left>"
