"""The one source of identifiers, in the service's shapes, the same for the same seed.

An id is a hash of (seed, kind, counter): unlike a random generator this needs no hidden state but the
counter, which snapshots keep, so a restored fake goes on exactly as it did the first time.
Request ids, of which there are by far the most, scatter the counter without hashing it.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import threading
from datetime import datetime

_SCATTER = 0x9E3779B97F4A7C15
"""Odd, so that no two counters below 2**64 give one product there; neighbours come to lie far apart."""


class Ids:
    """Identifiers of one fake; safe to use from several threads."""

    def __init__(self, seed: int = 0, counter: int = 0) -> None:
        """Two sources of one seed and counter give the same ids in the same order."""
        self.seed = seed
        self.lock = threading.Lock()
        """Guards the counter; whoever holds it draws no id."""
        self._key = hashlib.blake2b(repr(seed).encode(), digest_size=32).digest()
        self._offset = int.from_bytes(self._key[:8], "big")
        self._keyed: dict[int, hashlib.blake2b] = {}
        self._next = itertools.count(counter + 1)
        self._counter = counter

    @property
    def counter(self) -> int:
        """How many ids were given out; `restore` takes it back."""
        return self._counter

    def restore(self, counter: int) -> None:
        """Go on from `counter`, as noted earlier."""
        with self.lock:
            self._next = itertools.count(counter + 1)
            self._counter = counter

    def sequence(self) -> int:
        """A number larger than every one before; orders versions."""
        with self.lock:
            self._counter = next(self._next)
            return self._counter

    def _digest(self, kind: str, size: int) -> bytes:
        begun = self._keyed.get(size)
        if begun is None:  # working the key in takes as long as an id
            begun = self._keyed[size] = hashlib.blake2b(key=self._key, digest_size=size)
        digest = begun.copy()
        digest.update(f"{kind}:{self.sequence()}".encode())
        return digest.digest()

    def request(self, now: datetime) -> str:
        """A request id: 24 upper-case hex digits, the first eight the moment in Unix seconds."""
        seconds = int(now.timestamp()) & 0xFFFFFFFF
        number = (self.sequence() * _SCATTER + self._offset) & 0xFFFFFFFFFFFFFFFF
        return f"{seconds:08X}{number:016X}"

    def version(self) -> str:
        """A version id: 64 characters of base64 with `.` and `_`, as the service's own (it packs four fields)."""
        unique = self._digest("version", 24)
        number = bytes(byte | 0x80 for byte in unique[:8]) + b"\x17"
        packed = b"\x08\x01\x10\x32\x18" + number + b"\x22\x20" + unique[8:].hex().encode()
        return base64.b64encode(packed, altchars=b"._").decode()

    def upload(self) -> str:
        """An upload id: 32 upper-case hex digits."""
        return self._digest("upload", 16).hex().upper()

    def hex(self, kind: str, digits: int = 32) -> str:
        """A lower-case hex id of `digits` (even) digits for everything else; `kind` keeps kinds apart."""
        return self._digest(kind, digits // 2).hex()

    def uuid(self, kind: str) -> str:
        """An id in the shape of a UUID, such as a KMS key's."""
        text = self.hex(kind)
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))

    def fixed(self, kind: str, name: str) -> str:
        """An id in the shape of a UUID that is the same whenever it is asked for `name`."""
        text = hashlib.blake2b(f"{kind}={name}".encode(), key=self._key, digest_size=16).hexdigest()
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
