"""Refusals of replication rules."""

from __future__ import annotations

from fakeoss.errors.base import Row

NoSuchReplicationConfiguration = Row(
    "NoSuchReplicationConfiguration",
    404,
    "The bucket you specified does not have replication configuration",
    source="reference 2022; docs: HTTP 404",
)
NoSuchReplicationRule = Row(
    "NoSuchReplicationRule",
    404,
    "The BucketReplicationRule you specified does not exist",
    source="reference 2022; docs: HTTP 404",
)
BucketReplicationAlreadyExist = Row(
    "BucketReplicationAlreadyExist",
    400,
    "Bucket replication already exists.",
    "0031-00000044",
    source="reference 2022; docs: HTTP 400; docs: 0031-00000044",
)
TooManyReplicationRules = Row(
    "TooManyReplicationRules",
    400,
    "OSS only support one replication rule now.",
    source="reference 2022; docs: HTTP 400",
)
InvalidTargetBucket = Row(
    "InvalidTargetBucket",
    400,
    "The target bucket is invalid for bucket replication.",
    source="reference 2022; docs: HTTP 400",
)
InvalidTargetLocation = Row(
    "InvalidTargetLocation",
    400,
    "The target bucket you specified does not locate in the target location.",
    source="reference 2022; docs: HTTP 400",
)
BadReplicationLocation = Row(
    "BadReplicationLocation",
    400,
    "The replication location you choose is invalid.",
    source="reference 2022; docs: HTTP 400",
)
NoReplicationLocation = Row(
    "NoReplicationLocation",
    400,
    "The bucket does not have corresponding replication location.",
    source="reference 2022; docs: HTTP 400",
)
TooManyIncomingReplication = Row(
    "TooManyIncomingReplication",
    400,
    "Too many replication rules point at the target bucket.",
    source="reference 2022; wording ours",
)
TooManyOutgoingReplication = Row(
    "TooManyOutgoingReplication",
    400,
    "Too many replication rules leave the source bucket.",
    source="reference 2022; wording ours",
)
NoReplicationRule = Row("NoReplicationRule", 400, "No replication rule specified.", source="docs: HTTP 400")
BucketAlreadyHasReplicationConfiguration = Row(
    "BucketAlreadyHasReplicationConfiguration",
    400,
    "The bucket you specified already has replication configuration.",
    source="docs: HTTP 400",
)
InvalidBucketStatus = Row(
    "InvalidBucketStatus",
    400,
    "The src and dest bucket must be versioning enabled when drs tagging rule exist.",
    source="docs: HTTP 400",
)
TooManyPrefixes = Row(
    "TooManyPrefixes", 400, "The bucket replication rule's prefixes number is beyond limit.", source="docs: HTTP 400"
)
TooManyFilterObjectTags = Row(
    "TooManyFilterObjectTags",
    400,
    "The bucket replication rule's filter object tags number is beyond limit.",
    source="docs: HTTP 400; docs: PutBucketReplication (UserTaggings)",
)
InvalidHistoricalReplication = Row(
    "InvalidArgument",
    400,
    "The value of HistoricalObjectReplication is invalid.",
    "0031-00000011",
    source="docs: 0031-00000011; wording ours; pairing inferred",
)
RtcRuleMissing = Row(
    "MalformedXML",
    400,
    "The XML you provided was not well-formed or did not validate against our published schema.",
    "0031-00000015",
    source="docs: 0031-00000015; pairing inferred",
)
ReplicationPrefixOverlap = Row(
    "InvalidArgument",
    400,
    "The prefixes of the replication rule overlap.",
    "0031-00000019",
    source="docs: 0031-00000019; wording ours; pairing inferred",
)
ReplicationLocationNotSupportRtc = Row(
    "ReplicationLocationNotSupportRtc",
    400,
    "The replication location does not support replication time control.",
    source="docs: PutBucketReplication; wording ours",
)
MissingTransferType = Row(
    "MissingArgument", 400, "Missing Some Required Arguments.", source="reference 2022; wording ours"
)
InvalidTransferType = Row(
    "InvalidArgument",
    400,
    "The transfer type of the replication rule is invalid.",
    "0031-00000010",
    source="reference 2022; docs: 0031-00000010; wording ours",
)
