"""The Hypothesis kit: strategies, fault sweep, reference model, targets and state machines.

All but the sweep need Hypothesis: `pip install 'fakeoss[kit]'`. Names are imported when they are first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fakeoss.kit.areas import AREAS
    from fakeoss.kit.machines import Difference, Duel, compare, machine, replay
    from fakeoss.kit.model import Model
    from fakeoss.kit.schemas import configuration, configurations, from_schema
    from fakeoss.kit.strategies import bucket_names, metadata, object_keys, payloads, tags
    from fakeoss.kit.sweeping import KINDS, Finding, Kind, Sweep, no_upload_left, sweep, whole_or_absent
    from fakeoss.kit.targets import TARGETS, Stage
    from fakeoss.kit.targets.target import Target

__all__ = [
    "AREAS",
    "KINDS",
    "TARGETS",
    "Difference",
    "Duel",
    "Finding",
    "Kind",
    "Model",
    "Stage",
    "Sweep",
    "Target",
    "bucket_names",
    "compare",
    "configuration",
    "configurations",
    "from_schema",
    "machine",
    "metadata",
    "no_upload_left",
    "object_keys",
    "payloads",
    "replay",
    "sweep",
    "tags",
    "whole_or_absent",
]

_HOME = {
    "AREAS": "areas",
    "KINDS": "sweeping",
    "TARGETS": "targets",
    "Difference": "machines",
    "Duel": "machines",
    "Finding": "sweeping",
    "Kind": "sweeping",
    "Model": "model",
    "Stage": "targets",
    "Sweep": "sweeping",
    "Target": "targets.target",
    "bucket_names": "strategies",
    "compare": "machines",
    "configuration": "schemas",
    "configurations": "schemas",
    "from_schema": "schemas",
    "machine": "machines",
    "metadata": "strategies",
    "no_upload_left": "sweeping",
    "object_keys": "strategies",
    "payloads": "strategies",
    "replay": "machines",
    "sweep": "sweeping",
    "tags": "strategies",
    "whole_or_absent": "sweeping",
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
