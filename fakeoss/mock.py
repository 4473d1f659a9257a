"""`mock_oss`: a fake in the way of every client, as a decorator and as a context manager."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Any, TypeVar, overload

from fakeoss import activation
from fakeoss.app import FakeOSS
from fakeoss.interceptors.switch import Stay

F = TypeVar("F", bound=Callable[..., Any] | type)

MARK = "__mock_oss__"
"""Attribute of what `mock_oss` has decorated; the pytest plugin looks for it."""


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
        self._stays: list[Stay[FakeOSS]] = []

    def start(self) -> FakeOSS:
        """Switch the fake on; `stop` ends it. May be called again before that."""
        stay = Stay(self._oss if self._oss is not None else FakeOSS(**self._settings))
        oss = stay.begin()
        self._stays.append(stay)
        return oss

    def stop(self, under_way: BaseException | None = None) -> None:
        """Switch off what was last started, bring the clock back, and raise any defect a client swallowed.

        With an exception under way the defect is attached to that instead. Raises ValueError where nothing
        was started or all has ended.
        """
        if not self._stays:
            raise ValueError("this activation is not under way")
        self._stays.pop().end(under_way)

    def __enter__(self) -> FakeOSS:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stays and self._stays[-1].was_ended:
            self._stays.pop()
        else:
            self.stop(error)

    def _again(self) -> Activation:
        return Activation(self._oss, **self._settings)

    def __call__(self, decorated: F) -> F:
        """The function, coroutine function, generator function or test class with the fake around it."""
        wrapped: Any
        if isinstance(decorated, type):
            decorate = _decorate_test_case if _is_test_case(decorated) else _decorate_plain_class
            wrapped = decorate(decorated, self._again)
        elif isinstance(decorated, staticmethod | classmethod):
            wrapped = type(decorated)(self(decorated.__func__))
        else:
            wrapped = _around(decorated, lambda arguments: self._again())
        setattr(wrapped, MARK, True)
        done: F = wrapped
        return done


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
    if not callable(subject) and not isinstance(subject, classmethod):
        raise TypeError(f"mock_oss decorates functions and classes or takes a FakeOSS, not {subject!r}")
    return Activation(**settings)(subject)


# Functions

Inside = Callable[[tuple[Any, ...]], AbstractContextManager[Any]]
"""What a call with these positional arguments has to happen in."""


def _around(function: Any, inside: Inside) -> Any:
    """The function within `inside`, of the same kind: plain, coroutine, generator or async generator."""
    if inspect.isasyncgenfunction(function):
        wrapper: Any = _async_generator(function, inside)
    elif inspect.iscoroutinefunction(function):

        async def wrapper(*args: Any, **kwargs: Any) -> Any:
            with inside(args):
                return await function(*args, **kwargs)

    elif inspect.isgeneratorfunction(function):

        def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
            with inside(args):
                return (yield from function(*args, **kwargs))

    else:

        def wrapper(*args: Any, **kwargs: Any) -> Any:
            with inside(args):
                return function(*args, **kwargs)

    return functools.wraps(function)(wrapper)


def _async_generator(function: Any, inside: Inside) -> Any:
    async def wrapper(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
        with inside(args):
            generator = function(*args, **kwargs)
            step = generator.__anext__()
            while True:
                try:
                    item = await step
                except StopAsyncIteration:
                    return
                try:
                    step = generator.asend((yield item))
                except GeneratorExit:
                    await generator.aclose()
                    raise
                except BaseException as error:  # noqa: BLE001 - whatever is thrown in is the generator's to handle
                    step = generator.athrow(error)

    return wrapper


# Classes

_RUNNING = "_fakeoss_activation"
"""Attribute of a test instance: the activation its test runs in."""


def _is_test_case(cls: type) -> bool:
    unittest: Any = sys.modules.get("unittest")  # who has a test case has imported it; nobody else needs it
    return unittest is not None and issubclass(cls, unittest.TestCase)


def _decorate_test_case(cls: Any, make: Callable[[], Activation]) -> Any:
    """Begin before `setUp`, end after the last cleanup, where unittest reports what that raises."""
    for name in ("run", "debug"):
        setattr(cls, name, _run_inside(getattr(cls, name), make))
    return cls


def _run_inside(run: Any, make: Callable[[], Activation]) -> Any:
    @functools.wraps(run)
    def run_inside(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not _begin(self, make):
            return run(self, *args, **kwargs)
        self.addCleanup(_end, self)
        try:
            return run(self, *args, **kwargs)
        except BaseException as error:
            _end(self, error)
            raise
        finally:
            _end(self)  # a test that is skipped runs no cleanups

    return run_inside


def _decorate_plain_class(cls: Any, make: Callable[[], Activation]) -> Any:
    """Begin in `setup_method`, end after `teardown_method`; a test called by hand gets a fake of its own."""

    def inside(arguments: tuple[Any, ...]) -> AbstractContextManager[Any]:
        runs = bool(arguments) and getattr(arguments[0], _RUNNING, None) is not None
        return nullcontext() if runs else make()

    cls.setup_method, cls.teardown_method = _setup_method(cls, make), _teardown_method(cls)
    for name in dir(cls):
        attribute = inspect.getattr_static(cls, name)
        if name.startswith("test") and inspect.isfunction(attribute):
            setattr(cls, name, _around(attribute, inside))
    return cls


def _setup_method(cls: Any, make: Callable[[], Activation]) -> Any:
    own = _hook(cls, "setup_method")

    def setup_method(self: Any, method: Any = None) -> None:
        if not _begin(self, make):
            own(self, method)
            return
        setattr(self, _BEGUN_BY, cls)
        try:
            own(self, method)
        except BaseException as error:
            _end(self, error)
            raise

    return setup_method


def _teardown_method(cls: Any) -> Any:
    own = _hook(cls, "teardown_method")

    def teardown_method(self: Any, method: Any = None) -> None:
        try:
            own(self, method)
        except BaseException as error:
            _end_of(cls, self, error)
            raise
        _end_of(cls, self)

    return teardown_method


def _end_of(cls: Any, self: Any, under_way: BaseException | None = None) -> None:
    """End the activation of a test if `cls` has begun it; else that is for a decorated subclass to do."""
    if getattr(self, _BEGUN_BY, None) is cls:
        _end(self, under_way)


_BEGUN_BY = "_fakeoss_begun_by"
"""Attribute of a test instance: the decorated class, of several along the inheritance, that began the activation."""


def _hook(cls: Any, name: str) -> Callable[[Any, Any], None]:
    """The class's own `setup_method` or `teardown_method`, which may take the test method or not."""
    found = inspect.getattr_static(cls, name, None)

    def call(self: Any, method: Any) -> None:
        if found is not None:
            bound = found.__get__(self, cls)
            bound(*(method,)[: len(inspect.signature(bound).parameters)])

    return call


def _begin(self: Any, make: Callable[[], Activation]) -> bool:
    """Begin an activation for a test, unless one runs already, begun by a decorated subclass."""
    if getattr(self, _RUNNING, None) is not None:
        return False
    activation_of_test = make()
    activation_of_test.start()
    setattr(self, _RUNNING, activation_of_test)
    return True


def _end(self: Any, under_way: BaseException | None = None) -> None:
    """End the activation of a test; nothing happens where it has ended."""
    running: Activation | None = getattr(self, _RUNNING, None)
    setattr(self, _RUNNING, None)
    if running is not None:
        running.stop(under_way)
