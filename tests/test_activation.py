"""The registry of active fakes: who answers, and when the hooks are there."""

from __future__ import annotations

import importlib
import importlib.util
import os
import random
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from fakeoss import activation
from fakeoss.activation import Registry, Service
from fakeoss.wire.message import Reply, Request


class Named:
    """A service that claims one domain."""

    sealed = False

    def __init__(self, name: str = "", domain: str = ".aliyuncs.com") -> None:
        self.name = name
        self.domain = domain
        self.defects: list[Exception] = []

    def handle(self, request: Request) -> Reply:
        if request.method == "BREAK":
            raise KeyError("broken")
        return Reply(200, (("x-name", self.name),))

    def claims(self, scheme: str, host: str) -> bool:
        return host.endswith(self.domain)

    def report(self, defect: Exception) -> None:
        self.defects.append(defect)

    def standing_still(self) -> AbstractContextManager[None]:
        return nullcontext()


class CountingHook:
    def __init__(self, on_install: Callable[[], None] = lambda: None) -> None:
        self.calls: list[str] = []
        self.on_install = on_install

    def install(self) -> None:
        self.calls.append("install")
        self.on_install()

    def uninstall(self) -> None:
        self.calls.append("uninstall")


@dataclass(frozen=True)
class For:
    """An interceptor for a module, with a hook at hand."""

    needs: str
    hook: CountingHook = field(default_factory=CountingHook, hash=False, compare=False)

    def load(self) -> CountingHook:
        importlib.import_module(self.needs)
        self.hook.calls.append("load")
        return self.hook


