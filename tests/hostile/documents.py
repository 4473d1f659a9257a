"""Documents of every operation that takes one, from valid to absurd: a valid one, changed in up to three places."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from fakeoss import kit
from fakeoss.wire import schema_xml, xml
from tests.hostile import strategies

DECLARED = {
    "CreateAccessPoint": "CreateAccessPointConfiguration",
    "CreateBucketMetadataConfiguration": "MetadataConfiguration",
    "CreateCnameToken": "BucketCnameConfiguration",
    "DeleteBucketReplication": "ReplicationRules",
    "DeleteCname": "BucketCnameConfiguration",
    "PutAccessPointPublicAccessBlock": "PublicAccessBlockConfiguration",
    "PutAsyncFetchTask": "AsyncFetchTaskConfiguration",
    "PutBucketAccessMonitor": "AccessMonitorConfiguration",
    "PutBucketArchiveDirectRead": "ArchiveDirectReadConfiguration",
    "PutBucketCallbackPolicy": "BucketCallbackPolicy",
    "PutBucketCors": "CORSConfiguration",
    "PutBucketEncryption": "ServerSideEncryptionRule",
    "PutBucketHttpsConfig": "HttpsConfiguration",
    "PutBucketInventory": "InventoryConfiguration",
    "PutBucketLifecycle": "LifecycleConfiguration",
    "PutBucketLogging": "BucketLoggingStatus",
    "PutBucketObjectWormConfiguration": "ObjectWormConfiguration",
    "PutBucketOverwriteConfig": "OverwriteConfiguration",
    "PutBucketPublicAccessBlock": "PublicAccessBlockConfiguration",
    "PutBucketQosInfo": "QoSConfiguration",
    "PutBucketReferer": "RefererConfiguration",
    "PutBucketReplication": "ReplicationConfiguration",
    "PutBucketRequestPayment": "RequestPaymentConfiguration",
    "PutBucketRequesterQosInfo": "QoSConfiguration",
    "PutBucketResourceGroup": "BucketResourceGroupConfiguration",
    "PutBucketRtc": "ReplicationRule",
    "PutBucketStorageQuota": "QuotaConfiguration",
    "PutBucketTags": "Tagging",
    "PutBucketTransferAcceleration": "TransferAccelerationConfiguration",
    "PutBucketUserQos": "BucketUserQos",
    "PutBucketWebsite": "WebsiteConfiguration",
    "PutCname": "BucketCnameConfiguration",
    "PutLiveChannel": "LiveChannelConfiguration",
    "PutObjectTagging": "Tagging",
    "PutPublicAccessBlock": "PublicAccessBlockConfiguration",
    "PutResourcePoolRequesterQosInfo": "QoSConfiguration",
    "PutStyle": "Style",
    "PutUserDefinedLogFieldsConfig": "UserDefinedLogFieldsConfiguration",
    "UpdateBucketMetadataInventoryTableConfiguration": "InventoryTableConfiguration",
    "UpdateBucketMetadataJournalTableConfiguration": "JournalTableConfiguration",
}
"""The root of the declared configuration that an operation reads."""

SAMPLES = {
    "CompleteMultipartUpload": "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part>"
    "</CompleteMultipartUpload>",
    "DeleteMultipleObjects": "<Delete><Quiet>false</Quiet><Object><Key>key</Key></Object><Object><Key>a/b</Key>"
    "<VersionId>null</VersionId></Object></Delete>",
    "ExtendBucketWorm": "<ExtendWormConfiguration><RetentionPeriodInDays>5</RetentionPeriodInDays>"
    "</ExtendWormConfiguration>",
    "InitiateBucketWorm": "<InitiateWormConfiguration><RetentionPeriodInDays>5</RetentionPeriodInDays>"
    "</InitiateWormConfiguration>",
    "PutBucket": "<CreateBucketConfiguration><StorageClass>IA</StorageClass>"
    "<DataRedundancyType>ZRS</DataRedundancyType></CreateBucketConfiguration>",
    "PutBucketVersioning": "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
    "PutObjectLegalHold": "<LegalHold><Status>ON</Status></LegalHold>",
    "PutObjectRetention": "<Retention><Mode>GOVERNANCE</Mode>"
    "<RetainUntilDate>2090-01-01T00:00:00.000Z</RetainUntilDate></Retention>",
    "RestoreObject": "<RestoreRequest><Days>3</Days><JobParameters><Tier>Standard</Tier></JobParameters>"
    "</RestoreRequest>",
}
"""A document of an operation that reads it by hand."""

POLICIES = {"PutAccessPointPolicy", "PutBucketPolicy"}

WITHOUT = {
    "AppendObject", "CleanRestoredObject", "CompleteBucketWorm", "CopyObject", "CreateBucketDataRedundancyTransition",
    "InitiateMultipartUpload", "PostVodPlaylist", "PutBucketAcl", "PutLiveChannelStatus", "PutObject",
    "PutObjectAcl", "PutSymlink", "SealAppendObject", "UploadPart", "UploadPartCopy",
}  # fmt: skip
"""Operations by PUT or POST whose body is no document."""

POLICY = {
    "Version": "1",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["oss:GetObject", "oss:List*"],
            "Principal": ["*"],
            "Resource": ["acs:oss:*:*:fuzz-bucket/*"],
            "Condition": {
                "StringLike": {"oss:Prefix": ["a*"]},
                "IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]},
                "Bool": {"acs:SecureTransport": ["true"]},
                "DateLessThan": {"acs:CurrentTime": "2090-01-01T00:00:00Z"},
            },
        }
    ],
}

ODD = st.sampled_from(
    [
        *(
            "true",
            "Enabled",
            "Archive",
            "IA,IA",
            "1e5",
            " 1",
            "\uff11",
            "\u00b2",
            "NaN",
            "1.5",
            str(1 << 31),
            str(1 << 63),
        ),
        *("2026-01-01T00:00:00.000Z", "9999-12-31T23:59:59.000Z", "10000-01-01T00:00:00Z", "10.0.0.0/33", "acs:oss:::"),
        *("https://[::1", "http://a:99999/", "(?", "\\", "]]>", "\U0001f600", "\u2028", "\ud7ff", "a" * 2000),
        *("fuzz-bucket", "a/b"),
    ]
)
TEXT = st.one_of(strategies.VALUE, ODD)


@dataclass
class Element:
    """One element, to be changed in place."""

    name: str
    text: str
    children: list[Element]

    @classmethod
    def of(cls, node: xml.Node) -> Element:
        """A copy of a parsed element."""
        return cls(node.name, node.text, [cls.of(child) for child in node.children])

    def all(self) -> Iterator[Element]:
        """This element and all within it."""
        yield self
        for child in self.children:
            yield from child.all()

    def write(self) -> str:
        """The element as a document."""
        return f"<{self.name}>{escape(self.text)}{''.join(child.write() for child in self.children)}</{self.name}>"


Change: TypeAlias = Callable[[st.DrawFn, Element], None]


def _another_text(draw: st.DrawFn, element: Element) -> None:
    element.text = draw(TEXT)


def _another_name(draw: st.DrawFn, element: Element) -> None:
    element.name = draw(st.sampled_from(strategies.ELEMENTS))


def _without_a_child(draw: st.DrawFn, element: Element) -> None:
    if element.children:
        element.children.pop(draw(st.integers(0, len(element.children) - 1)))


def _repeated_child(draw: st.DrawFn, element: Element) -> None:
    if element.children:
        element.children += [draw(st.sampled_from(element.children))] * draw(st.sampled_from([1, 2, 150]))


def _further_child(draw: st.DrawFn, element: Element) -> None:
    element.children.append(Element(draw(st.sampled_from(strategies.ELEMENTS)), draw(TEXT), []))


CHANGES: list[Change] = [_another_text, _another_text, _another_name, _without_a_child, _repeated_child, _further_child]


def operations() -> list[str]:
    """The names of all operations with a document."""
    return sorted({*DECLARED, *SAMPLES, *POLICIES})


def documents(operation: str, **known: str) -> st.SearchStrategy[bytes]:
    """Documents of an operation; `known` fills the names in its sample."""
    return _policies() if operation in POLICIES else _changed(operation, known)


@st.composite
def _changed(draw: st.DrawFn, operation: str, known: dict[str, str]) -> bytes:
    root = Element.of(xml.parse(draw(_valid(operation, known))))
    for _ in range(draw(st.integers(0, 3))):
        draw(st.sampled_from(CHANGES))(draw, draw(st.sampled_from(list(root.all()))))
    return root.write().encode("utf-8", "surrogatepass")


def _valid(operation: str, known: dict[str, str]) -> st.SearchStrategy[bytes]:
    if operation in SAMPLES:
        return st.just(SAMPLES[operation].format(**known).encode())
    return kit.configuration(DECLARED[operation]).map(schema_xml.write)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)


@st.composite
def _policies(draw: st.DrawFn) -> bytes:
    document: Any = json.loads(json.dumps(POLICY))
    for _ in range(draw(st.integers(0, 2))):
        holder, place = draw(st.sampled_from(list(_places(document))))
        holder[place] = draw(JSON)
    return json.dumps(document).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place within a document: what holds it, and its key or index."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for place, inner in list(pairs):
        yield value, place
        yield from _places(inner)
