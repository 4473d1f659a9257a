"""A bucket driven through SDK v2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import Any

import alibabacloud_oss_v2 as oss
from alibabacloud_oss_v2 import models

from fakeoss import clock
from fakeoss.kit import steps
from fakeoss.kit.steps import Outcome, Step, told
from fakeoss.kit.targets.client import Client, check_pages, foreseeable, retained
from fakeoss.wire.dates import iso_date


class SdkV2(Client):
    """A synchronous `Client` of SDK v2; every step is one call of it, or a call a page."""

    def __init__(self, client: Any, bucket: str, prefix: str = "") -> None:
        """The bucket exists already."""
        super().__init__(bucket, prefix)
        self._client = client

    def call(self, name: str, request: Any) -> Any:
        """One call of the client."""
        return getattr(self._client, name)(request)

    def body(self, found: Any) -> bytes:
        """The content of an answer."""
        with found.body as stream:
            data: bytes = stream.read()
        return data

    def do(self, step: Step) -> Outcome:
        """Carry out one step."""
        try:
            return super().do(step)
        except oss.exceptions.OperationError as error:
            inner = error.unwrap()
            if not isinstance(inner, oss.exceptions.ServiceError):
                raise
            return Outcome("NotModified" if inner.status_code == 304 else inner.code)

    def look(self, key: str, version: str | None) -> tuple[str, datetime] | None:
        """As HEAD tells it."""
        try:
            found = self.call("head_object", models.HeadObjectRequest(self.bucket, key, version_id=version))
        except oss.exceptions.OperationError:
            return None
        return found.etag, found.last_modified.astimezone(timezone.utc)

    # Objects

    def put(self, step: steps.Put) -> Outcome:
        """PutObject."""
        request = models.PutObjectRequest(
            self.bucket,
            self.key(step.key),
            metadata=dict(step.meta),
            content_type=step.content_type or "application/octet-stream",
            forbid_overwrite=True if step.forbid_overwrite else None,
            body=bytes(step.data),
        )
        return self._written(self.call("put_object", request))

    def _written(self, found: Any) -> Outcome:
        return told(etag=foreseeable("Normal", found.etag), version=self.versions.seen(found.version_id))

    def append(self, step: steps.Append) -> Outcome:
        """AppendObject."""
        request = models.AppendObjectRequest(
            self.bucket,
            self.key(step.key),
            position=step.position,
            content_type="application/octet-stream",
            body=bytes(step.data),
        )
        return told(next=int(self.call("append_object", request).next_position))

    def copy(self, step: steps.Copy) -> Outcome:
        """CopyObject."""
        replaced: dict[str, Any] = {}
        if step.meta is not None:
            replaced = {"metadata": dict(step.meta), "metadata_directive": "REPLACE"}
        request = models.CopyObjectRequest(
            self.bucket,
            self.key(step.key),
            source_bucket=self.bucket,
            source_key=self.key(step.source),
            source_version_id=self.version(step.version),
            **replaced,
        )
        return self._written(self.call("copy_object", request))

    def get(self, step: steps.Get) -> Outcome:
        """GetObject."""
        request = models.GetObjectRequest(
            self.bucket,
            self.key(step.key),
            version_id=self.version(step.version),
            range_header=step.span,
            range_behavior="standard" if step.standard else None,
            **self._conditions(step),
        )
        found = self.call("get_object", request)
        return told(data=self.body(found), size=found.content_length, span=found.content_range, **self._facts(found))

    def head(self, step: steps.Head) -> Outcome:
        """HeadObject."""
        request = models.HeadObjectRequest(
            self.bucket, self.key(step.key), version_id=self.version(step.version), **self._conditions(step)
        )
        found = self.call("head_object", request)
        return told(size=found.content_length, **self._facts(found))

    def _conditions(self, step: steps.Get | steps.Head) -> dict[str, str]:
        return {name.lower().replace("-", "_"): value for name, value in self.when(step).items()}

    def _facts(self, found: Any) -> dict[str, Any]:
        return self.of_object(
            kind=found.object_type,
            etag=found.etag,
            meta=found.metadata,
            content_type=found.content_type,
            version=found.version_id,
            tags=found.tagging_count,
        )

    def delete(self, step: steps.Delete) -> Outcome:
        """DeleteObject."""
        request = models.DeleteObjectRequest(
            self.bucket,
            self.key(step.key),
            version_id=self.version(step.version),
            bypass_governance_retention=step.bypass or None,
        )
        found = self.call("delete_object", request)
        self.versions.seen(found.version_id if step.version is None else None)
        return told(marker=bool(found.delete_marker))

    def deletemany(self, step: steps.DeleteMany) -> Outcome:
        """DeleteMultipleObjects."""
        objects = [
            models.DeleteObject(key=self.key(key), version_id=self.version(version)) for key, version in step.objects
        ]
        request = models.DeleteMultipleObjectsRequest(self.bucket, objects=objects)
        found = self.call("delete_multiple_objects", request).deleted_objects or []
        return self.deleted(
            (each.key, each.version_id, bool(each.delete_marker), each.delete_marker_version_id) for each in found
        )

    # Tags

    def settags(self, step: steps.SetTags) -> Outcome:
        """PutObjectTagging."""
        request = models.PutObjectTaggingRequest(
            self.bucket, self.key(step.key), version_id=self.version(step.version), tagging=_tagging(step.tags)
        )
        self.call("put_object_tagging", request)
        return told()

    def gettags(self, step: steps.GetTags) -> Outcome:
        """GetObjectTagging."""
        version = self.version(step.version)
        request = models.GetObjectTaggingRequest(self.bucket, self.key(step.key), version_id=version)
        return told(tags=_tags(self.call("get_object_tagging", request).tag_set))

    def deletetags(self, step: steps.DeleteTags) -> Outcome:
        """DeleteObjectTagging."""
        version = self.version(step.version)
        request = models.DeleteObjectTaggingRequest(self.bucket, self.key(step.key), version_id=version)
        self.call("delete_object_tagging", request)
        return told()

    # Listings

    def list(self, step: steps.List) -> Outcome:
        """ListObjectsV2."""
        request = models.ListObjectsV2Request(
            self.bucket, start_after=self.key(step.start_after) if step.start_after else None, **self._asked(step)
        )
        return self._listed("list_objects_v2", request, {"continuation_token": "next_continuation_token"})

    def listold(self, step: steps.ListOld) -> Outcome:
        """ListObjects."""
        request = models.ListObjectsRequest(
            self.bucket, marker=self.key(step.start_after) if step.start_after else None, **self._asked(step)
        )
        return self._listed("list_objects", request, {"marker": "next_marker"})

    def _asked(self, step: steps.List | steps.ListOld | steps.ListVersions) -> dict[str, Any]:
        delimiter = step.delimiter or None
        return {"prefix": self.key(step.prefix), "delimiter": delimiter, "max_keys": step.page, "encoding_type": "url"}

    def _pages(self, name: str, request: Any, markers: Mapping[str, str]) -> Iterator[Any]:
        """A listing's pages; `markers` names, by argument, what holds it for the next page."""
        for number in count(1):
            check_pages(number)
            page = self.call(name, request)
            yield page
            if not page.is_truncated:
                return
            for argument, found in markers.items():
                setattr(request, argument, getattr(page, found))

    def _listed(self, name: str, request: Any, markers: Mapping[str, str]) -> Outcome:
        pages = [
            (tuple((self.shown(each.key), each.size) for each in page.contents or []), self._groups(page))
            for page in self._pages(name, request, markers)
        ]
        return told(pages=pages)

    def _groups(self, page: Any) -> tuple[str, ...]:
        return self.groups(each.prefix for each in page.common_prefixes or [])

    def listversions(self, step: steps.ListVersions) -> Outcome:
        """ListObjectVersions."""
        request = models.ListObjectVersionsRequest(self.bucket, **self._asked(step))
        markers = {"key_marker": "next_key_marker", "version_id_marker": "next_version_id_marker"}
        pages = []
        for page in self._pages("list_object_versions", request, markers):
            found = self.entries((v.key, v.version_id, v.is_latest, v.size) for v in page.version or [])
            hidden = self.entries((m.key, m.version_id, m.is_latest, -1) for m in page.delete_marker or [])
            pages.append((found, tuple(each[:3] for each in hidden), self._groups(page)))
        return told(pages=pages)

    # Versioning

    def setversioning(self, step: steps.SetVersioning) -> Outcome:
        """PutBucketVersioning."""
        wanted = models.VersioningConfiguration(status=step.status)
        request = models.PutBucketVersioningRequest(self.bucket, versioning_configuration=wanted)
        self.call("put_bucket_versioning", request)
        return told()

    def getversioning(self, step: steps.GetVersioning) -> Outcome:
        """GetBucketVersioning."""
        found = self.call("get_bucket_versioning", models.GetBucketVersioningRequest(self.bucket))
        return told(status=found.version_status)

    # Multipart uploads

    def initiate(self, step: steps.Initiate) -> Outcome:
        """InitiateMultipartUpload."""
        request = models.InitiateMultipartUploadRequest(
            self.bucket, self.key(step.key), metadata=dict(step.meta), content_type="application/octet-stream"
        )
        return told(upload=self.uploads.seen(self.call("initiate_multipart_upload", request).upload_id))

    def uploadpart(self, step: steps.UploadPart) -> Outcome:
        """UploadPart."""
        upload = self.upload(step.upload)
        request = models.UploadPartRequest(
            self.bucket, self.key(step.key), part_number=step.number, upload_id=upload, body=bytes(step.data)
        )
        found = self.call("upload_part", request)
        self.parts[upload, step.number] = found.etag
        return told(etag=foreseeable(None, found.etag))

    def complete(self, step: steps.Complete) -> Outcome:
        """CompleteMultipartUpload."""
        upload = self.upload(step.upload)
        parts = [
            models.UploadPart(part_number=number, etag=self.parts.get((upload, number), '"0"'))
            for number in step.numbers
        ]
        request = models.CompleteMultipartUploadRequest(
            self.bucket,
            self.key(step.key),
            upload_id=upload,
            complete_multipart_upload=models.CompleteMultipartUpload(parts=parts),
        )
        return told(version=self.versions.seen(self.call("complete_multipart_upload", request).version_id))

    def abort(self, step: steps.Abort) -> Outcome:
        """AbortMultipartUpload."""
        upload = self.upload(step.upload)
        request = models.AbortMultipartUploadRequest(self.bucket, self.key(step.key), upload_id=upload)
        self.call("abort_multipart_upload", request)
        return told()

    def listparts(self, step: steps.ListParts) -> Outcome:
        """ListParts."""
        request = models.ListPartsRequest(
            self.bucket, self.key(step.key), upload_id=self.upload(step.upload), max_parts=step.page
        )
        found = self._pages("list_parts", request, {"part_number_marker": "next_part_number_marker"})
        pages = [tuple((p.part_number, p.size, p.etag.strip('"')) for p in page.parts or []) for page in found]
        return told(pages=pages)

    def listuploads(self, step: steps.ListUploads) -> Outcome:
        """ListMultipartUploads."""
        request = models.ListMultipartUploadsRequest(
            self.bucket,
            prefix=self.key(step.prefix),
            delimiter=step.delimiter or None,
            max_uploads=step.page,
            encoding_type="url",
        )
        markers = {"key_marker": "next_key_marker", "upload_id_marker": "next_upload_id_marker"}
        pages = self._pages("list_multipart_uploads", request, markers)
        # The SDK has no field for common prefixes here.
        return self.uploads_listed(([(each.key, each.upload_id) for each in page.uploads or []], []) for page in pages)

    # Retention

    def initiateworm(self, step: steps.InitiateWorm) -> Outcome:
        """InitiateBucketWorm."""
        wanted = models.InitiateWormConfiguration(retention_period_in_days=step.days)
        request = models.InitiateBucketWormRequest(self.bucket, initiate_worm_configuration=wanted)
        self.worm_id = self.call("initiate_bucket_worm", request).worm_id
        return told()

    def lockworm(self, step: steps.LockWorm) -> Outcome:
        """CompleteBucketWorm."""
        self.call("complete_bucket_worm", models.CompleteBucketWormRequest(self.bucket, worm_id=self.worm_id))
        return told()

    def extendworm(self, step: steps.ExtendWorm) -> Outcome:
        """ExtendBucketWorm."""
        wanted = models.ExtendWormConfiguration(retention_period_in_days=step.days)
        request = models.ExtendBucketWormRequest(self.bucket, worm_id=self.worm_id, extend_worm_configuration=wanted)
        self.call("extend_bucket_worm", request)
        return told()

    def abortworm(self, step: steps.AbortWorm) -> Outcome:
        """AbortBucketWorm."""
        self.call("abort_bucket_worm", models.AbortBucketWormRequest(self.bucket))
        return told()

    def getworm(self, step: steps.GetWorm) -> Outcome:
        """GetBucketWorm."""
        found = self.call("get_bucket_worm", models.GetBucketWormRequest(self.bucket)).worm_configuration
        return told(state=str(found.state), days=int(found.retention_period_in_days))

    def keepobjects(self, step: steps.KeepObjects) -> Outcome:
        """PutBucketObjectWormConfiguration."""
        wanted = models.ObjectWormConfiguration(object_worm_enabled="Enabled")
        request = models.PutBucketObjectWormConfigurationRequest(self.bucket, object_worm_configuration=wanted)
        self.call("put_bucket_object_worm_configuration", request)
        return told()

    def retain(self, step: steps.Retain) -> Outcome:
        """PutObjectRetention."""
        until = iso_date(clock.now() + timedelta(days=step.days))
        request = models.PutObjectRetentionRequest(
            self.bucket,
            self.key(step.key),
            version_id=self.version(step.version),
            bypass_governance_retention=step.bypass or None,
            retention=models.Retention(mode=step.mode, retain_until_date=until),
        )
        self.call("put_object_retention", request)
        return told()

    def getretention(self, step: steps.GetRetention) -> Outcome:
        """GetObjectRetention."""
        request = models.GetObjectRetentionRequest(self.bucket, self.key(step.key), self.version(step.version))
        found = self.call("get_object_retention", request).retention
        return retained(found.mode, found.retain_until_date)

    def hold(self, step: steps.Hold) -> Outcome:
        """PutObjectLegalHold."""
        wanted = models.LegalHold(status="ON" if step.on else "OFF")
        request = models.PutObjectLegalHoldRequest(
            self.bucket, self.key(step.key), self.version(step.version), legal_hold=wanted
        )
        self.call("put_object_legal_hold", request)
        return told()

    def gethold(self, step: steps.GetHold) -> Outcome:
        """GetObjectLegalHold."""
        request = models.GetObjectLegalHoldRequest(self.bucket, self.key(step.key), self.version(step.version))
        return told(on=self.call("get_object_legal_hold", request).legal_hold.status == "ON")

    # Configurations

    def setreferers(self, step: steps.SetReferers) -> Outcome:
        """PutBucketReferer."""
        wanted = models.RefererConfiguration(
            allow_empty_referer=step.allow_empty, referer_list=models.RefererList(referers=list(step.referers))
        )
        self.call("put_bucket_referer", models.PutBucketRefererRequest(self.bucket, referer_configuration=wanted))
        return told()

    def getreferers(self, step: steps.GetReferers) -> Outcome:
        """GetBucketReferer."""
        found = self.call("get_bucket_referer", models.GetBucketRefererRequest(self.bucket)).referer_configuration
        listed = found.referer_list.referers if found.referer_list else None
        return told(allow_empty=found.allow_empty_referer, referers=tuple(listed or ()))

    def setcors(self, step: steps.SetCors) -> Outcome:
        """PutBucketCors."""
        rules = [
            models.CORSRule(allowed_origins=list(origins), allowed_methods=list(methods), max_age_seconds=seconds)
            for origins, methods, seconds in step.rules
        ]
        wanted = models.CORSConfiguration(cors_rules=rules)
        self.call("put_bucket_cors", models.PutBucketCorsRequest(self.bucket, cors_configuration=wanted))
        return told()

    def getcors(self, step: steps.GetCors) -> Outcome:
        """GetBucketCors."""
        found = self.call("get_bucket_cors", models.GetBucketCorsRequest(self.bucket)).cors_configuration.cors_rules
        return told(rules=tuple((tuple(r.allowed_origins), tuple(r.allowed_methods), r.max_age_seconds) for r in found))

    def deletecors(self, step: steps.DeleteCors) -> Outcome:
        """DeleteBucketCors."""
        self.call("delete_bucket_cors", models.DeleteBucketCorsRequest(self.bucket))
        return told()

    def setbuckettags(self, step: steps.SetBucketTags) -> Outcome:
        """PutBucketTags."""
        self.call("put_bucket_tags", models.PutBucketTagsRequest(self.bucket, tagging=_tagging(step.tags)))
        return told()

    def getbuckettags(self, step: steps.GetBucketTags) -> Outcome:
        """GetBucketTags."""
        return told(tags=_tags(self.call("get_bucket_tags", models.GetBucketTagsRequest(self.bucket)).tagging.tag_set))

    def deletebuckettags(self, step: steps.DeleteBucketTags) -> Outcome:
        """DeleteBucketTags."""
        self.call("delete_bucket_tags", models.DeleteBucketTagsRequest(self.bucket))
        return told()


def _tagging(tags: Mapping[str, str]) -> Any:
    found = [models.Tag(key=key, value=value) for key, value in tags.items()]
    return models.Tagging(tag_set=models.TagSet(tags=found))


def _tags(found: Any) -> dict[str, str]:
    return {tag.key: tag.value or "" for tag in (found.tags or [] if found else [])}
