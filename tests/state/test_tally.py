"""Counts and bytes by storage class, as GetBucketStat tells them."""

from __future__ import annotations

import pytest

from fakeoss.state.tally import NO_TALLY, ClassTotal, Tally
from tests.state.naive import a_marker, an_object

VERSIONS = (an_object(data=b"1234567"), an_object(data=b"123", storage_class="IA"), a_marker())


@pytest.mark.parametrize(
    ("storage_class", "size", "billed"),
    [
        ("Standard", 7, 7),
        ("IA", 7, 65_536),
        ("Archive", 0, 65_536),
        ("ColdArchive", 65_537, 65_537),
        ("DeepColdArchive", 1, 65_536),
    ],
)
def test_small_objects_of_colder_classes_count_for_64_kilobytes(storage_class: str, size: int, billed: int) -> None:
    tally = NO_TALLY.changed(come=[an_object(data=bytes(size), storage_class=storage_class)])
    assert tally.of_class(storage_class) == ClassTotal(1, size, billed)
    assert (tally.objects, tally.size, tally.billed, tally.delete_markers) == (1, size, billed, 0)


def test_classes_and_markers_are_counted_apart() -> None:
    tally = NO_TALLY.changed(come=VERSIONS)
    assert tally.of_class("Standard") == ClassTotal(1, 7, 7)
    assert tally.of_class("IA") == ClassTotal(1, 3, 65_536)
    assert tally.of_class("Archive") == ClassTotal()
    assert (tally.objects, tally.size, tally.billed, tally.delete_markers) == (2, 10, 65_543, 1)


def test_what_goes_is_taken_off_again() -> None:
    tally = NO_TALLY.changed(come=VERSIONS)
    assert tally.changed(gone=VERSIONS) == NO_TALLY == Tally()
    assert tally.changed(gone=VERSIONS[:1], come=VERSIONS[1:2]).of_class("IA").objects == 2


def test_a_share_is_exchanged_for_another() -> None:
    whole, share = NO_TALLY.changed(come=VERSIONS), NO_TALLY.changed(come=VERSIONS[1:])
    assert whole.exchanged(gone=share, come=NO_TALLY) == NO_TALLY.changed(come=VERSIONS[:1])
    assert whole.exchanged(gone=share, come=share) == whole
