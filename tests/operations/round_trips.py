"""Every configuration with values for it, with what the bucket makes of them, and with what the SDKs call it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import fakeoss
from fakeoss import errors
from fakeoss.operations.bucket_resource_group import BucketResourceGroup
from fakeoss.schema import fields_of
from fakeoss.state.configurations.acceleration import TransferAcceleration
from fakeoss.state.configurations.access_log import BucketLogging, LogTarget, UserDefinedLogFields
from fakeoss.state.configurations.access_monitor import AccessMonitor
from fakeoss.state.configurations.archive_direct_read import ArchiveDirectRead
from fakeoss.state.configurations.callback_policy import BucketCallbackPolicy
from fakeoss.state.configurations.cors import CorsConfiguration
from fakeoss.state.configurations.encryption import BucketEncryption
from fakeoss.state.configurations.https_config import HttpsConfiguration
from fakeoss.state.configurations.inventory import ARN, Inventory, InventorySchedule
from fakeoss.state.configurations.lifecycle import Expiration, Lifecycle, LifecycleFilter, LifecycleRule, LifecycleTag
from fakeoss.state.configurations.overwrite import OverwriteConfiguration
from fakeoss.state.configurations.public_access import PublicAccessBlock
from fakeoss.state.configurations.qos import ACCOUNT, QosConfiguration
from fakeoss.state.configurations.quota import StorageCapacity, StorageQuota
from fakeoss.state.configurations.referer import RefererConfiguration
from fakeoss.state.configurations.replication import Destination, ReplicationRequest, ReplicationRule
from fakeoss.state.configurations.request_payment import RequestPayment
from fakeoss.state.configurations.tagging import BucketTagging
from fakeoss.state.configurations.website import Redirect, WebsiteConfiguration
from tests.conftest import BUCKET
from tests.operations.comeback import is_taken, worded

FAR = "far-bucket"
POINT = "entrance"


def prepare(oss: fakeoss.FakeOSS) -> None:
    """A bucket that may have any configuration: it tracks accesses, has an access point and another bucket afar."""
    oss.create_bucket(BUCKET)
    oss.create_bucket(FAR, region="cn-beijing")
    oss.oss2_bucket(BUCKET).put_bucket_access_monitor("Enabled")
    point = oss_v2.CreateAccessPointConfiguration(access_point_name=POINT, network_origin="internet")
    oss.client().create_access_point(oss_v2.CreateAccessPointRequest(BUCKET, point))


# What the bucket makes of a value


def _website(value: WebsiteConfiguration) -> WebsiteConfiguration:
    """What a mirror passes of the query reads the same by both names (vendor's tests)."""

    def kept(redirect: Redirect) -> Redirect:
        if redirect.kind != "Mirror" or redirect.mirror_pass_query is None:
            return redirect
        return replace(redirect, pass_query=redirect.mirror_pass_query)

    return replace(value, rules=tuple(replace(rule, redirect=kept(rule.redirect)) for rule in value.rules))


def _encryption(value: BucketEncryption) -> BucketEncryption:
    return value if value.algorithm == "KMS" else replace(value, key_id=None, data_algorithm=None)


def _inventory(value: Inventory) -> Inventory:
    if value.filter is None:
        return value
    return replace(value, filter=replace(value.filter, storage_classes=tuple(sorted(value.filter.storage_classes))))


def _replication(value: ReplicationRequest) -> ReplicationRequest:
    (rule,) = value.rules
    if rule.sync_role is None:
        rule = replace(rule, kms_objects=None, replica_kms_key=None)
    if rule.kms_objects != "Enabled":
        rule = replace(rule, replica_kms_key=None)
    if rule.destination.transfer_type == "internal":
        rule = replace(rule, destination=replace(rule.destination, transfer_type=None))
    rtc = "enabling" if rule.rtc == "enabled" else None
    return replace(value, rules=(replace(rule, status="starting", rtc=rtc),))


def _resource_group(value: BucketResourceGroup) -> BucketResourceGroup:
    return replace(value, resource_group=value.resource_group or "rg-default-id")


# Values that a bucket takes: what the other rules or buckets have to say is not in a declaration


def _apart(value: Lifecycle) -> Lifecycle:
    """The rules with prefixes that have nothing in common, an id each, and a time where tracking began."""

    def alone(number: int, rule: LifecycleRule) -> LifecycleRule:
        front = f"{number}/"
        chosen = rule.filter
        if chosen is not None:
            moved = tuple(
                replace(exclusion, prefix=exclusion.prefix and front + exclusion.prefix)
                for exclusion in chosen.exclusions
            )
            chosen = replace(chosen, exclusions=moved)
        base = 1_700_000_000 if rule.goes_by_access and rule.atime_base is None else rule.atime_base
        return replace(rule, id=f"rule {number}", prefix=front + rule.prefix, filter=chosen, atime_base=base)

    return replace(value, rules=tuple(alone(number, rule) for number, rule in enumerate(value.rules)))


def _dated(value: Lifecycle) -> Lifecycle:
    """SDK v2 has no word for the old form of dates."""

    def told(rule: LifecycleRule) -> LifecycleRule:
        if rule.expiration is None or rule.expiration.date is None:
            return rule
        return replace(rule, expiration=Expiration(created_before_date=rule.expiration.date))

    return replace(value, rules=tuple(map(told, value.rules)))


def _here(value: Inventory) -> Inventory:
    return replace(value, destination=replace(value.destination, bucket=ARN + BUCKET))


def _beyond(value: ReplicationRequest) -> ReplicationRequest:
    (rule,) = value.rules
    destination = Destination(bucket=FAR, location="oss-cn-beijing", transfer_type=rule.destination.transfer_type)
    key = rule.replica_kms_key or "key"
    told = replace(rule, id="rule 0", destination=destination, replica_kms_key=key, tag_filter=None)
    return replace(value, rules=(told,))


def _to_itself(value: BucketLogging) -> BucketLogging:
    return value if value.target is None else replace(value, target=replace(value.target, bucket=BUCKET))


LIFECYCLES = worded(Lifecycle).map(_apart)
INVENTORIES = worded(Inventory).map(_here)
REPLICATIONS = worded(ReplicationRequest).map(_beyond)
LOGGINGS = worded(BucketLogging).map(_to_itself)
GROUPS = st.sampled_from(["", "rg-default-id", "rg-aekz0123456789a"]).map(
    lambda name: BucketResourceGroup(resource_group=name)
)
OVERWRITES = worded(OverwriteConfiguration).map(
    lambda value: replace(
        value, rules=tuple(replace(rule, id=f"rule {number}") for number, rule in enumerate(value.rules))
    )
)


def same(value: Any) -> Any:
    """The value as it is."""
    return value


def nothing(_value: Any) -> dict[str, str]:
    """No further parameters."""
    return {}


@dataclass(frozen=True, slots=True)
class Trip:
    """A configuration in the words of SDK v2.

    `stem` is what its methods and requests are called after (`put_<stem>`), `values` what is set, `kept` what the
    bucket makes of a value, `parameters` what requests take beside bucket and document, and `told` what the answer has
    beside the configuration.
    """

    kind: type[Any]
    stem: str
    values: SearchStrategy[Any] | None = None
    kept: Callable[[Any], Any] = same
    parameters: Callable[[Any], dict[str, str]] = nothing
    of_bucket: bool = True
    told: tuple[tuple[str, Any], ...] = ()

    @property
    def chosen(self) -> SearchStrategy[Any]:
        """What is set."""
        return worded(self.kind) if self.values is None else self.values


SDK_V2 = (
    Trip(Lifecycle, "bucket_lifecycle", LIFECYCLES.map(_dated)),
    Trip(ReplicationRequest, "bucket_replication", REPLICATIONS, _replication),
    Trip(Inventory, "bucket_inventory", INVENTORIES, _inventory, lambda value: {"inventory_id": value.id}),
    Trip(BucketLogging, "bucket_logging", LOGGINGS),
    Trip(UserDefinedLogFields, "user_defined_log_fields_config"),
    Trip(WebsiteConfiguration, "bucket_website", kept=_website),
    Trip(CorsConfiguration, "bucket_cors", kept=lambda value: value.stored),
    Trip(BucketTagging, "bucket_tags"),
    Trip(BucketEncryption, "bucket_encryption", kept=_encryption),
    Trip(RequestPayment, "bucket_request_payment"),
    Trip(RefererConfiguration, "bucket_referer"),
    Trip(TransferAcceleration, "bucket_transfer_acceleration"),
    Trip(AccessMonitor, "bucket_access_monitor"),
    Trip(ArchiveDirectRead, "bucket_archive_direct_read"),
    Trip(BucketResourceGroup, "bucket_resource_group", GROUPS, _resource_group),
    Trip(HttpsConfiguration, "bucket_https_config"),
    Trip(OverwriteConfiguration, "bucket_overwrite_config", OVERWRITES),
    Trip(StorageQuota, "bucket_storage_quota", told=(("current_usage", 0),)),
    Trip(PublicAccessBlock, "public_access_block", of_bucket=False),
    Trip(PublicAccessBlock, "bucket_public_access_block"),
    Trip(PublicAccessBlock, "access_point_public_access_block", parameters=lambda _: {"access_point_name": POINT}),
)


def _is_within_account(value: QosConfiguration) -> bool:
    try:
        value.check_within(ACCOUNT)
    except errors.OSSError:
        return False
    return True


BUCKET_LIMITS = worded(
    QosConfiguration,
    **{
        field.attribute: st.integers(-1, ACCOUNT.total_upload)
        for field in fields_of(QosConfiguration)
        if field.attribute.endswith("load")
    },
).filter(_is_within_account)
"""Limits that a bucket may have."""


@dataclass(frozen=True, slots=True)
class OldTrip:
    """A configuration in the words of oss2: how it reads a bucket's, and how it sets what it has read.

    `target` is where the document is put. `values` leave out what oss2 has no words for.
    """

    kind: type[Any]
    target: str
    read: Callable[[oss2.Bucket], Any]
    write: Callable[[oss2.Bucket, Any], Any]
    values: SearchStrategy[Any] | None = None
    method: str = "PUT"

    @property
    def chosen(self) -> SearchStrategy[Any]:
        """What is set."""
        return worded(self.kind) if self.values is None else self.values


def _old_lifecycle(value: Lifecycle) -> Lifecycle:
    """Without times of tracking and sizes of 0, which oss2 drops, and with what it adds: filters, whole exclusions."""

    def told(rule: LifecycleRule) -> LifecycleRule:
        chosen, expiration = rule.filter or LifecycleFilter(exclusions=()), rule.expiration
        whole = tuple(
            replace(each, prefix=f"{rule.prefix}/x", tag=each.tag or LifecycleTag(key="only", value="x"))
            for each in chosen.exclusions
        )
        chosen = replace(chosen, larger_than=chosen.larger_than or None, exclusions=whole)
        if expiration is not None:
            expiration = replace(
                expiration, expired_object_delete_marker=expiration.expired_object_delete_marker or None
            )
        tags = {tag.key: tag for tag in rule.tags}
        return replace(rule, filter=chosen, expiration=expiration, tags=tuple(tags.values()), atime_base=None)

    return replace(value, rules=tuple(map(told, value.rules)))


OLD_INVENTORIES = worded(
    Inventory, schedule=worded(InventorySchedule, day_of_month=st.none(), auto_delete=st.none()), incremental=st.none()
).map(_here)
OLD_REPLICATIONS = worded(ReplicationRequest, rules=worded(ReplicationRule, rtc=st.none()).map(lambda rule: (rule,)))
OLD_LOGGINGS = worded(LogTarget, role=st.none()).map(lambda target: _to_itself(BucketLogging(target=target)))

OSS2 = (
    OldTrip(
        Lifecycle,
        "/?lifecycle",
        oss2.Bucket.get_bucket_lifecycle,
        oss2.Bucket.put_bucket_lifecycle,
        LIFECYCLES.map(_old_lifecycle).filter(is_taken),
    ),
    OldTrip(
        ReplicationRequest,
        "/?replication&comp=add",
        lambda bucket: bucket.get_bucket_replication().rule_list[0],
        oss2.Bucket.put_bucket_replication,
        OLD_REPLICATIONS.map(_beyond),
        "POST",
    ),
    OldTrip(
        Inventory,
        "/?inventory&inventoryId=x",
        lambda bucket: bucket.get_bucket_inventory_configuration("x"),
        oss2.Bucket.put_bucket_inventory_configuration,
        OLD_INVENTORIES.map(lambda value: replace(value, id="x")),
    ),
    OldTrip(BucketLogging, "/?logging", oss2.Bucket.get_bucket_logging, oss2.Bucket.put_bucket_logging, OLD_LOGGINGS),
    OldTrip(CorsConfiguration, "/?cors", oss2.Bucket.get_bucket_cors, oss2.Bucket.put_bucket_cors),
    OldTrip(BucketTagging, "/?tagging", oss2.Bucket.get_bucket_tagging, oss2.Bucket.put_bucket_tagging),
    OldTrip(BucketEncryption, "/?encryption", oss2.Bucket.get_bucket_encryption, oss2.Bucket.put_bucket_encryption),
    OldTrip(
        RequestPayment,
        "/?requestPayment",
        lambda bucket: bucket.get_bucket_request_payment().payer,
        oss2.Bucket.put_bucket_request_payment,
    ),
    OldTrip(
        RefererConfiguration,
        "/?referer",
        oss2.Bucket.get_bucket_referer,
        oss2.Bucket.put_bucket_referer,
        worded(RefererConfiguration, truncate_path=st.just(value=False)),
    ),
    OldTrip(
        TransferAcceleration,
        "/?transferAcceleration",
        lambda bucket: bucket.get_bucket_transfer_acceleration().enabled,
        oss2.Bucket.put_bucket_transfer_acceleration,
    ),
    OldTrip(
        AccessMonitor,
        "/?accessmonitor",
        lambda bucket: bucket.get_bucket_access_monitor().access_monitor.status,
        oss2.Bucket.put_bucket_access_monitor,
        worded(AccessMonitor, allow_copy=st.none()),
    ),
    OldTrip(
        ArchiveDirectRead,
        "/?bucketArchiveDirectRead",
        lambda bucket: bucket.get_bucket_archive_direct_read().enabled,
        oss2.Bucket.put_bucket_archive_direct_read,
    ),
    OldTrip(
        BucketResourceGroup,
        "/?resourceGroup",
        lambda bucket: bucket.get_bucket_resource_group().resource_group_id,
        oss2.Bucket.put_bucket_resource_group,
        GROUPS,
    ),
    OldTrip(
        HttpsConfiguration,
        "/?httpsConfig",
        oss2.Bucket.get_bucket_https_config,
        oss2.Bucket.put_bucket_https_config,
        worded(HttpsConfiguration, cipher_suite=st.none()),
    ),
    OldTrip(
        PublicAccessBlock,
        "/?publicAccessBlock",
        lambda bucket: bucket.get_bucket_public_access_block().block_public_access,
        oss2.Bucket.put_bucket_public_access_block,
    ),
    OldTrip(
        BucketCallbackPolicy,
        "/?policy&comp=callback",
        lambda bucket: bucket.get_bucket_callback_policy().callback_policies,
        oss2.Bucket.put_bucket_callback_policy,
    ),
    OldTrip(
        StorageCapacity,
        "/?qos",
        oss2.Bucket.get_bucket_storage_capacity,
        oss2.Bucket.set_bucket_storage_capacity,
    ),
    OldTrip(
        QosConfiguration,
        "/?qosInfo",
        oss2.Bucket.get_bucket_qos_info,
        oss2.Bucket.put_bucket_qos_info,
        BUCKET_LIMITS,
    ),
)
