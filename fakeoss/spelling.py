"""What somebody may have meant by a name that nobody knows: the end of a message that refuses it."""

from __future__ import annotations

from collections.abc import Collection


def hint(name: str, known: Collection[str]) -> str:
    """`; did you mean PutObject?`, whatever the case and the underscores; empty where nothing is like it."""
    import difflib  # most processes never refuse a name

    plain = {_plain(each): each for each in known}
    near = [plain[match] for match in difflib.get_close_matches(_plain(name), plain, n=3)]
    exact = plain.get(_plain(name))
    found = near if exact is None else [exact]
    return f"; did you mean {' or '.join(found)}?" if found else ""


def hint_or_all(name: str, known: Collection[str]) -> str:
    """The hint, or where nothing is like it all that there is: `; there are a, b`."""
    return hint(name, known) or f"; there are {', '.join(known)}"


def _plain(name: str) -> str:
    return name.lower().replace("_", "")