@pytest.fixture
def late_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of a module that nobody has imported yet."""
    name = "module_of_a_late_library"
    tmp_path.joinpath(f"{name}.py").write_text("VALUE = 7\nLOADER = __loader__\nSPEC_LOADER = __spec__.loader\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    sys.modules.pop(name, None)


def test_the_newest_answers_and_any_may_leave_from_the_middle() -> None:
    registry = Registry()
    assert registry.top() is None
    first, second, third = Named("first"), Named("second"), Named("third")
    tokens = [registry.start(each) for each in (first, second, third)]
    assert registry.top() is third
    registry.stop(tokens[1])
    assert registry.top() is third
    assert [registry.is_active(each) for each in (first, second, third)] == [True, False, True]
    registry.stop(tokens[2])
    assert registry.top() is first
    registry.stop(tokens[0])
    assert registry.top() is None


def test_an_inner_fake_hides_the_outer_entirely() -> None:
    registry = Registry()
    outer, inner = Named(domain="outer.example"), Named(domain="inner.example")
    registry.start(outer)
    token = registry.start(inner)
    assert registry.for_authority("https", "inner.example") is inner
    assert registry.for_authority("https", "outer.example") is None
    registry.stop(token)
    assert registry.for_authority("https", "outer.example") is outer


def test_one_service_may_be_active_twice() -> None:
    registry = Registry()
    service = Named()
    tokens = [registry.start(service), registry.start(service)]
    registry.stop(tokens[0])
    assert registry.is_active(service)
    registry.stop(tokens[1])
    assert not registry.is_active(service)


def test_stopping_twice_is_refused() -> None:
    registry = Registry()
    token = registry.start(Named())
    registry.stop(token)
    with pytest.raises(ValueError, match="ended already"):
        registry.stop(token)


def test_hooks_are_installed_once_from_the_first_start_to_the_last_stop() -> None:
    registry = Registry()
    interceptor = For("json")
    calls = interceptor.hook.calls
    tokens = [registry.start(Named(), (interceptor,)) for _ in range(3)]
    assert calls == ["load", "install"]
    registry.stop(tokens[0])
    registry.stop(tokens[2])
    assert calls == ["load", "install"]
    registry.stop(tokens[1])
    assert calls == ["load", "install", "uninstall"]
    registry.stop(registry.start(Named(), (interceptor,)))
    assert calls == ["load", "install", "uninstall", "install", "uninstall"]


def test_a_hook_brought_by_an_inner_activation_stays_until_the_last_leaves() -> None:
    registry = Registry()
    interceptor = For("json")
    outer = registry.start(Named())
    registry.stop(registry.start(Named(), (interceptor,)))
    assert interceptor.hook.calls == ["load", "install"]
    registry.stop(outer)
    assert interceptor.hook.calls[-1] == "uninstall"


def test_the_next_activation_brings_its_own_hooks() -> None:
    registry = Registry()
    interceptor = For("json")
    registry.stop(registry.start(Named(), (interceptor,)))
    registry.stop(registry.start(Named()))
    assert interceptor.hook.calls == ["load", "install", "uninstall"]


def test_a_hook_waits_for_its_library_and_goes_in_right_after_it(late_module: str) -> None:
    registry = Registry()
    interceptor = For(late_module)
    token = registry.start(Named(), (interceptor,))
    assert interceptor.hook.calls == []
    assert importlib.util.find_spec(late_module) is not None, "merely looking does not load"
    assert interceptor.hook.calls == []
    module = importlib.import_module(late_module)
    assert interceptor.hook.calls == ["load", "install"]
    registry.stop(token)
    assert interceptor.hook.calls == ["load", "install", "uninstall"]
    assert module.VALUE == 7


def test_a_late_library_sees_nothing_unusual(late_module: str) -> None:
    plain = importlib.import_module(late_module)
    del sys.modules[late_module]
    registry = Registry()
    token = registry.start(Named(), (For(late_module),))
    watched = importlib.import_module(late_module)
    registry.stop(token)
    for module in (plain, watched):
        assert type(module.LOADER) is type(module.SPEC_LOADER) is type(module.__loader__) is type(plain.LOADER)


def test_the_import_hook_is_there_only_while_something_is_awaited(late_module: str) -> None:
    registry = Registry()
    before = list(sys.meta_path)
    registry.stop(registry.start(Named(), (For("json"),)))
    token = registry.start(Named(), (For("json"), For(late_module)))
    assert len(sys.meta_path) == len(before) + 1
    importlib.import_module(late_module)
    assert sys.meta_path == before
    registry.stop(token)
    token = registry.start(Named(), (For("a_module_that_never_comes"),))
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("a_module_that_never_comes")
    registry.stop(token)
    assert sys.meta_path == before


def test_a_library_that_fails_to_load_leaves_its_hook_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "module_with_a_fault.py"
    source.write_text("raise RuntimeError('on import')")
    monkeypatch.syspath_prepend(tmp_path)
    registry = Registry()
    interceptor = For("module_with_a_fault")
    token = registry.start(Named(), (interceptor,))
    with pytest.raises(RuntimeError, match="on import"):
        importlib.import_module("module_with_a_fault")
    assert interceptor.hook.calls == []
    source.write_text("REPAIRED = True")
    importlib.invalidate_caches()
    importlib.import_module("module_with_a_fault")
    assert interceptor.hook.calls == ["load", "install"]
    registry.stop(token)
    del sys.modules["module_with_a_fault"]


def test_a_failing_hook_makes_the_start_fail_and_leaves_nothing_behind() -> None:
    def fail() -> None:
        raise RuntimeError("cannot patch")

    registry = Registry()
    good, bad = For("json"), For("string", CountingHook(fail))
    with pytest.raises(RuntimeError, match="cannot patch"):
        registry.start(Named(), (good, bad))
    assert registry.top() is None
    assert good.hook.calls == ["load", "install", "uninstall"]
    assert bad.hook.calls == ["load", "install", "uninstall"]


def test_the_generation_tells_one_stay_from_the_next() -> None:
    registry = Registry()
    seen = [registry.generation()]
    first = registry.start(Named())
    seen.append(registry.generation())
    inner = registry.start(Named())
    assert registry.generation() == seen[-1]
    registry.stop(first)
    assert registry.generation() == seen[-1]
    registry.stop(inner)
    seen.append(registry.generation())
    registry.start(Named())
    seen.append(registry.generation())
    assert len(set(seen)) == 4


def test_a_defect_is_reported_and_raised() -> None:
    service = Named("n")
    assert activation.answer(service, Request("GET", "https", "h", "/")).header("X-Name") == "n"
    with pytest.raises(KeyError, match="broken") as raised:
        activation.answer(service, Request("BREAK", "https", "h", "/"))
    assert service.defects == [raised.value]


def test_twenty_threads_start_and_stop_in_any_order() -> None:
    registry = Registry()
    interceptor = For("json")
    together = threading.Barrier(20)

    def come_and_go(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - not for secrets
        mine: dict[activation.Token, Service] = {}
        together.wait(10)
        for _ in range(100):
            if not mine or chance.random() < 0.5:
                service = Named(str(seed))
                mine[registry.start(service, (interceptor,))] = service
            else:
                token = chance.choice(list(mine))
                registry.stop(token)
                assert not registry.is_active(mine.pop(token))
            assert all(registry.is_active(service) for service in mine.values())
        for token in mine:
            registry.stop(token)

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(come_and_go, range(20)))
    assert registry.top() is None
    calls = [call for call in interceptor.hook.calls if call != "load"]
    assert calls == ["install", "uninstall"] * (len(calls) // 2)


def test_a_start_during_another_threads_import_does_not_lock_up(late_module: str, tmp_path: Path) -> None:
    importing, go_on = threading.Event(), threading.Event()
    gate = ModuleType("gate_of_the_late_library")
    gate.__dict__.update(importing=importing, go_on=go_on)
    sys.modules[gate.__name__] = gate
    source = tmp_path / f"{late_module}.py"
    source.write_text(f"import {gate.__name__} as gate\ngate.importing.set()\ngate.go_on.wait(10)\nVALUE = 7\n")
    registry = Registry()
    interceptor = For(late_module)

    def load_it() -> None:
        importlib.import_module(late_module)

    importer = threading.Thread(target=load_it)
    importer.start()
    importing.wait(10)
    starter = threading.Thread(target=lambda: registry.start(Named(), (interceptor,)))
    starter.start()
    go_on.set()
    importer.join(10)
    starter.join(10)
    assert not importer.is_alive()
    assert not starter.is_alive()
    assert interceptor.hook.calls == ["load", "install"]
    del sys.modules[gate.__name__]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_forked_child_keeps_what_was_active_and_may_go_on() -> None:
    service = Named("kept")
    token = activation.start(service)
    child = os.fork()
    if child == 0:
        kept = activation.top() is service
        activation.stop(token)
        activation.stop(activation.start(Named()))
        os._exit(0 if kept and activation.top() is None else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert activation.top() is service
    activation.stop(token)
