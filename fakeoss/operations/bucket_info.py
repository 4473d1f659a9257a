"""What a bucket is and how much it holds: GetBucketInfo and GetBucketStat."""

from __future__ import annotations

from fakeoss.operations import regions
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, owner, timestamp
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.acceleration import TransferAcceleration
from fakeoss.state.configurations.access_log import BucketLogging
from fakeoss.state.configurations.access_monitor import DISABLED, AccessMonitor
from fakeoss.state.configurations.encryption import BucketEncryption
from fakeoss.state.configurations.live import LiveChannel
from fakeoss.state.configurations.public_access import PublicAccessBlock
from fakeoss.state.effects import replication
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element


@operation("GetBucketInfo")
def get_bucket_info(call: Call) -> Reply:
    """Everything about the bucket that is not a configuration of its own."""
    return document("BucketInfo", [("Bucket", _elements(call, call.bucket()))])


@operation("GetBucketStat")
def get_bucket_stat(call: Call) -> Reply:
    """Counts and sizes, exact and at once, where the service lags by an hour and more."""
    return document("BucketStat", _statistics(call.bucket()))


def _elements(call: Call, bucket: Bucket) -> list[Element]:
    """The children of `Bucket` in GetBucketInfo's answer (reference 7.1.5)."""
    public, internal = regions.endpoints(call, bucket.region)
    return [
        ("AccessMonitor", _access_monitor(bucket)),
        ("CreationDate", timestamp(bucket.created)),
        ("ExtranetEndpoint", public),
        ("IntranetEndpoint", internal),
        ("Location", bucket.location),
        ("StorageClass", bucket.storage_class),
        ("DataRedundancyType", bucket.redundancy),
        ("TransferAcceleration", _accelerated(bucket)),
        ("CrossRegionReplication", "Enabled" if replication.rules_of(bucket) else "Disabled"),
        ("HierarchicalNamespace", "Enabled" if bucket.hierarchical else None),
        ("Versioning", bucket.versioning),
        ("ResourceGroupId", bucket.resource_group),
        ("BlockPublicAccess", _blocks_public_access(call, bucket)),
        ("Name", bucket.name),
        ("Comment", bucket.comment),
        owner(bucket.owner, call.accounts.display_name(bucket.owner)),
        ("AccessControlList", [("Grant", bucket.acl)]),
        ("ServerSideEncryptionRule", _encryption(bucket)),
        ("BucketPolicy", _logs(bucket)),
    ]


def _logs(bucket: Bucket) -> list[Element]:
    """Where the access logs go; empty where there are none."""
    logging = bucket.configuration(BucketLogging)
    target = None if logging is None else logging.target
    return [("LogBucket", target.bucket if target else ""), ("LogPrefix", target.prefix if target else "")]


def _accelerated(bucket: Bucket) -> str:
    acceleration = bucket.configuration(TransferAcceleration)
    return "Enabled" if acceleration is not None and acceleration.enabled else "Disabled"


def _blocks_public_access(call: Call, bucket: Bucket) -> bool:
    """The bucket's own setting; until it is set, what the fake's settings show for a new bucket."""
    block = bucket.configuration(PublicAccessBlock)
    return call.settings.block_public_access if block is None else block.enabled


def _access_monitor(bucket: Bucket) -> str:
    monitor = bucket.configuration(AccessMonitor)
    return DISABLED if monitor is None else monitor.status


def _encryption(bucket: Bucket) -> list[Element]:
    rule = bucket.configuration(BucketEncryption)
    if rule is None:
        return [("SSEAlgorithm", "None")]
    return [
        ("SSEAlgorithm", rule.algorithm),
        ("KMSMasterKeyID", rule.key_id or None),
        ("KMSDataEncryption", rule.data_algorithm or None),
    ]


_CLASSES = (
    ("IA", "InfrequentAccess"),
    ("Archive", "Archive"),
    ("ColdArchive", "ColdArchive"),
    ("DeepColdArchive", "DeepColdArchive"),
)


def _statistics(bucket: Bucket) -> list[Element]:
    """The children of `BucketStat` (reference 7.1.7): counts, and sizes in bytes, billed and real."""
    tally = bucket.objects.tally
    standard = tally.of_class("Standard")
    changed = bucket.last_modified
    stat: list[Element] = [
        ("Storage", tally.billed),
        ("ObjectCount", tally.objects),
        ("MultipartUploadCount", len(bucket.uploads)),
        ("LiveChannelCount", len(bucket.keyed_configurations(LiveChannel))),
        ("LastModifiedTime", int(changed.timestamp()) if changed else 0),
        ("StandardStorage", standard.size),
        ("StandardObjectCount", standard.objects),
    ]
    for storage_class, label in _CLASSES:
        total = tally.of_class(storage_class)
        stat += [
            (f"{label}Storage", total.billed),
            (f"{label}RealStorage", total.size),
            (f"{label}ObjectCount", total.objects),
        ]
    parts = sum(upload.size for _, upload in bucket.uploads.items())
    return [
        *stat,
        ("MultipartPartCount", _part_count(bucket)),
        ("MultipartStorage", parts),
        ("DeleteMarkerCount", tally.delete_markers),
    ]


def _part_count(bucket: Bucket) -> int:
    return sum(len(upload.parts) for _, upload in bucket.uploads.items())
