"""The project's own tables: `operations.json`, a row an operation, and `regions.json`, a row a region."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def load(name: str) -> Any:
    """The contents of the JSON file `name`, newly read."""
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
