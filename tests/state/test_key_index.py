"""Keys, their versions and their counts, whatever order things happen in."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import Literal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fakeoss.state.key_index import KeyIndex
from fakeoss.state.listing import list_objects, list_versions
from fakeoss.state.objects import STORAGE_CLASSES, DeleteMarker, ObjectVersion
from fakeoss.state.tally import NO_TALLY
from fakeoss.state.version_stack import assign_version_id
from tests.budget import examples
from tests.state.effort import effort
from tests.state.naive import PlainVersions, a_marker, an_object

KEYS = st.sampled_from(["a", "b", "b/x", "b/y", "c"])


# Preconditions have names: Hypothesis 6.100 reads a lambda's source again at each step, which takes minutes.


def has_versions(machine: Histories) -> bool:
    return bool(machine.model.keys)


def has_objects(machine: Histories) -> bool:
    return bool(machine.model.objects())


def has_snapshots(machine: Histories) -> bool:
    return bool(machine.snapshots)


class Histories(RuleBasedStateMachine):
    """No order of operations loses or resurrects a version: the index against plain lists."""

    def __init__(self) -> None:
        super().__init__()
        self.index = KeyIndex()
        self.model = PlainVersions()
        self.snapshots: list[tuple[KeyIndex, list[tuple[str, list[object]]]]] = []
        self.sequence = 0

    def content(self) -> list[tuple[str, list[object]]]:
        return [(key, list(versions)) for key, versions in sorted(self.model.keys.items())]

    def next_id(self) -> str:
        """The id the service would give, by the rule written down here a second time."""
        self.sequence += 1
        new = f"v{self.sequence}"
        expected = new if self.model.status == "Enabled" else "null"
        assert assign_version_id(self.model.status, new) == expected
        return expected

    @initialize(status=st.sampled_from([None, "Enabled", "Suspended"]))
    def begin(self, status: str | None) -> None:
        self.model.status = status

    @rule(status=st.sampled_from(["Enabled", "Suspended"]))
    def set_versioning(self, status: Literal["Enabled", "Suspended"]) -> None:
        self.model.status = status

    @rule(key=KEYS, size=st.integers(0, 3), storage_class=st.sampled_from(STORAGE_CLASSES))
    def put(self, key: str, size: int, storage_class: str) -> None:
        version_id = self.next_id()
        version = an_object(version_id, bytes(size), storage_class, self.sequence)
        self.index = self.index.put(key, version)
        self.model.add(key, version)

    @rule(key=KEYS)
    def delete(self, key: str) -> None:
        version_id = self.next_id()
        marker = a_marker(version_id, self.sequence)
        self.index = self.index.delete(key, self.model.status, marker)
        self.model.delete(key, marker)

    @precondition(has_versions)
    @rule(data=st.data())
    def delete_version(self, data: st.DataObject) -> None:
        key, version_id = data.draw(st.sampled_from(self.model.versions()))
        self.index = self.index.remove(key, version_id)
        self.model.remove(key, version_id)

    @precondition(has_objects)
    @rule(data=st.data(), storage_class=st.sampled_from(STORAGE_CLASSES))
    def change_version(self, data: st.DataObject, storage_class: str) -> None:
        objects = [
            (key, version)
            for key, versions in sorted(self.model.keys.items())
            for version in versions
            if isinstance(version, ObjectVersion)
        ]
        key, version = data.draw(st.sampled_from(objects))
        changed = replace(version, storage_class=storage_class, tags=(("k", str(self.sequence)),))
        self.index = self.index.replace(key, changed)
        self.model.replace(key, changed)

    @rule()
    def snapshot(self) -> None:
        self.snapshots.append((self.index, self.content()))

    @precondition(has_snapshots)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        self.index, content = data.draw(st.sampled_from(self.snapshots))
        self.model.keys = {key: list(versions) for key, versions in content}  # type: ignore[arg-type]  # versions all

    @invariant()
    def versions_are_the_same(self) -> None:
        assert [(key, list(stack)) for key, stack in self.index.items()] == self.content()
        assert list(self.index) == sorted(self.model.keys)
        for key, versions in self.model.keys.items():
            assert self.index.current(key) == self.index.get(key) == versions[0]
            for version in versions:
                assert self.index.get(key, version.version_id) == version

    @invariant()
    def snapshots_are_untouched(self) -> None:
        for index, content in self.snapshots:
            assert [(key, list(stack)) for key, stack in index.items()] == content

    @invariant()
    def counts_are_the_same(self) -> None:
        everything = [version for versions in self.model.keys.values() for version in versions]
        assert len(self.index) == len(self.model.keys)
        assert self.index.tally == reduce(lambda tally, version: tally.changed(come=version), everything, NO_TALLY)
        assert self.index.tally.delete_markers == sum(isinstance(version, DeleteMarker) for version in everything)
        assert self.index.tally.size == sum(version.size for version in everything)
        assert self.index.live_count == len(self.model.objects())

    @invariant()
    def listings_are_the_same(self) -> None:
        shown = [(entry.key, entry.version.version_id) for entry in list_objects(self.index, limit=100).entries]
        assert shown == self.model.objects()
        page = list_versions(self.index, limit=1000)
        assert [(entry.key, entry.version.version_id) for entry in page.entries] == self.model.versions()


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=examples(60), stateful_step_count=30, deadline=None)


def test_an_empty_index_knows_nothing() -> None:
    index = KeyIndex()
    assert (index.stack("a"), index.current("a"), index.get("a"), index.get("a", "null")) == (None, None, None, None)
    assert ("a" in index, len(index), index.live_count, index.tally) == (False, 0, 0, NO_TALLY)
    assert index.delete("a", None, a_marker()) == index
    assert repr(index) == "<KeyIndex of 0 keys>"


def test_an_index_is_equal_by_content() -> None:
    one, other = KeyIndex().put("a", an_object()), KeyIndex().put("a", an_object(data=b"else")).put("a", an_object())
    assert one == other
    assert one != KeyIndex()
    assert one != {"a": an_object()}
    assert "a" in one


def test_live_keys_come_from_a_position_in_both_directions() -> None:
    index = KeyIndex()
    for key in "abcd":
        index = index.put(key, an_object())
    index = index.delete("b", "Enabled", a_marker("m"))
    assert [key for key, _ in index.live()] == ["a", "c", "d"]
    assert [key for key, _ in index.live(start="b")] == ["c", "d"]
    assert [key for key, _ in index.live(after="c", reverse=True)] == ["a"]


def test_hidden_keys_are_not_walked_over() -> None:
    index = KeyIndex().put("z", an_object())
    few = index.put("a", a_marker("m"))
    for number in range(2000):
        index = index.put(f"{number:04}", a_marker("m"))
    assert [key for key, _ in index.live()] == ["z"]
    assert effort(lambda: list(index.live())) <= effort(lambda: list(few.live())) + 5
