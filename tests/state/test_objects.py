"""What is known of an object, and when what was granted to it ends."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss.state.objects import NO_FIELDS, Fields, Kind, Restore, Retention
from fakeoss.state.payload import EMPTY, Payload
from tests.state.naive import START, a_marker, an_object

HOUR = timedelta(hours=1)


@given(st.dictionaries(st.text(max_size=3), st.text(max_size=3)), st.text(max_size=3))
def test_fields_read_like_a_dictionary(content: dict[str, str], name: str) -> None:
    fields = Fields(content)
    assert dict(fields) == content
    assert list(fields) == list(content)
    assert len(fields) == len(content)
    assert fields.get(name) == content.get(name)
    assert (name in fields) == (name in content)
    assert fields == content
    assert fields.set(name, "new") == content | {name: "new"}
    assert fields.without(name) == {key: value for key, value in content.items() if key != name}
    assert hash(fields) == hash(Fields(dict(reversed(content.items()))))


def test_no_fields_are_empty_and_a_missing_field_raises() -> None:
    assert dict(NO_FIELDS) == {} == dict(Fields({}))
    assert repr(Fields({"a": "b"})) == "Fields({'a': 'b'})"
    with pytest.raises(KeyError):
        NO_FIELDS["Content-Type"]


def test_a_restoration_is_ongoing_then_readable_then_over() -> None:
    restore = Restore("Standard", 1, START, START + 3 * HOUR, START + 27 * HOUR)
    states = [
        (restore.is_ongoing(moment), restore.is_readable(moment), restore.is_over(moment))
        for moment in (START, START + 3 * HOUR, START + 26 * HOUR, START + 27 * HOUR)
    ]
    assert states == [(True, False, False), (False, True, False), (False, True, False), (False, False, True)]


def test_a_retention_holds_until_its_moment() -> None:
    retention = Retention("COMPLIANCE", START + HOUR)
    assert retention.holds(START + HOUR - timedelta(microseconds=1))
    assert not retention.holds(START + HOUR)


def test_objects_and_markers_tell_what_they_are() -> None:
    version, marker = an_object(data=b"12345"), a_marker()
    assert (version.size, version.is_delete_marker) == (5, False)
    assert (marker.size, marker.is_delete_marker) == (0, True)


def test_a_version_cannot_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        an_object().acl = "private"  # type: ignore[misc]  # the attempt is the test


@pytest.mark.parametrize(
    ("kind", "payload", "sent"),
    [
        ("Normal", Payload.of((b"a",)), True),
        ("Appendable", Payload.of((b"a",)), False),
        ("Symlink", EMPTY, False),
        ("Multipart", Payload.of((b"a",)).without_md5(), False),
        ("Multipart", Payload.of((b"a",)), True),
    ],
    ids=["put", "appended", "link", "multipart", "sequential multipart"],
)
def test_content_md5_is_told_of_content_that_was_put_in_order(kind: Kind, payload: Payload, *, sent: bool) -> None:
    version = replace(an_object(), kind=kind, payload=payload)
    assert version.content_md5 == (payload.md5 if sent else None)
    assert (version.content_md5 is not None) is sent


def test_only_appendable_objects_have_a_next_position_and_a_seal() -> None:
    plain = an_object(data=b"123")
    appendable = replace(plain, kind="Appendable")
    assert (plain.next_append_position, appendable.next_append_position) == (None, 3)
    assert (appendable.is_sealed, replace(appendable, sealed_at=START).is_sealed) == (False, True)
