"""Reading the body a caller gave to `requests`, in the blocks and the encoding that the wire would see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from urllib3 import __version__ as urllib3_version  # type: ignore[attr-defined]

from fakeoss.wire.message import BLOCK, Body, BodyBuilder

TEXT = "iso-8859-1" if urllib3_version.startswith("1.") else "utf-8"
"""How urllib3 encodes text: since version 2 as UTF-8, before that as `http.client` does."""


def read_body(body: Any) -> Body:
    """The whole body: bytes, text, any buffer, a file or other object with `read`, or an iterable of blocks.

    Files are read from where they stand, `BLOCK` bytes at a time, so that what wraps them (progress, CRC)
    sees the calls it would see on the wire.
    """
    if body is None:
        return ()
    if isinstance(body, bytes | str):
        whole = body if isinstance(body, bytes) else body.encode(TEXT)
        return (whole,) if whole else ()
    builder = BodyBuilder()
    for block in _blocks(body):
        builder.write(block)
    return builder.finish()


def _blocks(body: Any) -> Iterator[bytes]:
    if hasattr(body, "read"):
        while block := body.read(BLOCK):
            yield block.encode(TEXT) if isinstance(block, str) else block
        return
    try:
        whole = bytes(memoryview(body))
    except TypeError:
        for block in body:
            yield block.encode() if isinstance(block, str) else bytes(block)
    else:
        yield whole
