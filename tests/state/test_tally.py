"""Counts and bytes by storage class, as GetBucketStat tells them."""

from __future__ import annotations

import pytest

from fakeoss.state.objects import Version
from fakeoss.state.tally import NO_TALLY, ClassTotal, Tally
from tests.state.naive import a_marker, an_object

VERSIONS = (an_object(data=b"1234567"), an_object(data=b"123", storage_class="IA"), a_marker())


def tally_of(*versions: Version) -> Tally:
    tally = NO_TALLY
    for version in versions:
        tally = tally.changed(come=version)
    return tally


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
    tally = tally_of(an_object(data=bytes(size), storage_class=storage_class))
    assert tally.of_class(storage_class) == ClassTotal(1, size, billed)
    assert (tally.objects, tally.size, tally.billed, tally.delete_markers) == (1, size, billed, 0)


def test_classes_and_markers_are_counted_apart() -> None:
    tally = tally_of(*VERSIONS)
    assert tally.of_class("Standard") == ClassTotal(1, 7, 7)
    assert tally.of_class("IA") == ClassTotal(1, 3, 65_536)
    assert tally.of_class("Archive") == ClassTotal()
    assert (tally.objects, tally.size, tally.billed, tally.delete_markers) == (2, 10, 65_543, 1)


def test_what_goes_is_taken_off_again() -> None:
    tally = tally_of(*VERSIONS)
    assert tally.changed(gone=VERSIONS[0], come=VERSIONS[1]).of_class("IA").objects == 2
    for version in VERSIONS:
        tally = tally.changed(gone=version)
    assert tally == NO_TALLY == Tally()


def test_a_share_is_exchanged_for_another() -> None:
    whole, share = tally_of(*VERSIONS), tally_of(*VERSIONS[1:])
    assert whole.exchanged(gone=share, come=NO_TALLY) == tally_of(VERSIONS[0])
    assert whole.exchanged(gone=share, come=share) == whole
