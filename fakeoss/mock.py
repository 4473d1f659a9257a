"""`mock_oss`: a fake in the way of every client, as a decorator and as a context manager."""

from __future__ import annotations

import functools
import inspect
import unittest
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TypeVar, overload

from fakeoss import activation
from fakeoss.app import FakeOSS
from fakeoss.interceptors import INTERCEPTORS
from fakeoss.interceptors.environment import ENVIRONMENT

F = TypeVar("F", bound=Callable[..., Any] | type)


def active() -> FakeOSS:
    """The fake on top of the stack; raises LookupError while none is active."""
    top = activation.top()
    if not isinstance(top, FakeOSS):
        raise LookupError("no fake is active: use @fakeoss.mock_oss, `with fakeoss.mock_oss()` or the fake_oss fixture")
    return top


class Activation:
    """A fake switched on for a block, a function, or every test of a class.

    As a decorator it makes a fresh fake for each call, unless it was given one.
    """

    def __init__(self, oss: FakeOSS | None = None, **settings: Any) -> None:
        """Made by `mock_oss`; `settings` are those of `FakeOSS`."""
        if oss is not None and settings:
            raise TypeError("settings belong to a new fake: give either an existing FakeOSS or settings")
        self._oss = oss
        self._settings = settings
        self._entered: list[tuple[FakeOSS, activation.Token]] = []

    def start(self) -> FakeOSS:
        """Switch the fake on; `stop` ends it. May be called again before that."""
        oss = self._oss if self._oss is not None else FakeOSS(**self._settings)
        self._entered.append((oss, activation.start(oss, (ENVIRONMENT, *INTERCEPTORS))))
        _show_credentials()
        return oss

    def stop(self) -> None:
        """Switch off what was last started, bring the clock back, and raise any defect a client swallowed."""
        oss, token = self._entered.pop()
        activation.stop(token)
        _show_credentials()
        if not activation.is_active(oss):
            oss.clock.come_back()
        oss.raise_defects()

    def __enter__(self) -> FakeOSS:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _again(self) -> Activation:
        return Activation(self._oss, **self._settings)

    def __call__(self, decorated: F) -> F:
        """The function, coroutine function, generator function or test class with the fake around it."""
        decorate: Callable[[Any, Callable[[], Activation]], F]
        decorate = _decorate_class if isinstance(decorated, type) else _decorate_function
        return decorate(decorated, self._again)


def _show_credentials() -> None:
    """Let the environment hold the credentials of the fake on top, unless it shall be left alone."""
    top = activation.top()
    shown = isinstance(top, FakeOSS) and top.settings.set_env
    ENVIRONMENT.show(top.credentials if shown and isinstance(top, FakeOSS) else None)


@overload
def mock_oss(decorated: F, /) -> F: ...
@overload
def mock_oss(oss: FakeOSS | None = None, /, **settings: Any) -> Activation: ...


def mock_oss(subject: Any = None, /, **settings: Any) -> Any:
    """Answer every OSS call of the process by a fake.

    `@mock_oss`, `@mock_oss(region=...)`, `with mock_oss() as oss:`; `mock_oss(oss)` switches an existing
    `FakeOSS` on. Nested activations share nothing: the inner one hides the outer. Settings are those of
    `FakeOSS`.
    """
    if subject is None or isinstance(subject, FakeOSS):
        return Activation(subject, **settings)
    if not callable(subject):
        raise TypeError(f"mock_oss decorates functions and classes or takes a FakeOSS, not {subject!r}")
    return Activation(**settings)(subject)


def _decorate_function(function: Any, activation_of: Callable[[], Activation]) -> Any:
    if inspect.isasyncgenfunction(function):

        @functools.wraps(function)
        async def around_async_generator(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            with activation_of():
                async for item in function(*args, **kwargs):
                    yield item

        return around_async_generator
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def around_coroutine(*args: Any, **kwargs: Any) -> Any:
            with activation_of():
                return await function(*args, **kwargs)

        return around_coroutine
    if inspect.isgeneratorfunction(function):

        @functools.wraps(function)
        def around_generator(*args: Any, **kwargs: Any) -> Iterator[Any]:
            with activation_of():
                return (yield from function(*args, **kwargs))

        return around_generator

    @functools.wraps(function)
    def around(*args: Any, **kwargs: Any) -> Any:
        with activation_of():
            return function(*args, **kwargs)

    return around


def _decorate_class(cls: Any, activation_of: Callable[[], Activation]) -> Any:
    if issubclass(cls, unittest.TestCase):
        return _decorate_test_case(cls, activation_of)
    return _decorate_plain_class(cls, activation_of)


def _decorate_test_case(cls: Any, activation_of: Callable[[], Activation]) -> Any:
    run = cls.run

    @functools.wraps(run)
    def run_inside(self: Any, result: Any = None) -> Any:
        with activation_of():
            return run(self, result)

    cls.run = run_inside
    return cls


_RUNNING = "_fakeoss_activation"
"""Attribute of a test instance: the activation begun by its setup_method."""


def _decorate_plain_class(cls: Any, activation_of: Callable[[], Activation]) -> Any:
    """Begin in `setup_method`, end after `teardown_method`; a test called by hand gets a fake of its own."""
    set_up, tear_down = getattr(cls, "setup_method", None), getattr(cls, "teardown_method", None)

    def setup_method(self: Any, method: Any = None) -> None:
        running = activation_of()
        running.start()
        setattr(self, _RUNNING, running)
        with _ended_on_error(self):
            _call_hook(set_up, self, method)

    def teardown_method(self: Any, method: Any = None) -> None:
        try:
            _call_hook(tear_down, self, method)
        finally:
            _end(self)

    cls.setup_method, cls.teardown_method = setup_method, teardown_method
    for name, attribute in list(vars(cls).items()):
        if name.startswith("test") and inspect.isfunction(attribute):
            setattr(cls, name, _decorate_test(attribute, activation_of))
    return cls


def _decorate_test(test: Any, activation_of: Callable[[], Activation]) -> Any:
    alone = _decorate_function(test, activation_of)

    @functools.wraps(test)
    def inside(self: Any, *args: Any, **kwargs: Any) -> Any:
        chosen = alone if getattr(self, _RUNNING, None) is None else test
        return chosen(self, *args, **kwargs)

    return inside


def _call_hook(hook: Any, self: Any, method: Any) -> None:
    if hook is None:
        return
    if len(inspect.signature(hook).parameters) > 1:
        hook(self, method)
    else:
        hook(self)


@contextmanager
def _ended_on_error(self: Any) -> Iterator[None]:
    try:
        yield
    except BaseException:
        _end(self)
        raise


def _end(self: Any) -> None:
    running: Activation = getattr(self, _RUNNING)
    setattr(self, _RUNNING, None)
    running.stop()
