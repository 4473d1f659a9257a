"""How much a bucket holds: counts and bytes by storage class, kept up to date one version at a time."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple

from fakeoss.state.objects import STORAGE_CLASSES, ObjectVersion, Version

LEAST_BILLED: Final = 64 * 1024
"""Bytes that an object of any class colder than Standard counts for at least (reference, GetBucketStat)."""


class ClassTotal(NamedTuple):
    """Object versions of one storage class: how many, their real bytes, the bytes they count for."""

    objects: int = 0
    size: int = 0
    billed: int = 0


_NOTHING: Final = ClassTotal()
_PLACES: Final = MappingProxyType({name: place for place, name in enumerate(STORAGE_CLASSES)})


class Tally(NamedTuple):
    """What some versions come to: object versions by class, and delete markers."""

    classes: tuple[ClassTotal, ...] = (_NOTHING,) * len(STORAGE_CLASSES)
    delete_markers: int = 0

    def changed(self, gone: Version | None = None, come: Version | None = None) -> Tally:
        """This tally once one version has gone, another has come, or both."""
        classes = list(self.classes)
        markers = self.delete_markers
        for version, sign in ((gone, -1), (come, 1)):
            if isinstance(version, ObjectVersion):
                place = _PLACES[version.storage_class]
                classes[place] = _moved(classes[place], version, sign)
            elif version is not None:
                markers += sign
        return Tally(tuple(classes), markers)

    def exchanged(self, gone: Tally, come: Tally) -> Tally:
        """This tally with one share of it replaced by another."""
        return Tally(
            tuple(
                ClassTotal(*(own - minus + plus for own, minus, plus in zip(*totals, strict=True)))
                for totals in zip(self.classes, gone.classes, come.classes, strict=True)
            ),
            self.delete_markers - gone.delete_markers + come.delete_markers,
        )

    def of_class(self, storage_class: str) -> ClassTotal:
        """The total of one storage class."""
        return self.classes[STORAGE_CLASSES.index(storage_class)]

    @property
    def objects(self) -> int:
        """Object versions of all classes, delete markers not counted."""
        return sum(total.objects for total in self.classes)

    @property
    def size(self) -> int:
        """Real bytes of all classes."""
        return sum(total.size for total in self.classes)

    @property
    def billed(self) -> int:
        """Bytes that all classes count for."""
        return sum(total.billed for total in self.classes)


def _moved(total: ClassTotal, version: ObjectVersion, sign: int) -> ClassTotal:
    size = version.payload.size
    billed = size if version.storage_class == "Standard" else max(size, LEAST_BILLED)
    return ClassTotal(total.objects + sign, total.size + sign * size, total.billed + sign * billed)


NO_TALLY: Final = Tally()
"""The tally of nothing."""
