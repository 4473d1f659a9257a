"""The fake by plain HTTP messages, handed to it without any client."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import count
from urllib.parse import quote, unquote, urlencode

from fakeoss import clock
from fakeoss.app import FakeOSS
from fakeoss.kit import steps
from fakeoss.kit.steps import Outcome, told
from fakeoss.kit.targets.client import Client, Refused, check_pages, foreseeable, retained
from fakeoss.operations import retaining
from fakeoss.wire import xml
from fakeoss.wire.dates import http_date, iso_date
from fakeoss.wire.message import Headers, Reply, Request
from fakeoss.wire.xml import Element, Node

_META = "x-oss-meta-"
_FIRST_ERROR = 300

Query = Mapping[str, str | int | None]
Listing = steps.List | steps.ListOld | steps.ListVersions | steps.ListUploads


class Raw(Client):
    """A bucket of a `FakeOSS`, asked by `handle`; requests carry a key that nobody registered."""

    def __init__(self, oss: FakeOSS, bucket: str) -> None:
        """The bucket exists already."""
        super().__init__(bucket)
        self._oss = oss

    def _ask(
        self,
        method: str,
        key: str = "",
        query: Query | None = None,
        body: bytes = b"",
        headers: Mapping[str, str | None] | None = None,
    ) -> Reply:
        """One exchange; header fields of None are left out, query values of None are names without a value."""
        given = {name: value for name, value in (headers or {}).items() if value is not None}
        given |= {"Date": http_date(clock.now()), "Authorization": "OSS nobody:c2lnbmF0dXJl"}
        if method in ("PUT", "POST"):
            given["Content-Length"] = str(len(body))
        target = f"/{quote(self.key(key), safe='')}" + _query_text(query or {})
        host = f"{self.bucket}.oss-{self._oss.settings.region}.aliyuncs.com"
        segments = (body,) if body else ()
        reply = self._oss.handle(Request(method, "https", host, target, Headers(given.items()), segments))
        if reply.status >= _FIRST_ERROR:
            raise Refused(_code(reply))
        return reply

    def _document(self, query: Query, key: str = "") -> Node:
        return xml.parse(self._ask("GET", key, query).data())

    def _pages(self, query: Query, markers: Mapping[str, str], key: str = "") -> Iterator[Node]:
        """A listing's pages; `markers` names, by parameter, the element that has it for the next page."""
        asked = dict(query)
        for number in count(1):
            check_pages(number)
            node = self._document(asked, key)
            yield node
            if node.text_of("IsTruncated", "false") != "true":
                return
            asked |= {name: unquote(node.text_of(element, "")) for name, element in markers.items()}

    def look(self, key: str, version: str | None) -> tuple[str, datetime] | None:
        """As HEAD tells it."""
        try:
            reply = self._ask("HEAD", self.shown(key), _of_version(version))
        except Refused:
            return None
        return reply.header("etag") or "", parsedate_to_datetime(reply.header("last-modified") or "")

    # Objects

    def put(self, step: steps.Put) -> Outcome:
        """PutObject."""
        forbid = "true" if step.forbid_overwrite else None
        headers = {**_meta(step.meta), "Content-Type": step.content_type, "x-oss-forbid-overwrite": forbid}
        return self._written(self._ask("PUT", step.key, None, step.data, headers))

    def _written(self, reply: Reply) -> Outcome:
        etag = foreseeable("Normal", reply.header("etag"))
        return told(etag=etag, version=self.versions.seen(reply.header("x-oss-version-id")))

    def append(self, step: steps.Append) -> Outcome:
        """AppendObject."""
        reply = self._ask("POST", step.key, {"append": None, "position": step.position}, step.data)
        return told(next=int(reply.header("x-oss-next-append-position") or -1))

    def copy(self, step: steps.Copy) -> Outcome:
        """CopyObject."""
        source = f"/{self.bucket}/{quote(self.key(step.source), safe='')}"
        if step.version is not None:
            source += f"?versionId={self.version(step.version)}"
        directive = None if step.meta is None else "REPLACE"
        headers = {**_meta(step.meta), "x-oss-copy-source": source, "x-oss-metadata-directive": directive}
        return self._written(self._ask("PUT", step.key, headers=headers))

    def get(self, step: steps.Get) -> Outcome:
        """GetObject."""
        behavior = "standard" if step.standard else None
        headers = {**self.when(step), "Range": step.span, "x-oss-range-behavior": behavior}
        reply = self._ask("GET", step.key, _of_version(self.version(step.version)), headers=headers)
        length = int(reply.header("content-length") or -1)
        return told(data=reply.data(), size=length, span=reply.header("content-range"), **self._facts(reply))

    def head(self, step: steps.Head) -> Outcome:
        """HeadObject."""
        reply = self._ask("HEAD", step.key, _of_version(self.version(step.version)), headers=self.when(step))
        return told(size=int(reply.header("content-length") or -1), **self._facts(reply))

    def _facts(self, reply: Reply) -> dict[str, object]:
        named = {name.lower(): value for name, value in reply.headers}
        return self.of_object(
            kind=reply.header("x-oss-object-type"),
            etag=reply.header("etag"),
            meta={name[len(_META) :]: value for name, value in named.items() if name.startswith(_META)},
            content_type=reply.header("content-type"),
            version=reply.header("x-oss-version-id"),
            tags=reply.header("x-oss-tagging-count"),
        )

    def delete(self, step: steps.Delete) -> Outcome:
        """DeleteObject."""
        headers = {retaining.BYPASS: "true"} if step.bypass else None
        reply = self._ask("DELETE", step.key, _of_version(self.version(step.version)), headers=headers)
        self.versions.seen(reply.header("x-oss-version-id") if step.version is None else None)
        return told(marker=reply.header("x-oss-delete-marker") == "true")

    def deletemany(self, step: steps.DeleteMany) -> Outcome:
        """DeleteMultipleObjects."""
        rows: list[Element] = [
            ("Object", [("Key", self.key(key)), ("VersionId", self.version(version))]) for key, version in step.objects
        ]
        body = xml.render("Delete", rows)
        digest = base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()
        node = xml.parse(self._ask("POST", "", {"delete": None}, body, {"Content-MD5": digest}).data())
        return self.deleted(
            (
                each.text_of("Key", ""),
                each.text_of("VersionId", None),
                each.text_of("DeleteMarker", "") == "true",
                each.text_of("DeleteMarkerVersionId", None),
            )
            for each in node.children_named("Deleted")
        )

    # Tags

    def settags(self, step: steps.SetTags) -> Outcome:
        """PutObjectTagging."""
        query = {"tagging": None, **_of_version(self.version(step.version))}
        self._ask("PUT", step.key, query, xml.render("Tagging", [_tag_set(step.tags)]))
        return told()

    def gettags(self, step: steps.GetTags) -> Outcome:
        """GetObjectTagging."""
        query = {"tagging": None, **_of_version(self.version(step.version))}
        return told(tags=_tags(self._document(query, step.key)))

    def deletetags(self, step: steps.DeleteTags) -> Outcome:
        """DeleteObjectTagging."""
        self._ask("DELETE", step.key, {"tagging": None, **_of_version(self.version(step.version))})
        return told()

    # Listings

    def list(self, step: steps.List) -> Outcome:
        """ListObjectsV2."""
        query = self._query(step, "max-keys") | {"list-type": 2}
        if step.start_after:
            query["start-after"] = self.key(step.start_after)
        return self._listed(query, {"continuation-token": "NextContinuationToken"})

    def listold(self, step: steps.ListOld) -> Outcome:
        """ListObjects."""
        query = self._query(step, "max-keys") | {"marker": self.key(step.start_after) if step.start_after else ""}
        return self._listed(query, {"marker": "NextMarker"})

    def _query(self, step: Listing, limit: str) -> dict[str, str | int | None]:
        query: dict[str, str | int | None] = {"prefix": self.key(step.prefix), "encoding-type": "url", limit: step.page}
        return query | ({"delimiter": step.delimiter} if step.delimiter else {})

    def _listed(self, query: Query, markers: Mapping[str, str]) -> Outcome:
        pages = [
            (
                tuple(
                    (self.shown(unquote(each.text_of("Key", ""))), int(each.text_of("Size", "-1")))
                    for each in node.children_named("Contents")
                ),
                self._groups(node),
            )
            for node in self._pages(query, markers)
        ]
        return told(pages=pages)

    def _groups(self, node: Node) -> tuple[str, ...]:
        return self.groups(unquote(each.text_of("Prefix", "")) for each in node.children_named("CommonPrefixes"))

    def listversions(self, step: steps.ListVersions) -> Outcome:
        """ListObjectVersions."""
        markers = {"key-marker": "NextKeyMarker", "version-id-marker": "NextVersionIdMarker"}
        pages = []
        for node in self._pages({"versions": None, **self._query(step, "max-keys")}, markers):
            found = self.entries(map(_version, node.children_named("Version")))
            hidden = self.entries(map(_version, node.children_named("DeleteMarker")))
            pages.append((found, tuple(each[:3] for each in hidden), self._groups(node)))
        return told(pages=pages)

    # Versioning

    def setversioning(self, step: steps.SetVersioning) -> Outcome:
        """PutBucketVersioning."""
        body = xml.render("VersioningConfiguration", [("Status", step.status)])
        self._ask("PUT", "", {"versioning": None}, body)
        return told()

    def getversioning(self, step: steps.GetVersioning) -> Outcome:
        """GetBucketVersioning."""
        return told(status=self._document({"versioning": None}).text_of("Status", None))

    # Multipart uploads

    def initiate(self, step: steps.Initiate) -> Outcome:
        """InitiateMultipartUpload."""
        node = xml.parse(self._ask("POST", step.key, {"uploads": None}, headers=_meta(step.meta)).data())
        return told(upload=self.uploads.seen(node.text_of("UploadId", None)))

    def uploadpart(self, step: steps.UploadPart) -> Outcome:
        """UploadPart."""
        upload = self.upload(step.upload)
        reply = self._ask("PUT", step.key, {"partNumber": step.number, "uploadId": upload}, step.data)
        self.parts[upload, step.number] = reply.header("etag") or ""
        return told(etag=foreseeable(None, reply.header("etag")))

    def complete(self, step: steps.Complete) -> Outcome:
        """CompleteMultipartUpload."""
        upload = self.upload(step.upload)
        rows: list[Element] = [
            ("Part", [("PartNumber", number), ("ETag", self.parts.get((upload, number), '"0"'))])
            for number in step.numbers
        ]
        reply = self._ask("POST", step.key, {"uploadId": upload}, xml.render("CompleteMultipartUpload", rows))
        return told(version=self.versions.seen(reply.header("x-oss-version-id")))

    def abort(self, step: steps.Abort) -> Outcome:
        """AbortMultipartUpload."""
        self._ask("DELETE", step.key, {"uploadId": self.upload(step.upload)})
        return told()

    def listparts(self, step: steps.ListParts) -> Outcome:
        """ListParts."""
        query: Query = {"uploadId": self.upload(step.upload), "max-parts": step.page}
        markers = {"part-number-marker": "NextPartNumberMarker"}
        pages = [tuple(map(_part, node.children_named("Part"))) for node in self._pages(query, markers, step.key)]
        return told(pages=pages)

    def listuploads(self, step: steps.ListUploads) -> Outcome:
        """ListMultipartUploads."""
        query = {"uploads": None, **self._query(step, "max-uploads")}
        markers = {"key-marker": "NextKeyMarker", "upload-id-marker": "NextUploadIdMarker"}
        return self.uploads_listed(
            (
                [
                    (unquote(each.text_of("Key", "")), each.text_of("UploadId", ""))
                    for each in node.children_named("Upload")
                ],
                [unquote(each.text_of("Prefix", "")) for each in node.children_named("CommonPrefixes")],
            )
            for node in self._pages(query, markers)
        )

    # Retention

    def initiateworm(self, step: steps.InitiateWorm) -> Outcome:
        """InitiateBucketWorm."""
        reply = self._ask("POST", "", {"worm": None}, _period("InitiateWormConfiguration", step.days))
        self.worm_id = reply.header("x-oss-worm-id") or ""
        return told()

    def lockworm(self, step: steps.LockWorm) -> Outcome:
        """CompleteBucketWorm."""
        self._ask("POST", "", {"wormId": self.worm_id})
        return told()

    def extendworm(self, step: steps.ExtendWorm) -> Outcome:
        """ExtendBucketWorm."""
        query = {"wormId": self.worm_id, "wormExtend": None}
        self._ask("POST", "", query, _period("ExtendWormConfiguration", step.days))
        return told()

    def abortworm(self, step: steps.AbortWorm) -> Outcome:
        """AbortBucketWorm."""
        self._ask("DELETE", "", {"worm": None})
        return told()

    def getworm(self, step: steps.GetWorm) -> Outcome:
        """GetBucketWorm."""
        node = self._document({"worm": None})
        return told(state=node.text_of("State", None), days=int(node.text_of("RetentionPeriodInDays", "-1")))

    def keepobjects(self, step: steps.KeepObjects) -> Outcome:
        """PutBucketObjectWormConfiguration."""
        body = xml.render("ObjectWormConfiguration", [("ObjectWormEnabled", "Enabled")])
        self._ask("PUT", "", {"objectWorm": None}, body)
        return told()

    def retain(self, step: steps.Retain) -> Outcome:
        """PutObjectRetention."""
        until = iso_date(clock.now() + timedelta(days=step.days))
        body = xml.render("Retention", [("Mode", step.mode), ("RetainUntilDate", until)])
        headers = {retaining.BYPASS: "true"} if step.bypass else None
        self._ask("PUT", step.key, self._of_kept("retention", step), body, headers)
        return told()

    def getretention(self, step: steps.GetRetention) -> Outcome:
        """GetObjectRetention."""
        node = self._document(self._of_kept("retention", step), step.key)
        return retained(node.text_of("Mode", ""), node.text_of("RetainUntilDate", ""))

    def hold(self, step: steps.Hold) -> Outcome:
        """PutObjectLegalHold."""
        body = xml.render("LegalHold", [("Status", "ON" if step.on else "OFF")])
        self._ask("PUT", step.key, self._of_kept("legalHold", step), body)
        return told()

    def gethold(self, step: steps.GetHold) -> Outcome:
        """GetObjectLegalHold."""
        return told(on=self._document(self._of_kept("legalHold", step), step.key).text_of("Status", "") == "ON")

    def _of_kept(self, selector: str, step: steps.OfObject) -> Query:
        return {selector: None, **_of_version(self.version(step.version))}

    # Configurations

    def setreferers(self, step: steps.SetReferers) -> Outcome:
        """PutBucketReferer."""
        names: list[Element] = [("Referer", each) for each in step.referers]
        rows: list[Element] = [("AllowEmptyReferer", step.allow_empty), ("RefererList", names)]
        self._ask("PUT", "", {"referer": None}, xml.render("RefererConfiguration", rows))
        return told()

    def getreferers(self, step: steps.GetReferers) -> Outcome:
        """GetBucketReferer."""
        node = self._document({"referer": None})
        listed = node.child("RefererList")
        names = () if listed is None else tuple(each.text for each in listed.children_named("Referer"))
        return told(allow_empty=node.text_of("AllowEmptyReferer", "") == "true", referers=names)

    def setcors(self, step: steps.SetCors) -> Outcome:
        """PutBucketCors."""
        rules: list[Element] = []
        for origins, methods, seconds in step.rules:
            rule: list[Element] = [("AllowedOrigin", each) for each in origins]
            rule += [("AllowedMethod", each) for each in methods]
            rules.append(("CORSRule", [*rule, ("MaxAgeSeconds", seconds)]))
        self._ask("PUT", "", {"cors": None}, xml.render("CORSConfiguration", rules))
        return told()

    def getcors(self, step: steps.GetCors) -> Outcome:
        """GetBucketCors."""
        rules = tuple(
            (
                tuple(each.text for each in rule.children_named("AllowedOrigin")),
                tuple(each.text for each in rule.children_named("AllowedMethod")),
                int(rule.text_of("MaxAgeSeconds", "-1")),
            )
            for rule in self._document({"cors": None}).children_named("CORSRule")
        )
        return told(rules=rules)

    def deletecors(self, step: steps.DeleteCors) -> Outcome:
        """DeleteBucketCors."""
        self._ask("DELETE", "", {"cors": None})
        return told()

    def setbuckettags(self, step: steps.SetBucketTags) -> Outcome:
        """PutBucketTags."""
        self._ask("PUT", "", {"tagging": None}, xml.render("Tagging", [_tag_set(step.tags)]))
        return told()

    def getbuckettags(self, step: steps.GetBucketTags) -> Outcome:
        """GetBucketTags."""
        return told(tags=_tags(self._document({"tagging": None})))

    def deletebuckettags(self, step: steps.DeleteBucketTags) -> Outcome:
        """DeleteBucketTags."""
        self._ask("DELETE", "", {"tagging": None})
        return told()


