"""A payload is its bytes, however they were cut, and shares them instead of copying."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss.state.payload import EMPTY, SEGMENT, Payload
from tests.state.effort import effort

SEGMENTS = st.lists(st.binary(max_size=12), max_size=8)


def plain_crc64(data: bytes) -> int:
    """CRC-64/XZ bit by bit (polynomial 42F0E1EBA9EA3693, reflected)."""
    checksum = 0xFFFFFFFFFFFFFFFF
    for byte in data:
        checksum ^= byte
        for _ in range(8):
            checksum = (checksum >> 1) ^ (0xC96C5795D7870F42 if checksum & 1 else 0)
    return checksum ^ 0xFFFFFFFFFFFFFFFF


def test_the_checksum_is_the_one_that_clients_compute() -> None:
    # The check value of CRC-64/XZ in the catalogue of parametrised CRC algorithms.
    assert Payload.of((b"123456789",)).crc64 == plain_crc64(b"123456789") == 0x995DC9BBDF1939FA


def test_no_bytes_have_the_checksum_zero() -> None:
    assert (EMPTY.size, EMPTY.crc64, EMPTY.segments, EMPTY.data()) == (0, 0, (), b"")
    assert EMPTY.etag == "D41D8CD98F00B204E9800998ECF8427E"


@given(SEGMENTS)
def test_sums_do_not_depend_on_the_cut(segments: list[bytes]) -> None:
    data = b"".join(segments)
    payload = Payload.of(segments)
    assert payload.data() == data
    assert (payload.size, len(payload), payload.crc64) == (len(data), len(data), plain_crc64(data))
    assert payload.md5 == hashlib.md5(data).digest()
    assert payload.etag == hashlib.md5(data).hexdigest().upper()
    assert b"" not in payload.segments
    assert payload == Payload.of((data,))
    assert hash(payload) == hash(Payload.of((data,)))


@given(st.lists(SEGMENTS, max_size=5))
def test_joined_payloads_are_their_bytes_in_a_row(many: list[list[bytes]]) -> None:
    payloads = [Payload.of(segments) for segments in many]
    joined = Payload.join(payloads)
    data = b"".join(payload.data() for payload in payloads)
    assert (joined.data(), joined.size, joined.crc64) == (data, len(data), plain_crc64(data))
    assert joined.md5 is None
    assert joined.etag == joined.with_md5().etag == hashlib.md5(data).hexdigest().upper()
    assert joined.with_md5().md5 == hashlib.md5(data).digest()
    assert sum(payloads, EMPTY) == joined


@given(st.lists(SEGMENTS, max_size=6))
def test_appends_are_their_bytes_in_a_row(many: list[list[bytes]]) -> None:
    payload, data = EMPTY, b""
    for segments in many:
        payload = payload.append(Payload.of(segments))
        data += b"".join(segments)
        assert (payload.data(), payload.size, payload.crc64) == (data, len(data), plain_crc64(data))


def test_many_small_appends_leave_few_segments() -> None:
    payload, line = EMPTY, Payload.of((b"one line of a log\n",))
    for _ in range(5000):
        payload = payload.append(line)
    assert payload.data() == b"one line of a log\n" * 5000
    assert len(payload.segments) <= 14


def test_appends_share_what_is_large() -> None:
    first, second = Payload.of((bytes(SEGMENT),)), Payload.of((bytes(SEGMENT),))
    both = first.append(second)
    assert [id(segment) for segment in both.segments] == [id(first.segments[0]), id(second.segments[0])]


@given(st.lists(st.binary(min_size=1, max_size=9), min_size=1, max_size=8), st.data())
def test_a_slice_is_the_bytes_between_two_positions(segments: list[bytes], data: st.DataObject) -> None:
    payload, whole = Payload.of(segments), b"".join(segments)
    last = data.draw(st.integers(0, len(whole) - 1))
    first = data.draw(st.integers(0, last))
    pieces = payload.slice(first, last)
    assert b"".join(pieces) == whole[first : last + 1]
    assert b"" not in pieces
    part = payload.part(first, last)
    assert part == Payload.of((whole[first : last + 1],))
    assert part.md5 == hashlib.md5(whole[first : last + 1]).digest()


@pytest.mark.parametrize(("first", "last"), [(-1, 2), (2, 1), (0, 4), (4, 4)])
def test_positions_outside_the_content_are_no_slice(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="no bytes"):
        Payload.of((b"abcd",)).slice(first, last)


def test_whole_segments_of_a_slice_are_shared() -> None:
    payload = Payload.of(bytes([number]) * 1000 for number in range(5))
    pieces = payload.slice(500, 4999)
    assert [id(piece) for piece in pieces[1:]] == [id(segment) for segment in payload.segments[1:]]
    assert payload.part(0, 4999) is payload


@pytest.mark.parametrize("first", [0, SEGMENT + 100, SEGMENT - 512, 64 * SEGMENT - 1024])
def test_a_small_range_of_a_large_payload_costs_what_a_small_one_does(first: int) -> None:
    large, small = Payload.join([Payload.of((bytes(SEGMENT),))] * 64), Payload.of((bytes(4096),))
    assert sum(map(len, large.slice(first, first + 1023))) == 1024
    assert effort(lambda: large.slice(first, first + 1023)) <= effort(lambda: small.slice(0, 1023))


def test_the_service_has_no_md5_of_some_content() -> None:
    payload = Payload.of((b"a",))
    assert payload.without_md5().md5 is None
    assert payload.without_md5().without_md5() == payload.without_md5() == payload
    assert payload.with_md5() is payload


def test_payloads_differ_in_bytes_or_kind() -> None:
    assert Payload.of((b"ab",)) != Payload.of((b"ba",))
    assert Payload.of((b"ab",)) != b"ab"
    assert repr(Payload.of((b"123456789",))) == "<Payload of 9 bytes, CRC-64 11051210869376104954>"
