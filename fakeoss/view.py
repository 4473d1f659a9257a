"""A bucket as a test looks at it: plain reads for assertions, past every rule and signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, takewhile
from typing import TypeVar

from fakeoss import errors
from fakeoss.state.bucket import Bucket
from fakeoss.state.objects import DeleteMarker, ObjectVersion
from fakeoss.state.uploads import Upload
from fakeoss.state.version_stack import VersionStack
from fakeoss.wire.encoding import text_of_header

T = TypeVar("T")

_TOLD = 10
"""Keys that a message names."""


class BucketView:
    """One bucket, always as it is at the moment of the question.

    Raises `KeyError` for keys and versions that are not there and tells what is, `TypeError` for those that are no
    text, the service's NoSuchBucket once the bucket is gone.
    """

    def __init__(self, name: str, look: Callable[[], Bucket | None]) -> None:
        """Made by `FakeOSS.bucket`; `look` finds the bucket as it is now."""
        self.name = name
        self._look = look

    @property
    def value(self) -> Bucket:
        """The state's own immutable value."""
        bucket = self._look()
        if bucket is None:
            raise errors.NoSuchBucket(BucketName=self.name)
        return bucket

    def _object(self, key: str, version_id: str | None = None) -> ObjectVersion:
        if version_id is not None:
            _check_text("a version is called by its id, a text", version_id)
        stack = self._stack(key)
        if stack is None:
            raise KeyError(f"{self.name} has no object {key!r}; there are {self._told()}")
        found = stack.latest if version_id is None else stack.get(version_id)
        if isinstance(found, ObjectVersion):
            return found
        if found is None:
            versions = ", ".join(repr(version.version_id) for version in stack)
            raise KeyError(f"{self.name} has no version {version_id!r} of {key!r}; there are {versions}")
        which = "the latest version" if version_id is None else f"version {version_id!r}"
        raise KeyError(f"{self.name} has no object {key!r}: {which} is a delete marker")

    def _stack(self, key: str) -> VersionStack | None:
        _check_text("the key of an object is a text", key)
        return self.value.objects.stack(key)

    def _told(self) -> str:
        """The first keys, for messages."""
        first = list(islice(self, _TOLD + 1))
        return ", ".join([*map(repr, first[:_TOLD]), *(["..."] if len(first) > _TOLD else [])]) or "none"

    def keys(self, prefix: str = "") -> list[str]:
        """The keys of the current objects that begin with `prefix`, in order."""
        _check_text("a prefix of keys is a text", prefix)
        live = self.value.objects.live(start=prefix)
        return [key for key, _ in takewhile(lambda entry: entry[0].startswith(prefix), live)]

    def read(self, key: str, version_id: str | None = None) -> bytes:
        """The content of an object or of one version of it."""
        return b"".join(self._object(key, version_id).payload.segments)

    def head(self, key: str, version_id: str | None = None) -> ObjectVersion:
        """Everything known of an object or of one version of it."""
        return self._object(key, version_id)

    def metadata(self, key: str, version_id: str | None = None) -> dict[str, str]:
        """The user metadata, names without their prefix; UTF-8 is shown as the text it is."""
        return {name: text_of_header(value) for name, value in self._object(key, version_id).meta.items()}

    def tags(self, key: str, version_id: str | None = None) -> dict[str, str]:
        """The tags of an object."""
        return dict(self._object(key, version_id).tags)

    def acl(self, key: str | None = None, version_id: str | None = None) -> str:
        """The ACL of the bucket, or of an object (`default` until set)."""
        return self.value.acl if key is None else self._object(key, version_id).acl

    def versions(self, key: str) -> list[ObjectVersion | DeleteMarker]:
        """Every version and delete marker of a key, newest first; empty where there is none."""
        stack = self._stack(key)
        return [] if stack is None else list(stack)

    def uploads(self) -> list[Upload]:
        """The multipart uploads under way, by key and upload id."""
        return [upload for _, upload in self.value.uploads.items()]

    def configuration(self, kind: type[T]) -> T | None:
        """A bucket configuration by its class, or None where none is set; raises TypeError for what is no class."""
        if not isinstance(kind, type):
            raise TypeError(
                f"give a class of fakeoss.state.configurations, such as cors.CorsConfiguration, not {kind!r}"
            )
        return self.value.configuration(kind)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and isinstance(self.value.objects.current(key), ObjectVersion)

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self.value.objects.live())

    def __len__(self) -> int:
        return self.value.objects.live_count

    def __repr__(self) -> str:
        return f"<bucket {self.name!r}>"


def _check_text(rule: str, value: object) -> None:
    """Refuse with the rule what is no text, before it is compared with keys."""
    if not isinstance(value, str):
        raise TypeError(f"{rule}, not {value!r}")
