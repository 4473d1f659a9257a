"""The protocol of targets, and the numbers that stand for the ids a service makes up."""

from __future__ import annotations

from typing import Protocol

from fakeoss.kit.steps import NOBODYS, NULL, Outcome, Step, Version

UNKNOWN_VERSION = "CAEQMhiBgIDXq4WJlhgiIDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw"
UNKNOWN_UPLOAD = "0" * 32
"""Ids of the right form that no service gave out."""


class Target(Protocol):
    """A bucket of some kind of service."""

    def do(self, step: Step) -> Outcome:
        """Carry out one step; a refusal of the service is an outcome, everything else is raised."""

    def close(self) -> None:
        """Leave nothing behind."""


class Numbers:
    """Ids in the order they were first seen."""

    def __init__(self, unknown: str) -> None:
        """None yet; `unknown` is what a number stands for that has no id."""
        self._ids: list[str] = []
        self._unknown = unknown

    def seen(self, identifier: str | None) -> Version:
        """The number of an id, a new one for a new id; None and `null` stand for themselves, `NOBODYS` for no id."""
        if not identifier or identifier == NULL:
            return identifier or None
        if identifier == self._unknown:
            return NOBODYS
        if identifier not in self._ids:
            self._ids.append(identifier)
        return self._ids.index(identifier)

    def id(self, number: Version) -> str | None:
        """The id of a number."""
        if number is None or isinstance(number, str):
            return number
        return self._ids[number] if number < len(self._ids) else self._unknown
