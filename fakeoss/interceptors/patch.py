"""Wrapping names of a client library, and leaving them as they were found."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

Function = Callable[..., Any]


class Patch:
    """One attribute of a module or class, wrapped while the fake is active.

    Others may patch the same name and leave in any order. If somebody patched over us and is still there
    when we leave, our wrapper stays beneath as an inert pass-through, and lives again with the next `put_on`.
    """

    def __init__(
        self, owner: object, name: str, wrap: Callable[[Function], Function], *, is_inspected: bool = False
    ) -> None:
        """Prepare to wrap `owner.name`.

        Args:
            owner: the module or class.
            name: its attribute, a function.
            wrap: makes the replacement, given what was there before. The replacement is called only
                while the patch is on.
            is_inspected: whether others who patch the name look at its parameters, and whether it is a
                coroutine function: then the wrapper shows what the original does.
        """
        self._owner = owner
        self._name = name
        self._wrap = wrap
        self._is_inspected = is_inspected
        self._on = False
        self._originals: WeakKeyDictionary[Function, Function] = WeakKeyDictionary()
        self._made: tuple[Function, ...] = ()

    def put_on(self) -> None:
        """Wrap what is there now."""
        setattr(self._owner, self._name, self._wrapper(self._beneath(getattr(self._owner, self._name))))
        self._on = True

    def take_off(self) -> None:
        """Restore what was there, unless somebody stands above us."""
        self._on = False
        current: Function = getattr(self._owner, self._name)
        beneath = self._beneath(current)
        if beneath is not current:
            setattr(self._owner, self._name, beneath)

    def _beneath(self, current: Function) -> Function:
        """What the name, which stands for `current`, stands for without our wrapper on top."""
        for known in self._made:
            if current is known:
                return self._made[0]
        return self._originals.get(current, current)

    def _wrapper(self, original: Function) -> Function:
        """The wrapper of what is there: nearly always the same as the last time, so the last one is kept."""
        if not self._made or self._made[0] is not original:
            self._made = original, self._new_wrapper(original)
        return self._made[1]

    def _new_wrapper(self, original: Function) -> Function:
        replacement = self._wrap(original)

        @functools.wraps(original)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return replacement(*args, **kwargs) if self._on else original(*args, **kwargs)

        shown = _like(original, wrapper) if self._is_inspected else wrapper
        self._originals[shown] = original
        return shown


class PatchingHook:
    """A hook of the registry that patches names while a fake is active."""

    def __init__(self, *patches: Patch) -> None:
        """Prepare; nothing is patched yet."""
        self._patches = patches

    def install(self) -> None:
        """Put the patches on."""
        for patch in self._patches:
            patch.put_on()

    def uninstall(self) -> None:
        """Take them off."""
        for patch in self._patches:
            patch.take_off()


def _like(original: Function, wrapper: Any) -> Function:
    """The wrapper with the parameters of the original, and a coroutine function if that is one."""
    shown: Any = wrapper
    if inspect.iscoroutinefunction(original):

        @functools.wraps(original)
        async def shown(*args: Any, **kwargs: Any) -> Any:
            return await wrapper(*args, **kwargs)

    shown.__signature__ = inspect.signature(original)
    like: Function = shown
    return like
