"""The further headers that a signature of V2 or V4 covers, as a request lists them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from fakeoss.wire.message import Headers


class Flaw(NamedTuple):
    """What is wrong with a list: it names nothing, it has a gap, or it names a header that was not sent."""

    kind: Literal["empty", "gap", "absent"]
    why: str


def names_in(text: str) -> tuple[str, ...]:
    """The header names of a list such as `Range;host`, lower case and sorted, gaps left out."""
    return tuple(sorted(name.strip().lower() for name in text.split(";") if name.strip()))


def flaw_in(text: str, headers: Headers) -> Flaw | None:
    """Why a list cannot be used with these headers, None where it can (help pages 0002-00000110 to 0002-00000112).

    The service drops headers with an underscore in their name, so they count as not sent. Host always is.
    """
    names = names_in(text)
    if not names:
        return Flaw("empty", "the list of additional headers names none")
    if len(names) != text.count(";") + 1:
        return Flaw("gap", f"the list of additional headers has a gap: {text!r}")
    for name in names:
        if "_" in name or (name != "host" and headers.get(name) is None):
            return Flaw("absent", f"the signature covers the header {name!r}, and the request has none")
    return None
