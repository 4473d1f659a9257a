"""Parts come and are joined: which choices make an object, and which are refused."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import errors
from fakeoss.state.payload import Payload
from fakeoss.state.uploads import LEAST_PART, Part, Upload, complete
from tests.state.naive import START

LARGE = bytes(LEAST_PART)


def a_part(number: int, data: bytes = LARGE) -> Part:
    payload = Payload.of((data,))
    return Part(number, payload, payload.etag, START)


def an_upload(*parts: Part, sequential: bool = False) -> Upload:
    upload = Upload(key="k", upload_id="0A", initiated=START, owner="1", sequential=sequential)
    for part in parts:
        upload = upload.with_part(part)
    return upload


def refusal(upload: Upload, chosen: list[tuple[int, str]] | None) -> str:
    with pytest.raises(errors.OSSError) as caught:
        complete(upload, chosen)
    return caught.value.code


@given(st.dictionaries(st.integers(1, 10_000), st.binary(max_size=5), min_size=1, max_size=6), st.data())
def test_the_chosen_parts_are_joined_in_order_of_number(tails: dict[int, bytes], data: st.DataObject) -> None:
    upload = an_upload(*(a_part(number, LARGE + tail) for number, tail in tails.items()))
    numbers = sorted(data.draw(st.sets(st.sampled_from(sorted(tails)), min_size=1)))
    chosen = [(number, f'"{upload.parts[number].etag.lower()}"') for number in numbers]
    completed = complete(upload, chosen)
    content = [LARGE + tails[number] for number in numbers]
    etags = "".join(hashlib.md5(part).hexdigest().upper() for part in content)
    assert completed.payload.data() == b"".join(content)
    assert completed.etag == f"{hashlib.md5(etags.encode()).hexdigest().upper()}-{len(numbers)}"
    assert completed.part_sizes == tuple(map(len, content))


def test_all_parts_are_joined_where_none_are_named() -> None:
    upload = an_upload(a_part(7, b"end"), a_part(2))
    assert complete(upload, None).payload.data() == LARGE + b"end"


def test_segments_of_the_parts_are_shared() -> None:
    first, second = a_part(1), a_part(2)
    joined = complete(an_upload(first, second), None).payload
    assert [id(segment) for segment in joined.segments] == [
        id(first.payload.segments[0]),
        id(second.payload.segments[0]),
    ]


def test_a_part_sent_again_replaces_the_first() -> None:
    upload = an_upload(a_part(1, b"old"), a_part(1, b"newer"))
    assert (len(upload.parts), upload.size) == (1, 5)
    assert complete(upload, None).payload.data() == b"newer"


def test_only_a_sequential_upload_has_an_md5() -> None:
    parts = (a_part(1), a_part(2, b"end"))
    assert complete(an_upload(*parts), None).payload.md5 is None
    assert complete(an_upload(parts[0]), None).payload.md5 is None
    sequential = complete(an_upload(*parts, sequential=True), None).payload
    assert sequential.md5 == hashlib.md5(LARGE + b"end").digest()


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_sequential_upload_takes_only_the_next_part(number: int) -> None:
    upload = an_upload(a_part(1), a_part(2), sequential=True)
    with pytest.raises(errors.OSSError) as caught:
        upload.with_part(a_part(number))
    assert caught.value.code == "PartNotSequential"
    assert len(upload.with_part(a_part(3)).parts) == 3


def test_a_sequential_upload_begins_with_the_first_part() -> None:
    with pytest.raises(errors.OSSError) as caught:
        an_upload(a_part(2), sequential=True)
    assert caught.value.code == "PartNotSequential"


@pytest.mark.parametrize("numbers", [[2, 1], [1, 1], [1, 3, 2]])
def test_numbers_that_do_not_ascend_are_refused(numbers: list[int]) -> None:
    upload = an_upload(a_part(1), a_part(2), a_part(3))
    assert refusal(upload, [(number, a_part(number).etag) for number in numbers]) == "InvalidPartOrder"


@pytest.mark.parametrize("number", [0, -1, 10_001])
def test_numbers_outside_the_range_are_refused(number: int) -> None:
    with pytest.raises(errors.OSSError, match="between 1 and 10000") as caught:
        complete(an_upload(a_part(1)), [(number, "")])
    assert caught.value.code == "InvalidPartOrder"


def test_a_part_that_is_missing_or_other_is_refused() -> None:
    upload = an_upload(a_part(1), a_part(2))
    assert refusal(upload, [(1, a_part(1).etag), (3, a_part(1).etag)]) == "InvalidPart"
    assert refusal(upload, [(1, a_part(1, b"other").etag)]) == "InvalidPart"
    assert refusal(upload, [(1, "not an etag")]) == "InvalidPart"
    assert refusal(upload, []) == "InvalidPart"
    assert refusal(an_upload(), None) == "InvalidPart"


def test_a_small_part_is_refused_unless_it_is_the_last_chosen() -> None:
    assert LEAST_PART == 102_400
    upload = an_upload(a_part(1), a_part(2, LARGE[1:]), a_part(3))
    assert refusal(upload, None) == "EntityTooSmall"
    chosen = [(number, upload.parts[number].etag) for number in (1, 2)]
    assert complete(upload, chosen).part_sizes == (LEAST_PART, LEAST_PART - 1)
    assert complete(replace(an_upload(), parts=an_upload(a_part(5, b"")).parts), None).payload.size == 0


def test_an_upload_takes_its_parts_in_any_order_unless_it_is_sequential() -> None:
    upload = Upload(key="k", upload_id="0A", initiated=START, owner="1")
    assert list(upload.with_part(a_part(9)).with_part(a_part(3)).parts) == [3, 9]


def test_no_upload_is_changed_by_its_parts() -> None:
    upload = an_upload(a_part(1))
    upload.with_part(a_part(2))
    assert list(upload.parts) == [1]
    assert upload.parts[1].size == LEAST_PART
