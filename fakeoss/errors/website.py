"""Refusals of website configurations, and failures of mirroring from an origin."""

from __future__ import annotations

from fakeoss.errors.base import Row

InvalidWebsite = Row("InvalidArgument", 400, "{ArgumentName} is Invalid", "0019-00000002", source="docs: 0019-00000002")
MirrorFailed = Row(
    "MirrorFailed",
    424,
    "Mirroring failed, please check your mirror configuration",
    "0041-00000104",
    source="docs: HTTP 424; docs: 0041-00000104; pairing inferred",
)
MirrorStatus = Row(
    "MirrorFailed",
    424,
    "Error status : {status} from mirror host, should return 200 OK",
    "0041-00000101",
    source="docs: HTTP 424; docs: 0041-00000101; pairing inferred",
)
MirrorNotStored = Row("MirrorFailed", 424, "{reason}", source="docs: HTTP 424")
