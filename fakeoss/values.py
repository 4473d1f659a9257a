"""Frozen dataclasses that take little time to make, for the few of which every request makes some.

A frozen dataclass sets its own fields through `object.__setattr__`, which looks each of them up by name again. With
slots that is not needed: a slot is set by its own descriptor.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from inspect import signature
from typing import Any, TypeVar

T = TypeVar("T")


def quickly_made(frozen: type[T]) -> type[T]:
    """Give a frozen dataclass with slots an `__init__` that takes less than half the time of its own.

    What it takes and makes is the same. Raises TypeError for a class without slots, and for what this does not do:
    a `__post_init__`, and fields of which some only are `kw_only` or that are no argument at all.
    """
    made: Any = frozen
    parts = fields(made)
    if "__slots__" not in vars(made) or hasattr(made, "__post_init__"):
        raise TypeError(f"{made.__name__} has no slots, or a __post_init__")
    if not all(part.init and part.kw_only is parts[0].kw_only for part in parts):
        raise TypeError(f"{made.__name__} takes its fields in more than one way")
    made.__init__ = _init(made, parts)
    return frozen


def _init(made: Any, parts: tuple[Field[Any], ...]) -> Any:
    """The function `__init__(self, name, ...)`: written as text, as the standard library writes its own."""
    own = made.__init__
    given = ", ".join(["self", *(["*"] if parts[0].kw_only else []), *(part.name for part in parts)])
    scope: dict[str, Any] = {f"set_{part.name}": vars(made)[part.name].__set__ for part in parts}
    lines = [f"def __init__({given}):"]
    for part in parts:
        name = value = part.name
        if part.default_factory is not MISSING:
            scope[f"new_{name}"], scope[f"no_{name}"] = part.default_factory, signature(own).parameters[name].default
            value = f"new_{name}() if {name} is no_{name} else {name}"
        lines.append(f"    set_{name}(self, {value})")
    exec("\n".join(lines), scope)  # noqa: S102 - nothing but the names of a class of ours is in it
    init = scope["__init__"]
    for name in ("__defaults__", "__kwdefaults__", "__annotations__", "__qualname__", "__module__"):
        setattr(init, name, getattr(own, name))
    return init
