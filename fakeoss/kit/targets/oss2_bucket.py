"""A bucket driven through oss2."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone
from itertools import count
from typing import Any

import oss2
from oss2 import models

from fakeoss.kit import steps
from fakeoss.kit.steps import Outcome, Step, told
from fakeoss.kit.targets.client import Client, Refused, check_pages, foreseeable
from fakeoss.operations import retaining

_META = "x-oss-meta-"


class Oss2(Client):
    """An `oss2.Bucket`; every step is one call of it, or a call a page."""

    def __init__(self, client: oss2.Bucket, prefix: str = "") -> None:
        """The bucket exists already."""
        super().__init__(client.bucket_name, prefix)
        self._client = client

    def do(self, step: Step) -> Outcome:
        """Carry out one step."""
        try:
            return super().do(step)
        except oss2.exceptions.ServerError as error:
            return Outcome("NotModified" if error.status == 304 else error.code)

    def look(self, key: str, version: str | None) -> tuple[str, datetime] | None:
        """As HEAD tells it."""
        try:
            found = self._client.head_object(key, params=_of_version(version))
        except oss2.exceptions.ServerError:
            return None
        return f'"{found.etag}"', datetime.fromtimestamp(found.last_modified, timezone.utc)

    # Objects

    def put(self, step: steps.Put) -> Outcome:
        """PutObject."""
        headers = _meta(step.meta) | {"Content-Type": step.content_type or "application/octet-stream"}
        if step.forbid_overwrite:
            headers["x-oss-forbid-overwrite"] = "true"
        return self._written(self._client.put_object(self.key(step.key), bytes(step.data), headers=headers))

    def _written(self, found: Any) -> Outcome:
        return told(etag=foreseeable("Normal", found.etag), version=self.versions.seen(found.versionid))

    def append(self, step: steps.Append) -> Outcome:
        """AppendObject."""
        headers = {"Content-Type": "application/octet-stream"}
        found = self._client.append_object(self.key(step.key), step.position, bytes(step.data), headers=headers)
        return told(next=found.next_position)

    def copy(self, step: steps.Copy) -> Outcome:
        """CopyObject."""
        headers = None if step.meta is None else _meta(step.meta) | {"x-oss-metadata-directive": "REPLACE"}
        source, key = self.key(step.source), self.key(step.key)
        params = _of_version(self.version(step.version))
        return self._written(self._client.copy_object(self.bucket, source, key, headers=headers, params=params))

    def get(self, step: steps.Get) -> Outcome:
        """GetObject."""
        headers = self.when(step)
        if step.span is not None:
            headers["Range"] = step.span
        if step.standard:
            headers["x-oss-range-behavior"] = "standard"
        params = _of_version(self.version(step.version))
        found = self._client.get_object(self.key(step.key), headers=headers, params=params)
        data = found.read()
        return told(data=data, size=found.content_length, span=found.headers.get("Content-Range"), **self._facts(found))

    def head(self, step: steps.Head) -> Outcome:
        """HeadObject."""
        params = _of_version(self.version(step.version))
        found = self._client.head_object(self.key(step.key), headers=self.when(step), params=params)
        return told(size=found.content_length, **self._facts(found))

    def _facts(self, found: Any) -> dict[str, Any]:
        named = {name.lower(): value for name, value in found.headers.items()}
        return self.of_object(
            kind=found.object_type,
            etag=found.etag,
            meta={name[len(_META) :]: value for name, value in named.items() if name.startswith(_META)},
            content_type=found.content_type,
            version=found.versionid,
            tags=named.get("x-oss-tagging-count"),
        )

    def delete(self, step: steps.Delete) -> Outcome:
        """DeleteObject."""
        headers = {retaining.BYPASS: "true"} if step.bypass else None
        params = _of_version(self.version(step.version))
        found = self._client.delete_object(self.key(step.key), params=params, headers=headers)
        self.versions.seen(found.versionid if step.version is None else None)
        return told(marker=bool(found.delete_marker))

    def deletemany(self, step: steps.DeleteMany) -> Outcome:
        """DeleteMultipleObjects."""
        objects = models.BatchDeleteObjectVersionList()
        for key, version in step.objects:
            objects.append(models.BatchDeleteObjectVersion(self.key(key), self.version(version)))
        found = self._client.delete_object_versions(objects).delete_versions
        return self.deleted(
            (each.key, each.versionid, each.delete_marker, each.delete_marker_versionid) for each in found
        )

    # Tags

    def settags(self, step: steps.SetTags) -> Outcome:
        """PutObjectTagging."""
        params = _of_version(self.version(step.version))
        self._client.put_object_tagging(self.key(step.key), _tagging(step.tags), params=params)
        return told()

    def gettags(self, step: steps.GetTags) -> Outcome:
        """GetObjectTagging."""
        found = self._client.get_object_tagging(self.key(step.key), params=_of_version(self.version(step.version)))
        return told(tags=dict(found.tag_set.tagging_rule))

    def deletetags(self, step: steps.DeleteTags) -> Outcome:
        """DeleteObjectTagging."""
        self._client.delete_object_tagging(self.key(step.key), params=_of_version(self.version(step.version)))
        return told()

    # Listings

    def list(self, step: steps.List) -> Outcome:
        """ListObjectsV2."""
        asked = {"prefix": self.key(step.prefix), "delimiter": step.delimiter, "max_keys": step.page}
        after = self.key(step.start_after) if step.start_after else ""
        found = _pages(
            lambda token: self._client.list_objects_v2(continuation_token=token, start_after=after, **asked),
            "",
            lambda page: page.next_continuation_token,
        )
        return self._listed(found)

    def listold(self, step: steps.ListOld) -> Outcome:
        """ListObjects."""
        asked = {"prefix": self.key(step.prefix), "delimiter": step.delimiter, "max_keys": step.page}
        marker = self.key(step.start_after) if step.start_after else ""
        found = _pages(
            lambda marker: self._client.list_objects(marker=marker, **asked), marker, lambda page: page.next_marker
        )
        return self._listed(found)

    def _listed(self, found: Iterator[Any]) -> Outcome:
        pages = [
            (tuple((self.shown(each.key), each.size) for each in page.object_list), self.groups(page.prefix_list))
            for page in found
        ]
        return told(pages=pages)

    def listversions(self, step: steps.ListVersions) -> Outcome:
        """ListObjectVersions."""
        asked = {"prefix": self.key(step.prefix), "delimiter": step.delimiter, "max_keys": step.page}
        found = _pages(
            lambda at: self._client.list_object_versions(key_marker=at[0], versionid_marker=at[1], **asked),
            ("", ""),
            lambda page: (page.next_key_marker, page.next_versionid_marker),
        )
        pages = []
        for page in found:
            versions = self.entries((v.key, v.versionid, v.is_latest, int(v.size)) for v in page.versions)
            markers = self.entries((m.key, m.versionid, m.is_latest, -1) for m in page.delete_marker)
            pages.append((versions, tuple(each[:3] for each in markers), self.groups(page.common_prefix)))
        return told(pages=pages)

    # Versioning

    def setversioning(self, step: steps.SetVersioning) -> Outcome:
        """PutBucketVersioning."""
        self._client.put_bucket_versioning(models.BucketVersioningConfig(step.status))
        return told()

    def getversioning(self, step: steps.GetVersioning) -> Outcome:
        """GetBucketVersioning."""
        return told(status=self._client.get_bucket_versioning().status)

    # Multipart uploads

    def initiate(self, step: steps.Initiate) -> Outcome:
        """InitiateMultipartUpload."""
        headers = _meta(step.meta) | {"Content-Type": "application/octet-stream"}
        found = self._client.init_multipart_upload(self.key(step.key), headers=headers)
        return told(upload=self.uploads.seen(found.upload_id))

    def uploadpart(self, step: steps.UploadPart) -> Outcome:
        """UploadPart."""
        upload = self.upload(step.upload)
        found = self._client.upload_part(self.key(step.key), upload, step.number, bytes(step.data))
        self.parts[upload, step.number] = found.etag
        return told(etag=foreseeable(None, found.etag))

    def complete(self, step: steps.Complete) -> Outcome:
        """CompleteMultipartUpload; oss2 sorts the parts, so those out of order are refused in the service's name."""
        upload = self.upload(step.upload)
        if list(step.numbers) != sorted(step.numbers):
            self._client.list_parts(self.key(step.key), upload)
            raise Refused("InvalidPartOrder")
        parts = [models.PartInfo(number, self.parts.get((upload, number), "0")) for number in step.numbers]
        found = self._client.complete_multipart_upload(self.key(step.key), upload, parts)
        return told(version=self.versions.seen(found.versionid))

    def abort(self, step: steps.Abort) -> Outcome:
        """AbortMultipartUpload."""
        self._client.abort_multipart_upload(self.key(step.key), self.upload(step.upload))
        return told()

    def listparts(self, step: steps.ListParts) -> Outcome:
        """ListParts."""
        key, upload = self.key(step.key), self.upload(step.upload)
        found = _pages(
            lambda marker: self._client.list_parts(key, upload, marker=marker, max_parts=step.page),
            "",
            lambda page: page.next_marker,
        )
        return told(pages=[tuple((p.part_number, p.size, p.etag.strip('"')) for p in page.parts) for page in found])

    def listuploads(self, step: steps.ListUploads) -> Outcome:
        """ListMultipartUploads."""
        asked = {"prefix": self.key(step.prefix), "delimiter": step.delimiter, "max_uploads": step.page}
        found = _pages(
            lambda at: self._client.list_multipart_uploads(key_marker=at[0], upload_id_marker=at[1], **asked),
            ("", ""),
            lambda page: (page.next_key_marker, page.next_upload_id_marker),
        )
        return self.uploads_listed(
            ([(each.key, each.upload_id) for each in page.upload_list], page.prefix_list) for page in found
        )

    # Retention

    def initiateworm(self, step: steps.InitiateWorm) -> Outcome:
        """InitiateBucketWorm."""
        self.worm_id = self._client.init_bucket_worm(step.days).worm_id
        return told()

    def lockworm(self, step: steps.LockWorm) -> Outcome:
        """CompleteBucketWorm."""
        self._client.complete_bucket_worm(self.worm_id)
        return told()

    def extendworm(self, step: steps.ExtendWorm) -> Outcome:
        """ExtendBucketWorm."""
        self._client.extend_bucket_worm(self.worm_id, step.days)
        return told()

    def abortworm(self, step: steps.AbortWorm) -> Outcome:
        """AbortBucketWorm."""
        self._client.abort_bucket_worm()
        return told()

    def getworm(self, step: steps.GetWorm) -> Outcome:
        """GetBucketWorm."""
        found = self._client.get_bucket_worm()
        return told(state=found.state, days=int(found.retention_period_days))

    def keepobjects(self, step: Step) -> Outcome:
        """Refused: oss2 has no operation on retention of single objects."""
        raise ValueError(f"oss2 knows no retention of objects: give {step!r} to 'v2' or another target")

    retain = getretention = hold = gethold = keepobjects

    # Configurations

    def setreferers(self, step: steps.SetReferers) -> Outcome:
        """PutBucketReferer."""
        self._client.put_bucket_referer(models.BucketReferer(step.allow_empty, list(step.referers)))
        return told()

    def getreferers(self, step: steps.GetReferers) -> Outcome:
        """GetBucketReferer."""
        found = self._client.get_bucket_referer()
        return told(allow_empty=found.allow_empty_referer, referers=tuple(found.referers))

    def setcors(self, step: steps.SetCors) -> Outcome:
        """PutBucketCors."""
        rules = [
            models.CorsRule(allowed_origins=list(origins), allowed_methods=list(methods), max_age_seconds=seconds)
            for origins, methods, seconds in step.rules
        ]
        self._client.put_bucket_cors(models.BucketCors(rules))
        return told()

    def getcors(self, step: steps.GetCors) -> Outcome:
        """GetBucketCors."""
        rules = self._client.get_bucket_cors().rules
        return told(
            rules=tuple((tuple(r.allowed_origins), tuple(r.allowed_methods), int(r.max_age_seconds)) for r in rules)
        )

    def deletecors(self, step: steps.DeleteCors) -> Outcome:
        """DeleteBucketCors."""
        self._client.delete_bucket_cors()
        return told()

    def setbuckettags(self, step: steps.SetBucketTags) -> Outcome:
        """PutBucketTags."""
        self._client.put_bucket_tagging(_tagging(step.tags))
        return told()

    def getbuckettags(self, step: steps.GetBucketTags) -> Outcome:
        """GetBucketTags."""
        return told(tags=dict(self._client.get_bucket_tagging().tag_set.tagging_rule))

    def deletebuckettags(self, step: steps.DeleteBucketTags) -> Outcome:
        """DeleteBucketTags."""
        self._client.delete_bucket_tagging()
        return told()


def _pages(ask: Callable[[Any], Any], start: Any, following: Callable[[Any], Any]) -> Iterator[Any]:
    """A listing's pages, each asked for with where the one before ended."""
    position = start
    for number in count(1):
        check_pages(number)
        page = ask(position)
        yield page
        if not page.is_truncated:
            return
        position = following(page)


def _of_version(version: str | None) -> dict[str, str] | None:
    return None if version is None else {"versionId": version}


def _meta(meta: Mapping[str, str]) -> dict[str, str]:
    return {_META + name: value for name, value in meta.items()}


def _tagging(tags: Mapping[str, str]) -> models.Tagging:
    rule = models.TaggingRule()
    for key, value in tags.items():
        rule.add(key, value)
    return models.Tagging(rule)
