"""The Hypothesis kit: strategies, fault sweep, reference model, targets and state machines.

It needs Hypothesis: `pip install 'fakeoss[kit]'`. Names are imported when they are first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fakeoss.kit.schemas import configuration, configurations, from_schema
    from fakeoss.kit.strategies import bucket_names, metadata, object_keys, payloads, tags

__all__ = [
    "bucket_names",
    "configuration",
    "configurations",
    "from_schema",
    "metadata",
    "object_keys",
    "payloads",
    "tags",
]

_HOME = {
    "bucket_names": "strategies",
    "configuration": "schemas",
    "configurations": "schemas",
    "from_schema": "schemas",
    "metadata": "strategies",
    "object_keys": "strategies",
    "payloads": "strategies",
    "tags": "strategies",
}


if not TYPE_CHECKING:  # a type checker shall report names that do not exist

    def __getattr__(name: str) -> object:
        """Import a public name on first use; raises ImportError naming the extra where Hypothesis is missing."""
        if name not in _HOME:
            raise AttributeError(f"module 'fakeoss.kit' has no attribute {name!r}")
        try:
            module = importlib.import_module(f"fakeoss.kit.{_HOME[name]}")
        except ModuleNotFoundError as missing:
            if missing.name != "hypothesis":
                raise
            message = f"fakeoss.kit.{name} needs Hypothesis: pip install 'fakeoss[kit]'"
            raise ImportError(message, name="hypothesis") from missing
        value = getattr(module, name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """The public names, imported or not."""
    return sorted({*globals(), *__all__})
