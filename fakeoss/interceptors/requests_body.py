"""Reading the body a caller gave to `requests`, in the blocks and the encoding that the wire would see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from urllib3 import __version__ as urllib3_version  # type: ignore[attr-defined] # it has one, though no stub says so

from fakeoss.wire.message import BLOCK, Body, BodyBuilder

_OLD = urllib3_version.startswith("1.")
_TEXT = "iso-8859-1" if _OLD else "utf-8"
_BLOCK = 8_192 if _OLD else BLOCK
"""Before version 2 urllib3 left text and files to `http.client`."""


def read_body(body: Any) -> Body:
    """The whole body: bytes, text, any buffer, a file or other object with `read`, or an iterable of blocks.

    Files are read from where they stand, in the blocks that urllib3 would ask for, so that what wraps them
    (progress, CRC) sees the calls it would see on the wire.
    """
    if body is None:
        return ()
    if isinstance(body, bytes | str):
        whole = body if isinstance(body, bytes) else body.encode(_TEXT)
        return (whole,) if whole else ()
    builder = BodyBuilder()
    for block in _blocks(body):
        builder.write(block)
    return builder.finish()


def _blocks(body: Any) -> Iterator[bytes]:
    if hasattr(body, "read"):
        while block := body.read(_BLOCK):
            yield block.encode(_TEXT) if isinstance(block, str) else block
        return
    try:
        whole = bytes(memoryview(body))
    except TypeError:
        for block in body:
            yield block.encode() if isinstance(block, str) else bytes(block)
    else:
        yield whole
