"""What effects need beside the world and the moment."""

from __future__ import annotations

from dataclasses import dataclass

from fakeoss.ids import Ids
from fakeoss.settings import Settings


@dataclass(frozen=True, slots=True)
class Means:
    """The source of new ids, and the fake's settings."""

    ids: Ids
    settings: Settings
