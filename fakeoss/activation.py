"""Which fakes are active in this process, and the hooks that bring the clients' requests to them.

Activation is process-wide: a stack whose newest service answers and hides the older ones entirely, and from
which any may leave, in any order and from any thread. Interceptors are handed in from above; they are
installed when the first service starts and removed when the last one stops. This registry is the one piece
of module-level state in the package.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from errno import ECONNREFUSED
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Protocol

from fakeoss.wire.message import Reply, Request


class Service(Protocol):
    """What an activation needs of a fake."""

    @property
    def sealed(self) -> bool:
        """Whether look-ups of every other non-local host are refused too."""

    def handle(self, request: Request) -> Reply:
        """Answer one request; what it raises is a defect of the fake."""

    def claims(self, scheme: str, host: str) -> bool:
        """Whether requests to this authority (as sent, any case, a port may follow) are for the fake."""

    def report(self, defect: Exception) -> None:
        """Keep a defect that a client library may swallow."""

    def standing_still(self) -> AbstractContextManager[None]:
        """A block in which no other thread is in the middle of a request, so that the process may be copied."""


class Hook(Protocol):
    """The patches of one adapter."""

    def install(self) -> None:
        """Patch the library's names; called under the registry's lock, so without imports or waiting."""

    def uninstall(self) -> None:
        """Take the patches off; called under the lock, also after an `install` that raised."""


class Interceptor(Protocol):
    """What the registry has to know of an adapter before its client library is loaded."""

    @property
    def needs(self) -> str:
        """The module whose presence makes the adapter useful, for instance `aiohttp`."""

    def load(self) -> Hook:
        """Import the adapter and make its hook; called without the lock, once the needed module is loaded."""


class SealedError(ConnectionError):
    """A connection that must not leave the process, refused; `host` is the one looked up."""

    def __init__(self, message: str, host: str = "") -> None:
        """An `OSError` with the number of a refused connection, so that clients report it as one."""
        super().__init__(ECONNREFUSED, message)
        self.host = host


class Token:
    """One stay of a service on the stack; handed out by `start`, given back to `stop`."""

    __slots__ = ("service",)

    def __init__(self, service: Service) -> None:
        """Made by the registry only."""
        self.service = service


Observer = Callable[[Token], None]
"""Told of a stay that begins."""


class Registry:
    """The stack of active services and the interceptors serving them.

    Reading is free of locks: the stack is a tuple replaced as a whole. Imports never happen under the lock,
    because another thread may hold an import lock while it waits for ours.
    """

    def __init__(self) -> None:
        """Nothing active, no interceptor."""
        self._lock = threading.RLock()
        self._stack: tuple[Token, ...] = ()
        self._generation = 0
        self._interceptors: tuple[Interceptor, ...] = ()
        self._hooks: dict[Interceptor, Hook] = {}
        self._installed: list[Interceptor] = []
        self._imports = _LateImports(self._settle)
        self._observers: tuple[Observer, ...] = ()
        self._standstill = ExitStack()

    def start(self, service: Service, interceptors: Iterable[Interceptor] = ()) -> Token:
        """Put `service` on top; the interceptors stay installed from now until the last service has left."""
        token = Token(service)
        with self._lock:
            self._interceptors = tuple(dict.fromkeys((*self._interceptors, *interceptors)))
            if not self._stack:
                self._generation += 1
            self._stack += (token,)
        try:
            self._settle()
        except BaseException:
            self.stop(token)
            raise
        for observer in self._observers:
            observer(token)
        return token

    def stop(self, token: Token) -> None:
        """Take one service off, wherever it stands; with the last one the interceptors go.

        Raises ValueError when it is not active.
        """
        with self._lock:
            if token not in self._stack:
                raise ValueError("this activation has ended already")
            self._stack = tuple(other for other in self._stack if other is not token)
            if not self._stack:
                self._generation += 1
                self._withdraw()

    def top(self) -> Service | None:
        """The service that answers now, or None."""
        stack = self._stack
        return stack[-1].service if stack else None

    def is_active(self, service: Service) -> bool:
        """Whether `service` is anywhere on the stack."""
        return any(token.service is service for token in self._stack)

    def tokens(self) -> tuple[Token, ...]:
        """The stays of all active services, the newest last."""
        return self._stack

    def observe(self, observer: Observer) -> None:
        """Tell `observer` of every stay that begins, within the call of `start`, until `forget`."""
        with self._lock:
            self._observers += (observer,)

    def forget(self, observer: Observer) -> None:
        """Tell `observer` nothing any more."""
        with self._lock:
            self._observers = tuple(other for other in self._observers if other != observer)

    def for_authority(self, scheme: str, host: str) -> Service | None:
        """The service on top if it claims this authority, else None: an inner one hides the outer entirely."""
        stack = self._stack
        if not stack:
            return None
        service = stack[-1].service
        return service if service.claims(scheme, host) else None

    def generation(self) -> int:
        """A number that changes when the first service starts and when the last one stops."""
        return self._generation

    def _settle(self) -> None:
        """Install every interceptor whose library is loaded, and look out for the others."""
        while True:
            with self._lock:
                if not self._stack:
                    return
                self._watch()  # before looking: what is loaded from here on will be told of
                due = [each for each in self._missing() if self._imports.is_loaded(each.needs)]
                for interceptor in due:
                    if interceptor in self._hooks:
                        self._installed.append(interceptor)
                        self._hooks[interceptor].install()
                self._watch()
            unloaded = [each for each in due if each not in self._hooks]
            if not unloaded:
                return
            for interceptor in unloaded:
                hook = interceptor.load()
                with self._lock:
                    self._hooks.setdefault(interceptor, hook)

    def _missing(self) -> list[Interceptor]:
        return [each for each in self._interceptors if each not in self._installed]

    def _watch(self) -> None:
        self._imports.watch(each.needs for each in self._missing())

    def _withdraw(self) -> None:
        while self._installed:
            self._hooks[self._installed.pop()].uninstall()
        self._interceptors = ()
        self._imports.watch(())

    def before_fork(self) -> None:
        """Let no other thread be in the middle of a change, or of a request, while the process is copied.

        A lock that such a thread held would never be free again in the child. The services come first, since their
        requests may import what makes the registry install a hook.
        """
        while True:
            stack, standstill = self._stack, ExitStack()
            for service in {id(token.service): token.service for token in stack}.values():
                standstill.enter_context(service.standing_still())
            self._lock.acquire()
            if stack is self._stack:
                self._standstill = standstill
                return
            self._lock.release()
            standstill.close()

    def after_fork(self) -> None:
        """Go on, in the parent and in the child, which keeps everything that was active."""
        standstill, self._standstill = self._standstill, ExitStack()
        self._lock.release()
        standstill.close()


class _LateImports(MetaPathFinder):
    """Tells when one of the watched modules has been loaded; on `sys.meta_path` only while it watches any."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._names: frozenset[str] = frozenset()
        self._loading: set[str] = set()

    def watch(self, names: Iterable[str]) -> None:
        """Watch for these modules instead of those before."""
        self._names = frozenset(names)
        listening = self in sys.meta_path
        if self._names and not listening:
            sys.meta_path.insert(0, self)
        elif listening and not self._names:
            sys.meta_path.remove(self)

    def is_loaded(self, name: str) -> bool:
        """Whether the module is there, and not in the middle of an import that will be told of."""
        return name in sys.modules and name not in self._loading

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """What the other finders give, with a loader that tells; None for a module that is not watched."""
        if fullname not in self._names:
            return None
        for finder in list(sys.meta_path):
            find = None if finder is self else getattr(finder, "find_spec", None)
            spec: ModuleSpec | None = None if find is None else find(fullname, path, target)
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _TellingLoader(spec.loader, self)
                return spec
        return None

    def execute(self, module: ModuleType, loader: Loader) -> None:
        """Run the module's code by its own loader, then tell."""
        self._loading.add(module.__name__)
        try:
            loader.exec_module(module)
        finally:
            self._loading.discard(module.__name__)
        self._tell()


class _TellingLoader(Loader):
    """Stands in for a module's own loader until the module is run."""

    def __init__(self, real: Loader, imports: _LateImports) -> None:
        self._real = real
        self._imports = imports

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As the real loader does."""
        return self._real.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Put the real loader back, so that the module sees nothing unusual, and run it."""
        if module.__spec__ is not None:
            module.__spec__.loader = self._real
        module.__loader__ = self._real
        self._imports.execute(module, self._real)


_REGISTRY = Registry()

start = _REGISTRY.start
stop = _REGISTRY.stop
top = _REGISTRY.top
is_active = _REGISTRY.is_active
tokens = _REGISTRY.tokens
observe = _REGISTRY.observe
forget = _REGISTRY.forget
for_authority = _REGISTRY.for_authority
generation = _REGISTRY.generation

if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_REGISTRY.before_fork,
        after_in_parent=_REGISTRY.after_fork,
        after_in_child=_REGISTRY.after_fork,
    )


def answer(service: Service, request: Request) -> Reply:
    """The service's reply; what it raises is reported to it, since clients may swallow it, and raised."""
    try:
        return service.handle(request)
    except Exception as defect:
        service.report(defect)
        raise
