"""Switching one fake on and off: the hooks, the environment, the clock, and the defects that clients swallowed."""

from __future__ import annotations

from types import TracebackType
from typing import Generic, Protocol, TypeVar

from fakeoss import activation
from fakeoss.activation import Service, Token
from fakeoss.interceptors import INTERCEPTORS
from fakeoss.interceptors.environment import ENVIRONMENT
from fakeoss.settings import Settings
from fakeoss.travel import Clock


class Switchable(Service, Protocol):
    """What switching needs of a fake besides its service."""

    @property
    def settings(self) -> Settings:
        """Its settings; `set_env` is looked at."""

    @property
    def credentials(self) -> tuple[str, str]:
        """Access key id and secret to be shown in the environment."""

    @property
    def clock(self) -> Clock:
        """The clock to be brought back."""

    def raise_defects(self, under_way: BaseException | None = None) -> None:
        """Raise a defect that a client swallowed, or attach it to the exception under way."""


F = TypeVar("F", bound=Switchable)


class Stay(Generic[F]):
    """One stay of a fake in the way of every client; also a context manager, once."""

    __slots__ = ("_token", "oss")

    def __init__(self, oss: F) -> None:
        """Nothing happens before `begin`."""
        self.oss = oss
        self._token: Token | None = None

    def begin(self) -> F:
        """Put the fake on top."""
        self._token = activation.start(self.oss, INTERCEPTORS)
        if self.oss.settings.set_env:
            ENVIRONMENT.enter(self._token, self.oss.credentials)
        return self.oss

    def end(self, under_way: BaseException | None = None) -> None:
        """Take the fake off, from wherever it stands, and bring the clock back with its last stay.

        Raises ValueError where it has ended already, and a defect that a client swallowed unless an
        exception is under way.
        """
        token, self._token = self._token, None
        if token is None:
            raise ValueError("this activation is not under way")
        end(token)
        self.oss.raise_defects(under_way)

    @property
    def was_ended(self) -> bool:
        """Whether somebody else has ended it, as the pytest plugin does with what a test leaves on."""
        return self._token is not None and self._token not in activation.tokens()

    def __enter__(self) -> F:
        return self.begin()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.was_ended:  # else it is a generator, collected long after its test
            self.end(error)


def end(token: Token) -> None:
    """End a stay by its token, whoever began it; raises ValueError where it has ended already."""
    activation.stop(token)
    ENVIRONMENT.leave(token)
    clock = getattr(token.service, "clock", None)
    if isinstance(clock, Clock) and not activation.is_active(token.service):
        clock.come_back()
