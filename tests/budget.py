"""How many examples generated tests try: all, or a part of them where the whole suite runs a second time."""

from __future__ import annotations

import os

PART = float(os.environ.get("FAKEOSS_EXAMPLES", "1"))
"""`FAKEOSS_EXAMPLES=0.1` for a tenth, as `.ci/check` does with the lowest releases; 10 for ten times as many."""


def examples(whole: int) -> int:
    """The part of `whole` examples that this run tries, one at least."""
    return max(1, round(whole * PART))
