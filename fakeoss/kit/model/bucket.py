"""The reference model's bucket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fakeoss.kit import steps
from fakeoss.kit.model.keeping import Keeping
from fakeoss.kit.model.paging import cut, in_pages
from fakeoss.kit.model.records import SMALLEST_PART, Made, Refusal, Uploading, md5
from fakeoss.kit.steps import NOBODYS, NULL, Outcome, Step, Version, told


class Model(Keeping):
    """A bucket; `do` answers any step."""

    def __init__(self) -> None:
        """Empty, never versioned, without any configuration."""
        super().__init__()
        self.keys: dict[str, list[Made]] = {}
        self.uploads: list[Uploading] = []
        self.referers: tuple[bool, tuple[str, ...]] = (True, ())
        self.cors: tuple[Any, ...] | None = None
        self.tags: Mapping[str, str] = {}
        self._versions_made = 0
        self._uploads_made = 0

    def do(self, step: Step) -> Outcome:
        """Carry out one step."""
        answer: Callable[[Any], Outcome] = getattr(self, type(step).__name__.lower())
        try:
            return answer(step)
        except Refusal as refusal:
            return Outcome(str(refusal))

    def close(self) -> None:
        """Nothing is left behind."""

    # What is there

    def _stack(self, key: str) -> list[Made]:
        return self.keys.get(key, [])

    def _current(self, key: str) -> Made | None:
        stack = self._stack(key)
        return stack[0] if stack and not stack[0].is_marker else None

    def _read(self, key: str, version: Version, marker: str = "MethodNotAllowed") -> Made:
        """The version asked for; `marker` is the refusal where that is a delete marker."""
        if version is None:
            found = self._current(key)
            if found is None:
                raise Refusal("NoSuchKey")
            return found
        for made in self._stack(key):
            if made.version == version:
                if made.is_marker:
                    raise Refusal(marker)
                return made
        raise Refusal("NoSuchVersion")

    def _told_version(self, made: Made) -> Version:
        return None if self.versioning is None else made.version

    # What is written

    def _new_version(self) -> Version:
        if self.versioning != "Enabled":
            return NULL
        self._versions_made += 1
        return self._versions_made - 1

    def _room(self, key: str) -> None:
        """Refuse to make way for a new version of a key where the old one must stay."""
        if self.versioning != "Enabled" and any(m.version == NULL and self._is_kept(m) for m in self._stack(key)):
            raise Refusal("FileImmutable")

    def _push(self, key: str, made: Made) -> None:
        """A new version on top; there is never more than one called `null`."""
        below = [other for other in self._stack(key) if not (made.version == NULL and other.version == NULL)]
        self.keys[key] = [made, *below]

    # Objects

    def put(self, step: steps.Put) -> Outcome:
        """PutObject (reference 8.1.1)."""
        if step.forbid_overwrite and self.versioning is None and self._current(step.key):
            raise Refusal("FileAlreadyExists")
        self._room(step.key)
        content_type = step.content_type or "application/octet-stream"
        made = Made(self._new_version(), self.day, "Normal", step.data, step.meta, content_type, etag=md5(step.data))
        self._push(step.key, made)
        return told(etag=made.etag, version=self._told_version(made))

    def append(self, step: steps.Append) -> Outcome:
        """AppendObject (reference 8.1.4)."""
        found = self._current(step.key)
        if found is not None and found.kind != "Appendable":
            raise Refusal("ObjectNotAppendable")
        if step.position != (0 if found is None else len(found.data)):
            raise Refusal("PositionNotEqualToLength")
        if found is not None and self._is_kept(found):
            raise Refusal("FileImmutable")
        if found is None:
            found = Made(self._new_version(), self.day, "Appendable")
            self._push(step.key, found)
        found.data += step.data
        found.day = self.day
        return told(next=len(found.data))

    def copy(self, step: steps.Copy) -> Outcome:
        """CopyObject (reference 8.1.3); what is appendable stays so, but not where versions are kept (A102, A103)."""
        source = self._read(step.source, step.version, marker="NoSuchKey")
        if source.kind == "Appendable" and self.versioning is not None:
            raise Refusal("OperationNotSupported")
        self._room(step.key)
        onto_itself = step.source == step.key and step.version is None and self.versioning != "Enabled"
        meta = (step.meta or {}) if onto_itself or step.meta is not None else source.meta
        made = Made(self._new_version(), self.day, source.kind, source.data, meta, source.content_type, source.tags)
        made.etag = source.etag
        self._push(step.key, made)
        return told(etag=made.etag, version=self._told_version(made))

    def get(self, step: steps.Get) -> Outcome:
        """GetObject (reference 8.1.2)."""
        found = self._read(step.key, step.version)
        self._judge(found, step.when)
        span = self._span(step, len(found.data))
        if span is None:
            return told(data=found.data, size=len(found.data), **self._facts(found))
        data = found.data[span[0] : span[1] + 1]
        shown = f"bytes {span[0]}-{span[1]}/{len(found.data)}"
        return told(data=data, size=len(data), span=shown, **self._facts(found))

    def head(self, step: steps.Head) -> Outcome:
        """HeadObject (reference 8.1.10)."""
        found = self._read(step.key, step.version)
        self._judge(found, step.when)
        return told(size=len(found.data), **self._facts(found))

    def _facts(self, made: Made) -> dict[str, Any]:
        return {
            "kind": made.kind,
            "etag": made.etag,
            "meta": dict(made.meta),
            "content_type": made.content_type,
            "version": self._told_version(made),
            "tags": len(made.tags),
        }

    def _judge(self, made: Made, when: steps.When) -> None:
        """All conditions must hold; what fails outright comes before what has not changed."""
        if when.match == "other" or (when.unmodified_since is not None and when.unmodified_since < 0):
            raise Refusal("PreconditionFailed")
        same = when.none_match in ("same", "*")
        if same or (when.modified_since is not None and when.modified_since >= 0):
            raise Refusal("NotModified")

    def _span(self, step: steps.Get, size: int) -> tuple[int, int] | None:
        """First and last position; None for the whole object, which a range that is not wholly inside means too.

        With the standard behaviour the end is cut instead, and a first position beyond it is refused.
        """
        if step.span is None:
            return None
        first, _, last = step.span.removeprefix("bytes=").partition("-")
        if not first:
            count = min(int(last), size) if step.standard else int(last)
            return (size - count, size - 1) if 0 < count <= size else None
        start, end = int(first), int(last) if last else max(size - 1, int(first))
        if start > end:
            return None
        if start >= size and step.standard:
            raise Refusal("InvalidRange")
        if end < size:
            return start, end
        return (start, size - 1) if step.standard else None

    def delete(self, step: steps.Delete) -> Outcome:
        """DeleteObject (reference 8.1.5)."""
        marker, _ = self._delete(step.key, step.version, bypass=step.bypass)
        return told(marker=marker)

    def _delete(self, key: str, version: Version, *, bypass: bool = False) -> tuple[bool, Version]:
        """Whether a delete marker was made or removed, and which."""
        if version is not None:
            return self._delete_version(key, version, bypass)
        if self.versioning is None:
            self._room(key)
            self.keys.pop(key, None)
            return False, None
        self._room(key)
        made = Made(self._new_version(), self.day, "Marker")
        self._push(key, made)
        return True, made.version

    def _delete_version(self, key: str, version: Version, bypass: bool) -> tuple[bool, Version]:
        for made in self._stack(key):
            if made.version == version:
                if self._is_kept(made, bypass=bypass):
                    raise Refusal("FileImmutable")
                self.keys[key].remove(made)
                return made.is_marker, made.version if made.is_marker else None
        return False, None

    def deletemany(self, step: steps.DeleteMany) -> Outcome:
        """DeleteMultipleObjects (reference 8.1.6)."""
        known = self._versions_made
        deleted = [(key, self._echo(version, known), *self._delete(key, version)) for key, version in step.objects]
        return told(deleted=sorted(deleted, key=lambda each: each[0]))

    def _echo(self, version: Version, known: int) -> Version:
        """A version as an answer repeats it, where `known` of them were there when it was asked for."""
        if self.versioning is None:
            return None
        return NOBODYS if isinstance(version, int) and version >= known else version

    # Tags

    def settags(self, step: steps.SetTags) -> Outcome:
        """PutObjectTagging (reference 8.6.1)."""
        self._read(step.key, step.version).tags = dict(step.tags)
        return told()

    def gettags(self, step: steps.GetTags) -> Outcome:
        """GetObjectTagging (reference 8.6.2)."""
        return told(tags=dict(self._read(step.key, step.version).tags))

    def deletetags(self, step: steps.DeleteTags) -> Outcome:
        """DeleteObjectTagging (reference 8.6.3)."""
        self._read(step.key, step.version).tags = {}
        return told()

    # Listings

    def list(self, step: steps.List) -> Outcome:
        """ListObjectsV2 (reference 7.1.6)."""
        return self._listed(step.prefix, step.delimiter, step.start_after, step.page)

    def listold(self, step: steps.ListOld) -> Outcome:
        """ListObjects (reference 7.1.5)."""
        return self._listed(step.prefix, step.delimiter, step.start_after, step.page)

    def _listed(self, prefix: str, delimiter: str, after: str, page: int) -> Outcome:
        keys = [key for key in sorted(self.keys) if self._current(key) and key > after]
        entries = [(key, (key, len(self._read(key, None).data))) for key in keys]
        pages = [(tuple(found), groups) for found, groups in in_pages(entries, prefix, delimiter, page)]
        return told(pages=pages)

    def listversions(self, step: steps.ListVersions) -> Outcome:
        """ListObjectVersions (reference 7.9.3)."""
        entries = [
            (key, (made.is_marker, (key, made.version, index == 0, len(made.data))))
            for key in sorted(self.keys)
            for index, made in enumerate(self.keys[key])
        ]
        pages = []
        for found, groups in in_pages(entries, step.prefix, step.delimiter, step.page):
            versions = tuple(entry for is_marker, entry in found if not is_marker)
            markers = tuple(entry[:3] for is_marker, entry in found if is_marker)
            pages.append((versions, markers, groups))
        return told(pages=pages)

    # Versioning

    def setversioning(self, step: steps.SetVersioning) -> Outcome:
        """PutBucketVersioning (reference 7.9.1)."""
        if step.status == "Suspended" and (self._policy() or self.keeps_objects):
            raise Refusal("InvalidRequest")
        self.versioning = step.status
        return told()

    def getversioning(self, step: steps.GetVersioning) -> Outcome:
        """GetBucketVersioning (reference 7.9.2)."""
        return told(status=self.versioning)

    # Multipart uploads

    def initiate(self, step: steps.Initiate) -> Outcome:
        """InitiateMultipartUpload (reference 8.5.1)."""
        upload = Uploading(self._uploads_made, step.key, step.meta)
        self._uploads_made += 1
        self.uploads.append(upload)
        return told(upload=upload.number)

    def _upload(self, key: str, number: int) -> Uploading:
        for upload in self.uploads:
            if (upload.key, upload.number) == (key, number):
                return upload
        raise Refusal("NoSuchUpload")

    def uploadpart(self, step: steps.UploadPart) -> Outcome:
        """UploadPart (reference 8.5.2)."""
        self._upload(step.key, step.upload).parts[step.number] = step.data
        return told(etag=md5(step.data))

    def complete(self, step: steps.Complete) -> Outcome:
        """CompleteMultipartUpload (reference 8.5.4)."""
        if not step.numbers:
            raise Refusal("MalformedXML")
        upload = self._upload(step.key, step.upload)
        if list(step.numbers) != sorted(set(step.numbers)):
            raise Refusal("InvalidPartOrder")
        if any(number not in upload.parts for number in step.numbers):
            raise Refusal("InvalidPart")
        parts = [upload.parts[number] for number in step.numbers]
        if any(len(part) < SMALLEST_PART for part in parts[:-1]):
            raise Refusal("EntityTooSmall")
        self._room(step.key)
        self.uploads.remove(upload)
        made = Made(self._new_version(), self.day, "Multipart", b"".join(parts), upload.meta)
        self._push(step.key, made)
        return told(version=self._told_version(made))

    def abort(self, step: steps.Abort) -> Outcome:
        """AbortMultipartUpload (reference 8.5.5)."""
        self.uploads.remove(self._upload(step.key, step.upload))
        return told()

    def listparts(self, step: steps.ListParts) -> Outcome:
        """ListParts (reference 8.5.7)."""
        parts = self._upload(step.key, step.upload).parts
        entries = [(number, len(parts[number]), md5(parts[number])) for number in sorted(parts)]
        return told(pages=list(cut(entries, step.page)) or [()])

    def listuploads(self, step: steps.ListUploads) -> Outcome:
        """ListMultipartUploads (reference 8.5.6): the order of the uploads of one key is nobody's business."""
        entries = sorted((upload.key, upload.number) for upload in self.uploads)
        pages = list(
            in_pages([(key, (key, number)) for key, number in entries], step.prefix, step.delimiter, step.page)
        )
        sizes = [len(found) + len(groups) for found, groups in pages]
        uploads = sorted(entry for found, _ in pages for entry in found)
        return told(sizes=sizes, uploads=uploads, prefixes=[group for _, groups in pages for group in groups])

    # Time

    def advance(self, step: steps.Advance) -> Outcome:
        """Let days pass."""
        self.day += step.days
        return told()

    # Configurations

    def setreferers(self, step: steps.SetReferers) -> Outcome:
        """PutBucketReferer (reference 7.10.1)."""
        self.referers = (step.allow_empty, step.referers)
        return told()

    def getreferers(self, step: steps.GetReferers) -> Outcome:
        """GetBucketReferer (reference 7.10.2): anybody may come until it is set."""
        return told(allow_empty=self.referers[0], referers=self.referers[1])

    def setcors(self, step: steps.SetCors) -> Outcome:
        """PutBucketCors (reference 7.12.1)."""
        self.cors = step.rules
        return told()

    def getcors(self, step: steps.GetCors) -> Outcome:
        """GetBucketCors (reference 7.12.2)."""
        if self.cors is None:
            raise Refusal("NoSuchCORSConfiguration")
        return told(rules=self.cors)

    def deletecors(self, step: steps.DeleteCors) -> Outcome:
        """DeleteBucketCors (reference 7.12.3)."""
        self.cors = None
        return told()

    def setbuckettags(self, step: steps.SetBucketTags) -> Outcome:
        """PutBucketTags (reference 7.13.1)."""
        self.tags = dict(step.tags)
        return told()

    def getbuckettags(self, step: steps.GetBucketTags) -> Outcome:
        """GetBucketTags (reference 7.13.2)."""
        return told(tags=dict(self.tags))

    def deletebuckettags(self, step: steps.DeleteBucketTags) -> Outcome:
        """DeleteBucketTags (reference 7.13.3)."""
        self.tags = {}
        return told()
