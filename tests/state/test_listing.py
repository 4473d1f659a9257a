"""Pages of a listing: cut out of the whole, complete, without repetition, and no dearer than they are long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fakeoss.state.key_index import KeyIndex
from fakeoss.state.listing import Page, after_prefix, list_objects, list_uploads, list_versions
from fakeoss.state.sorted_map import SortedMap
from fakeoss.state.uploads import Upload
from tests.state.effort import effort
from tests.state.naive import (
    START,
    Element,
    PlainVersions,
    a_marker,
    an_object,
    plain_listing,
    plain_rest,
)

NAMES = st.text("ab/é\U0010ffff", min_size=1, max_size=6)
TEXTS = st.one_of(st.just(""), st.text("ab/é\U0010ffff", max_size=3))
DELIMITERS = st.sampled_from(["", "/", "a", "//", "ab", "é", "\U0010ffff"])
LIMITS = st.integers(1, 5)


def shown(page: Page[Any], name: Callable[[Any], Element]) -> list[Element]:
    """The elements of a page in order."""
    entries = [name(entry) for entry in page.entries]
    prefixes: list[Element] = [(prefix, None) for prefix in page.common_prefixes]
    for part in (entries, prefixes):
        assert [element[0] for element in part] == sorted(element[0] for element in part)
    # Sorting is stable: versions of one key stay newest first. No key equals a common prefix.
    return sorted(entries + prefixes, key=lambda element: element[0])


def check_page(
    page: Page[Any], name: Callable[[Any], Element], expected: list[Element], limit: int, *, has_ids: bool
) -> None:
    assert shown(page, name) == expected[:limit]
    assert page.is_truncated == (len(expected) > limit)
    last = expected[:limit][-1] if expected else ("", None)
    assert page.next_key == last[0]
    assert page.next_id == ((last[1] or "") if has_ids else "")


def gathered(ask: Callable[[str, str], Page[Any]], name: Callable[[Any], Element]) -> list[Element]:
    """All pages one after another."""
    elements: list[Element] = []
    key = identifier = ""
    while True:
        page = ask(key, identifier)
        elements += shown(page, name)
        if not page.is_truncated:
            return elements
        key, identifier = page.next_key, page.next_id


@st.composite
def buckets(draw: st.DrawFn) -> tuple[KeyIndex, PlainVersions]:
    """Keys with one to four versions, some hidden by a delete marker."""
    index, model = KeyIndex(), PlainVersions("Enabled")
    for key in draw(st.sets(NAMES, max_size=12)):
        kinds = draw(st.lists(st.booleans(), min_size=1, max_size=4))
        for number, is_marker in enumerate(kinds):
            version = a_marker(f"v{number}") if is_marker else an_object(f"v{number}")
            index = index.put(key, version)
            model.add(key, version)
    return index, model


def object_name(entry: Any) -> Element:
    return entry.key, entry.version.version_id


@settings(max_examples=150, deadline=None)
@given(buckets(), TEXTS, DELIMITERS, st.one_of(TEXTS, NAMES), LIMITS)
def test_a_page_of_objects_is_cut_out_of_the_whole_listing(
    bucket: tuple[KeyIndex, PlainVersions], prefix: str, delimiter: str, marker: str, limit: int
) -> None:
    index, model = bucket
    expected = plain_rest(plain_listing(model.objects(), prefix, delimiter), marker)
    page = list_objects(index, prefix=prefix, delimiter=delimiter, marker=marker, limit=limit)
    check_page(page, object_name, expected, limit, has_ids=False)


@settings(max_examples=80, deadline=None)
@given(buckets(), TEXTS, DELIMITERS, LIMITS)
def test_pages_of_objects_make_the_whole_listing(
    bucket: tuple[KeyIndex, PlainVersions], prefix: str, delimiter: str, limit: int
) -> None:
    index, model = bucket
    elements = gathered(
        lambda marker, _: list_objects(index, prefix=prefix, delimiter=delimiter, marker=marker, limit=limit),
        object_name,
    )
    assert elements == plain_listing(model.objects(), prefix, delimiter)


@settings(max_examples=150, deadline=None)
@given(buckets(), TEXTS, DELIMITERS, st.one_of(TEXTS, NAMES), st.sampled_from(["", "v0", "v1", "v2", "gone"]), LIMITS)
def test_a_page_of_versions_is_cut_out_of_the_whole_listing(
    bucket: tuple[KeyIndex, PlainVersions], prefix: str, delimiter: str, key: str, identifier: str, limit: int
) -> None:
    index, model = bucket
    expected = plain_rest(plain_listing(model.versions(), prefix, delimiter), key, identifier)
    page = list_versions(
        index, prefix=prefix, delimiter=delimiter, key_marker=key, version_id_marker=identifier, limit=limit
    )
    check_page(page, object_name, expected, limit, has_ids=True)
    for entry in page.entries:
        assert entry.is_latest == (model.keys[entry.key][0] == entry.version)


@settings(max_examples=80, deadline=None)
@given(buckets(), TEXTS, DELIMITERS, LIMITS)
def test_pages_of_versions_make_the_whole_listing(
    bucket: tuple[KeyIndex, PlainVersions], prefix: str, delimiter: str, limit: int
) -> None:
    index, model = bucket
    elements = gathered(
        lambda key, identifier: list_versions(
            index, prefix=prefix, delimiter=delimiter, key_marker=key, version_id_marker=identifier, limit=limit
        ),
        object_name,
    )
    assert elements == plain_listing(model.versions(), prefix, delimiter)


@settings(max_examples=40, deadline=None)
@given(buckets(), LIMITS)
def test_deleting_page_by_page_while_listing_empties_a_bucket(
    bucket: tuple[KeyIndex, PlainVersions], limit: int
) -> None:
    index, _ = bucket
    page = list_versions(index, limit=limit)
    while True:
        for entry in page.entries:
            index = index.remove(entry.key, entry.version.version_id)
        if not page.is_truncated:
            break
        page = list_versions(index, key_marker=page.next_key, version_id_marker=page.next_id, limit=limit)
    assert len(index) == 0


UPLOADS = st.sets(st.tuples(NAMES, st.sampled_from(["0A", "1B", "2C"])), max_size=14)


def uploads_of(places: set[tuple[str, str]]) -> SortedMap[tuple[str, str], Upload]:
    return SortedMap.of(
        ((key, identifier), Upload(key=key, upload_id=identifier, initiated=START, owner="1"))
        for key, identifier in sorted(places)
    )


def upload_name(upload: Any) -> Element:
    return upload.key, upload.upload_id


@settings(max_examples=150, deadline=None)
@given(UPLOADS, TEXTS, DELIMITERS, st.one_of(TEXTS, NAMES), st.sampled_from(["", "0A", "1A", "1B", "3"]), LIMITS)
def test_a_page_of_uploads_is_cut_out_of_the_whole_listing(
    places: set[tuple[str, str]], prefix: str, delimiter: str, key: str, identifier: str, limit: int
) -> None:
    # Ids of uploads have an order of their own, so that an upload which has gone still marks its place.
    whole = plain_listing(sorted(places), prefix, delimiter)
    expected = [
        element
        for element in whole
        if element[0] > key or (identifier and element[0] == key and (element[1] or "") > identifier)
    ]
    page = list_uploads(
        uploads_of(places), prefix=prefix, delimiter=delimiter, key_marker=key, upload_id_marker=identifier, limit=limit
    )
    check_page(page, upload_name, expected, limit, has_ids=True)


@settings(max_examples=60, deadline=None)
@given(UPLOADS, TEXTS, DELIMITERS, LIMITS)
def test_pages_of_uploads_make_the_whole_listing(
    places: set[tuple[str, str]], prefix: str, delimiter: str, limit: int
) -> None:
    uploads = uploads_of(places)
    elements = gathered(
        lambda key, identifier: list_uploads(
            uploads, prefix=prefix, delimiter=delimiter, key_marker=key, upload_id_marker=identifier, limit=limit
        ),
        upload_name,
    )
    assert elements == plain_listing(sorted(places), prefix, delimiter)


@pytest.fixture(scope="module")
def folders() -> KeyIndex:
    """Two folders of 3,000 keys with a key before, between and after; and 300 versions of the last."""
    index = KeyIndex().put("0", an_object()).put("f1-", an_object())
    for number in range(3000):
        index = index.put(f"f1/{number:05}", an_object()).put(f"f2/{number:05}", an_object())
    for number in range(300):
        index = index.put("z", an_object(f"v{number}"))
    return index


def test_a_folder_is_one_element_and_is_passed_without_being_walked(folders: KeyIndex) -> None:
    page = list_objects(folders, delimiter="/", limit=10)
    assert [entry.key for entry in page.entries] == ["0", "f1-", "z"]
    assert page.common_prefixes == ("f1/", "f2/")
    small = KeyIndex()
    for key in ["0", "f1-", "f1/0", "f2/0", "z"]:
        small = small.put(key, an_object())
    assert effort(lambda: list_objects(folders, delimiter="/", limit=10)) <= 80 + effort(
        lambda: list_objects(small, delimiter="/", limit=10)
    )


def test_a_page_costs_its_own_length(folders: KeyIndex) -> None:
    def cost(key_marker: str) -> int:
        return effort(lambda: list_versions(folders, key_marker=key_marker, limit=10))

    costs = [cost(""), cost("f1/00500"), cost("f2/02000")]
    assert max(costs) <= 1.3 * min(costs)
    deep = effort(lambda: list_versions(folders, key_marker="z", version_id_marker="v150", limit=10))
    assert deep <= 1.3 * max(costs)


@pytest.mark.parametrize("marker", ["f1/", "f1/00007", "f1/\U0010ffff"])
def test_a_marker_inside_a_folder_passes_it(folders: KeyIndex, marker: str) -> None:
    page = list_objects(folders, delimiter="/", marker=marker, limit=1)
    assert (page.entries, page.common_prefixes, page.next_key) == ((), ("f2/",), "f2/")


def test_a_full_page_at_the_end_is_not_truncated(folders: KeyIndex) -> None:
    assert not list_objects(folders, prefix="f2/02999", limit=1).is_truncated
    assert not list_objects(folders, marker="f2/02999", limit=1).is_truncated


def test_keys_hidden_after_the_page_do_not_truncate_it() -> None:
    index = KeyIndex().put("a", an_object()).put("b", a_marker("m")).put("c/d", a_marker("m"))
    assert not list_objects(index, limit=1).is_truncated
    assert list_objects(index, delimiter="/", limit=5).common_prefixes == ()
    assert list_versions(index, delimiter="/", limit=5).common_prefixes == ("c/",)


def test_an_empty_page_has_no_next_key() -> None:
    page = list_objects(KeyIndex(), limit=1)
    assert page == Page((), (), is_truncated=False, next_key="", next_id="")


@pytest.mark.parametrize("limit", [0, -1])
def test_a_page_holds_at_least_one_element(limit: int) -> None:
    with pytest.raises(ValueError, match="page"):
        list_objects(KeyIndex(), limit=limit)


@given(st.text(max_size=4), st.text(max_size=4))
@example("\U0010ffff", "a")
@example("a\U0010ffff", "b")
def test_what_comes_after_a_prefix_is_beyond_all_that_begin_with_it(prefix: str, other: str) -> None:
    beyond = after_prefix(prefix)
    assert beyond is None or prefix + other < beyond
    if not other.startswith(prefix) and other > prefix:
        assert beyond is not None
        assert other >= beyond
