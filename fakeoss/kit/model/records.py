"""What the reference model keeps: versions, uploads, a retention policy."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from fakeoss.kit.steps import Version

SMALLEST_PART = 102_400
"""Bytes that every part but the last has at least (reference 8.5, CompleteMultipartUpload)."""

LONGEST_RETENTION = 70 * 365
"""Days (reference 7.2.1: 70 years)."""


@dataclass
class Made:
    """One version of an object, or a delete marker, where `kind` is `Marker`.

    Its retention has a `mode` and lasts `until` a day, that one not included; `held` tells of a legal hold.
    """

    version: Version
    day: int
    kind: str = "Normal"
    data: bytes = b""
    meta: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/octet-stream"
    tags: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    mode: str = ""
    until: int = 0
    held: bool = False

    @property
    def is_marker(self) -> bool:
        """Whether this only hides what is below."""
        return self.kind == "Marker"


@dataclass
class Uploading:
    """A multipart upload under way."""

    number: int
    key: str
    meta: Mapping[str, str]
    parts: dict[int, bytes] = field(default_factory=dict)


@dataclass
class Policy:
    """A retention policy and the day it was made."""

    days: int
    day: int
    locked: bool = False


class Refusal(Exception):  # noqa: N818 - it is the service's answer, not an error of the model
    """The code of a refusal."""


def md5(data: bytes) -> str:
    """The ETag of an object put in one piece."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest().upper()
