"""An in-process fake of Alibaba Cloud OSS for tests.

`mock_oss` is the decorator and context manager, `FakeOSS` the service it puts in the network's place.
The names are imported when they are first used, so that `import fakeoss` costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from fakeoss.version import __version__

if TYPE_CHECKING:
    from fakeoss import errors, faults
    from fakeoss.activation import SealedError
    from fakeoss.app import FakeOSS
    from fakeoss.mock import active, mock_oss

__all__ = ["FakeOSS", "SealedError", "__version__", "active", "errors", "faults", "mock_oss"]

_HOME = {
    "FakeOSS": "fakeoss.app",
    "SealedError": "fakeoss.activation",
    "active": "fakeoss.mock",
    "mock_oss": "fakeoss.mock",
}
_MODULES = ("errors", "faults")


if not TYPE_CHECKING:  # a type checker shall report names that do not exist

    def __getattr__(name: str) -> object:
        """Import a public name on first use; the interpreter then finds it without asking here again."""
        if name in _MODULES:
            return importlib.import_module(f"fakeoss.{name}")
        if name not in _HOME:
            raise AttributeError(f"module 'fakeoss' has no attribute {name!r}")
        value: object = getattr(importlib.import_module(_HOME[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """The public names, imported or not."""
    return sorted({*globals(), *__all__})
