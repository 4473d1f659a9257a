"""What every target that speaks to a service shares: its numbers, its prefix, and the dispatch of steps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from fakeoss import clock
from fakeoss.kit import steps
from fakeoss.kit.steps import Outcome, Step, Version, told
from fakeoss.kit.targets.target import UNKNOWN_UPLOAD, UNKNOWN_VERSION, Numbers
from fakeoss.wire.dates import http_date, parse_iso_date

OTHER_ETAG = '"00000000000000000000000000000000"'
LONG_AGO = datetime(2020, 1, 1, tzinfo=timezone.utc)


MOST_PAGES = 200
"""Pages after which a listing is taken for one without end."""


class Refused(Exception):  # noqa: N818 - it is the service's answer
    """A refusal of the service by its code; `NotModified` where the answer has none."""


class Client(ABC):
    """A bucket behind a client; keys are kept below `prefix` and shown without it."""

    def __init__(self, bucket: str, prefix: str = "") -> None:
        """The bucket exists already."""
        self.bucket = bucket
        self.prefix = prefix
        self.versions = Numbers(UNKNOWN_VERSION)
        self.uploads = Numbers(UNKNOWN_UPLOAD)
        self.worm_id = "0" * 32
        self.parts: dict[tuple[str, int], str] = {}

    def do(self, step: Step) -> Outcome:
        """Carry out one step."""
        answer: Callable[[Any], Outcome] = getattr(self, type(step).__name__.lower())
        try:
            return answer(step)
        except Refused as refusal:
            return Outcome(str(refusal))

    def close(self) -> None:  # noqa: B027 - most have nothing to do
        """Nothing is held open."""

    def advance(self, step: steps.Advance) -> Outcome:
        """Time is the stage's business."""
        return told()

    @abstractmethod
    def look(self, key: str, version: str | None) -> tuple[str, datetime] | None:
        """ETag in quotes and last modification of an object, None where there is none."""

    # From steps to requests

    def key(self, key: str) -> str:
        """The key as the service knows it."""
        return self.prefix + key

    def version(self, version: Version) -> str | None:
        """The id of a version."""
        return self.versions.id(version)

    def upload(self, upload: int) -> str:
        """The id of an upload."""
        return self.uploads.id(upload) or UNKNOWN_UPLOAD

    def when(self, step: steps.Get | steps.Head) -> dict[str, str]:
        """The header fields of a step's conditions."""
        when = step.when
        if when == steps.When():
            return {}
        etag, modified = self.look(self.key(step.key), self.version(step.version)) or (OTHER_ETAG, LONG_AGO)
        etags = {"same": etag, "other": OTHER_ETAG, "*": "*"}
        fields = {
            "If-Match": when.match and etags[when.match],
            "If-None-Match": when.none_match and etags[when.none_match],
            "If-Modified-Since": _moment(modified, when.modified_since),
            "If-Unmodified-Since": _moment(modified, when.unmodified_since),
        }
        return {name: value for name, value in fields.items() if value}

    # From answers to facts

    def shown(self, key: str) -> str:
        """A key or common prefix without the target's own prefix."""
        return key[len(self.prefix) :]

    def groups(self, prefixes: Iterable[str]) -> tuple[str, ...]:
        """Common prefixes."""
        return tuple(map(self.shown, prefixes))

    def of_object(
        self,
        *,
        kind: str | None,
        etag: str | None,
        meta: Mapping[str, str] | None,
        content_type: str | None,
        version: str | None,
        tags: int | str | None,
    ) -> dict[str, Any]:
        """The facts of a read."""
        return {
            "kind": kind,
            "etag": foreseeable(kind, etag),
            "meta": {name.lower(): value for name, value in (meta or {}).items()},
            "content_type": content_type,
            "version": self.versions.seen(version),
            "tags": int(tags or 0),
        }

    def entries(self, found: Iterable[tuple[str, str, bool, int]]) -> tuple[tuple[Any, ...], ...]:
        """Versions of a listing: key, version, whether it is the latest, size."""
        return tuple(
            (self.shown(key), self.versions.seen(version), latest, size) for key, version, latest, size in found
        )

    def deleted(self, found: Iterable[tuple[str, str | None, bool, str | None]]) -> Outcome:
        """What a batch deleted: key, version asked for, whether a marker was made or removed, and which."""
        rows = [
            (self.shown(key), self.versions.seen(version), marker, self.versions.seen(marker_version))
            for key, version, marker, marker_version in found
        ]
        return told(deleted=sorted(rows, key=lambda row: row[0]))

    def uploads_listed(self, pages: Iterable[tuple[list[tuple[str, str]], list[str]]]) -> Outcome:
        """The uploads of all pages, without regard to their order within a key."""
        found = [([(self.shown(key), self.uploads.seen(name)) for key, name in ups], groups) for ups, groups in pages]
        return told(
            sizes=[len(ups) + len(groups) for ups, groups in found],
            uploads=sorted((key, int(number or 0)) for ups, _ in found for key, number in ups),
            prefixes=[group for _, groups in found for group in self.groups(groups)],
        )


def foreseeable(kind: str | None, etag: str | None) -> str | None:
    """The ETag where the content alone decides it: the MD5 of what was put in one piece; without quotes."""
    bare = (etag or "").strip('"')
    return bare if kind in (None, "Normal") and len(bare.rstrip("0")) > 24 and "-" not in bare else None


def retained(mode: str | None, until: str | None) -> Outcome:
    """A version's retention, its end told in days from now."""
    moment = parse_iso_date(until or "")
    if not mode or moment is None:
        return told(mode="")
    return told(mode=mode, days=round((moment - clock.now()) / timedelta(days=1)))


def check_pages(number: int) -> None:
    """Refuse, in the service's name, to go on with a listing that does not end."""
    if number > MOST_PAGES:
        raise Refused("EndlessListing")


def _moment(modified: datetime, seconds: int | None) -> str | None:
    return None if seconds is None else http_date(modified + timedelta(seconds=seconds))
