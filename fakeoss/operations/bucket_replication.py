"""PutBucketReplication, GetBucketReplication, its location and progress, DeleteBucketReplication and PutBucketRtc."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.data.regions import Region, is_mainland, regions
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body
from fakeoss.operations.declare import operation
from fakeoss.operations.regions import public_regions
from fakeoss.operations.replies import document, empty, timestamp
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.acceleration import TransferAcceleration
from fakeoss.state.configurations.replication import (
    ACCELERATED,
    RULES_LIMIT,
    Replication,
    ReplicationRequest,
    ReplicationRule,
    ReplicationRules,
    RtcRequest,
)
from fakeoss.state.effects import replication as effect
from fakeoss.state.effects.means import Means
from fakeoss.wire import encoding, schema_xml
from fakeoss.wire.bind import params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element


@operation("PutBucketReplication")
def put_bucket_replication(call: Call) -> Reply:
    """Add one rule; it is at work after a while (reference 7.7.1).

    Where its link is accelerated, acceleration is switched on for the destination (documentation).

    Raises what the declaration refuses, InvalidTargetBucket, BadReplicationLocation, InvalidTargetLocation,
    InvalidBucketStatus, BucketReplicationAlreadyExist, and TooManyOutgoingReplication and its counterpart.
    """
    bucket = call.bucket()
    (rule,) = schema_xml.parse(ReplicationRequest, checked_body(call)).rules
    target = _target(call, bucket, rule)
    _check_new(call, bucket, target, rule)
    _check_link(bucket, target, rule)
    named = replace(_kept(rule), id=rule.id or call.ids.uuid("replication rule"))
    call.save_world(effect.begin(call.world, bucket, named, call.now, _means(call)))
    if rule.destination.transfer_type == ACCELERATED:
        call.save(call.bucket(target.name).with_configuration(TransferAcceleration(enabled=True)))
    return empty(200, [("x-oss-replication-rule-id", encoding.header_text(named.id))])


def _target(call: Call, bucket: Bucket, rule: ReplicationRule) -> Bucket:
    """The destination: another bucket of the same account, where the rule says it is, versioned as the source is."""
    destination = rule.destination
    target = call.world.buckets.get(destination.bucket)
    served = {f"oss-{region}" for region in regions()} | ({target.location} if target else set())
    if destination.location not in served:
        raise errors.BadReplicationLocation()
    if bucket.region in regions() and bucket.region not in public_regions():
        raise errors.NoReplicationLocation()
    if target is None or target.owner != bucket.owner or target.name == bucket.name:
        raise errors.InvalidTargetBucket().because(f"{destination.bucket!r} is no other bucket of the same account")
    if target.location != destination.location:
        raise errors.InvalidTargetLocation().because(f"{target.name} is in {target.location}")
    _check_versioning(bucket, target, rule)
    return target


def _check_versioning(bucket: Bucket, target: Bucket, rule: ReplicationRule) -> None:
    """Both have it or neither; by tags only versioned buckets are replicated (documentation: HTTP 400)."""
    allowed = ("Enabled", None) if rule.tag_filter is None else ("Enabled",)
    if target.versioning != bucket.versioning or bucket.versioning not in allowed:
        raise errors.InvalidBucketStatus().because(
            f"versioning is {bucket.versioning or 'off'} here and {target.versioning or 'off'} there"
        )


def _check_new(call: Call, bucket: Bucket, target: Bucket, rule: ReplicationRule) -> None:
    """Refuse a second rule between two buckets or of one id, and a rule too many at either end."""
    leaving = effect.rules_of(bucket)
    if any(each.rule.id == rule.id or each.rule.destination.bucket == target.name for each in leaving):
        raise errors.BucketReplicationAlreadyExist()
    if _rules_at(call, bucket) >= RULES_LIMIT:
        raise errors.TooManyOutgoingReplication()
    if _rules_at(call, target) >= RULES_LIMIT:
        raise errors.TooManyIncomingReplication()


def _rules_at(call: Call, bucket: Bucket) -> int:
    """How many rules leave a bucket or point at it."""
    return len(effect.rules_of(bucket)) + sum(1 for _ in effect.rules_to(call.world, bucket))


def _check_link(bucket: Bucket, target: Bucket, rule: ReplicationRule) -> None:
    """Time is controlled between regions only (documentation).

    So would be acceleration (reference 7.7.1), but it is taken within one region as well (SDK v2's tests).
    """
    if bucket.region == target.region and rule.rtc == "enabled":
        raise errors.ReplicationLocationNotSupportRtc()


def _kept(rule: ReplicationRule) -> ReplicationRule:
    """The rule without what means nothing: KMS without a role, a key where such objects stay (vendor's tests).

    Raises InvalidArgument where objects encrypted by KMS are to go and no key is named.
    """
    if rule.sync_role is None:
        return replace(rule, kms_objects=None, replica_kms_key=None, status="")
    if rule.kms_objects == "Enabled" and not rule.replica_kms_key:
        raise errors.InvalidArgument(ArgumentName="ReplicaKmsKeyID", ArgumentValue="")
    return replace(rule, replica_kms_key=rule.replica_kms_key if rule.kms_objects == "Enabled" else None, status="")


@operation("GetBucketReplication")
def get_bucket_replication(call: Call) -> Reply:
    """Every rule with its state (reference 7.7.2); raises NoSuchReplicationConfiguration."""
    found = effect.rules_of(call.bucket())
    if not found:
        raise errors.NoSuchReplicationConfiguration(BucketName=call.bucket_name)
    rules: list[Element] = [("Rule", schema_xml.elements(_shown(each))) for each in found]
    return document("ReplicationConfiguration", rules)


def _shown(each: Replication) -> ReplicationRule:
    """The rule with its state; the usual link is not told (reference 7.7.2)."""
    destination = each.rule.destination
    link = destination.transfer_type if destination.transfer_type == ACCELERATED else None
    return replace(
        each.rule, status=each.state, rtc=each.shown_rtc, destination=replace(destination, transfer_type=link)
    )


@params
class GetBucketReplicationProgress:
    """What GetBucketReplicationProgress takes."""

    rule_id: str | None = query("rule-id", default=None)


@operation("GetBucketReplicationProgress", GetBucketReplicationProgress)
def get_bucket_replication_progress(call: Call, ask: GetBucketReplicationProgress) -> Reply:
    """How far the rule named, or each, has come (reference 7.7.4).

    Raises TooManyReplicationRules for two rules, NoSuchReplicationRule for an unknown one, also where there is none at
    all (vendor's tests), and NoSuchReplicationConfiguration where none is named and there is none.
    """
    bucket = call.bucket()
    if len([name for name, _ in encoding.parse_query(call.request.target.partition("?")[2]) if name == "rule-id"]) > 1:
        raise errors.TooManyReplicationRules()
    found = [each for each in effect.rules_of(bucket) if ask.rule_id in (None, each.rule.id)]
    if not found:
        refusal = errors.NoSuchReplicationConfiguration if ask.rule_id is None else errors.NoSuchReplicationRule
        raise refusal(BucketName=bucket.name)
    return document("ReplicationProgress", [("Rule", _progress(call, each)) for each in found])


def _progress(call: Call, each: Replication) -> list[Element]:
    rule = each.rule
    elements = schema_xml.elements(
        replace(_shown(each), rtc=None, sync_role=None, kms_objects=None, replica_kms_key=None, tag_filter=None)
    )
    if each.state == "doing":
        waiting = min((change.at for change in each.arriving.values()), default=call.now)
        share = f"{each.historical_progress:.2f}".rstrip("0").rstrip(".")
        progress: list[Element] = [("HistoricalObject", share)] if rule.historical == "enabled" else []
        elements.append(("Progress", [*progress, ("NewObject", timestamp(waiting.replace(microsecond=0)))]))
    return elements


@operation("GetBucketReplicationLocation")
def get_bucket_replication_location(call: Call) -> Reply:
    """Where a destination may be: every other public region (reference 7.7.3).

    Between the Chinese mainland and elsewhere the link may be accelerated, on either side time may be controlled
    (assumption A213).
    """
    bucket = call.bucket()
    others = [regions()[name] for name in public_regions() if name != bucket.region]
    abroad = [region for region in others if is_mainland(region.id) != is_mainland(bucket.region)]
    near = [region for region in others if region not in abroad]
    elements: list[Element] = [("Location", _location(region)) for region in others]
    links: list[Element] = [
        ("LocationTransferType", [("Location", _location(region)), ("TransferTypes", [("Type", "oss_acc")])])
        for region in abroad
    ]
    elements.append(("LocationTransferTypeConstraint", links))
    elements.append(("LocationRTCConstraint", [("Location", _location(region)) for region in near]))
    return document("ReplicationLocation", elements)


def _location(region: Region) -> str:
    return f"oss-{region.id}"


@operation("DeleteBucketReplication")
def delete_bucket_replication(call: Call) -> Reply:
    """Take a rule down, which takes a while (reference 7.7.5): 200, 204 where it is being taken down already.

    Raises NoSuchReplicationRule for an unknown rule of a bucket that has others.
    """
    bucket = call.bucket()
    (rule_id,) = schema_xml.parse(ReplicationRules, checked_body(call)).ids
    found = {each.rule.id: each for each in effect.rules_of(bucket)}
    if not found:
        return empty(200)
    if rule_id not in found:
        raise errors.NoSuchReplicationRule(BucketName=bucket.name)
    if found[rule_id].state == "closing":
        return empty(204)
    call.save_world(effect.end(call.world, bucket, found[rule_id], call.now, _means(call)))
    return empty(200)


@operation("PutBucketRtc")
def put_bucket_rtc(call: Call) -> Reply:
    """Switch replication time control of a rule (documentation).

    Raises NoSuchReplicationRule, and ReplicationLocationNotSupportRtc within one region.
    """
    bucket = call.bucket()
    asked = schema_xml.parse(RtcRequest, checked_body(call))
    found = bucket.keyed_configuration(Replication, asked.id)
    if found is None:
        raise errors.NoSuchReplicationRule(BucketName=bucket.name)
    if asked.status == "enabled" and found.rule.destination.location == bucket.location:
        raise errors.ReplicationLocationNotSupportRtc()
    call.save(bucket.with_keyed(asked.id, replace(found, rule=replace(found.rule, rtc=asked.status))))
    return empty(200)


def _means(call: Call) -> Means:
    return Means(call.ids, call.settings)
