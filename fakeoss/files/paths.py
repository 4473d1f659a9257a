"""Keys as names of files: readable where that can be, encoded where a file system would take them amiss."""

from __future__ import annotations

import re
import unicodedata

SIDE = ".fakeoss"
"""The folder for everything that is not simply a file with an object's content."""

LONGEST = 200
"""Bytes in a file's name; most file systems take 255."""

_UNSAFE = re.compile(r'[%\\:*?"<>|]')
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)")


class Paths:
    """Gives each key a relative path of its own, with `/` between the parts."""

    def __init__(self) -> None:
        """No path is given yet."""
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def of(self, key: str) -> str | None:
        """The path for `key`, or None where it cannot have one.

        That is where a part is too long, or a file would stand where another key needs a folder, or where another
        key's path differs in case or in its Unicode form only.
        """
        parts = [file_name(part) for part in key.split("/")]
        if any(len(part.encode()) > LONGEST for part in parts):
            return None
        if parts[0].casefold() == SIDE:
            parts[0] = f"%2E{parts[0][1:]}"
        path = "/".join(parts)
        folders = {_alike("/".join(parts[:count])) for count in range(1, len(parts))}
        file = _alike(path)
        if file in self._files or file in self._folders or folders & self._files:
            return None
        self._files.add(file)
        self._folders |= folders
        return path


def file_name(part: str) -> str:
    """A part of a key as the name of a file or folder that nothing takes for a way out of its folder.

    Percent-encoded are names with a meaning (empty, `.`, `..`, devices of Windows), characters that one
    file system or other refuses, and `%` itself.
    """
    if not part:
        return "%2F"
    if part in (".", ".."):
        return "%2E" * len(part)
    name = "".join(_encoded(char) if not char.isprintable() or _UNSAFE.match(char) else char for char in part)
    if name[-1] in ". ":
        name = name[:-1] + _encoded(name[-1])
    return _encoded(name[0]) + name[1:] if _DEVICES.match(name) else name


def _encoded(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode())


def _alike(path: str) -> str:
    """What two paths have in common that are one file to some file systems."""
    return unicodedata.normalize("NFC", path).casefold()
