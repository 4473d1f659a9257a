"""What stored objects weigh."""

from __future__ import annotations

import gc
import os
import tracemalloc
from datetime import timedelta

from fakeoss.state.key_index import KeyIndex
from fakeoss.state.objects import Fields, ObjectVersion
from fakeoss.state.payload import Payload
from tests.state.naive import START

COUNT = 10_000


def filled(size: int) -> KeyIndex:
    """Objects as requests make them: every text and number of their own, nothing shared by chance."""
    index = KeyIndex()
    for number in range(COUNT):
        payload = Payload.of((os.urandom(size),))
        version = ObjectVersion(
            version_id="null",
            sequence=1_000_000 + number,
            payload=payload,
            etag=payload.etag,
            last_modified=START + timedelta(seconds=number),
            owner="1234567890123456",
            headers=Fields({"-".join(("Content", "Type")): "/".join(("text", "plain"))}),
        )
        index = index.put(f"logs/2024/01/{number * 7919 % COUNT:08}.txt", version)
    return index


def test_a_stored_object_of_one_kilobyte_takes_less_than_two() -> None:
    running = tracemalloc.is_tracing()
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    index = filled(1024)
    gc.collect()
    used = tracemalloc.get_traced_memory()[0] - before
    if not running:
        tracemalloc.stop()
    assert len(index) == COUNT
    # 1,850 bytes when this was written: 1,057 of content, 790 of everything that is known of it.
    assert used / COUNT < 1950