def _code(reply: Reply) -> str:
    """The code of a refusal: from the body, for HEAD from its header."""
    hidden = reply.header("x-oss-err")
    body = reply.data() or (base64.b64decode(hidden) if hidden else b"")
    return xml.parse(body).text_of("Code", "") if body else "NotModified"


def _query_text(query: Query) -> str:
    parts = [
        quote(name) if value is None else urlencode({name: value}, quote_via=quote) for name, value in query.items()
    ]
    return f"?{'&'.join(parts)}" if parts else ""


def _meta(meta: Mapping[str, str] | None) -> dict[str, str | None]:
    return {_META + name: value for name, value in (meta or {}).items()}


def _part(node: Node) -> tuple[int, int, str]:
    return int(node.text_of("PartNumber", "")), int(node.text_of("Size", "")), node.text_of("ETag", "").strip('"')


def _of_version(version: str | None) -> dict[str, str]:
    return {} if version is None else {"versionId": version}


def _version(node: Node) -> tuple[str, str, bool, int]:
    key, version = unquote(node.text_of("Key", "")), node.text_of("VersionId", "")
    return key, version, node.text_of("IsLatest", "") == "true", int(node.text_of("Size", "-1"))


def _tag_set(tags: Mapping[str, str]) -> Element:
    return ("TagSet", [("Tag", [("Key", key), ("Value", value)]) for key, value in tags.items()])


def _tags(node: Node) -> dict[str, str]:
    found = node.child("TagSet")
    rows = () if found is None else found.children_named("Tag")
    return {tag.text_of("Key", ""): tag.text_of("Value", "") for tag in rows}


def _period(root: str, days: int) -> bytes:
    return xml.render(root, [("RetentionPeriodInDays", days)])
