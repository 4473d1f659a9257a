"""Limits of bandwidth and request rate: kept and told, never enforced, since the fake has no speed to limit."""

from __future__ import annotations

from dataclasses import dataclass

from fakeoss import errors
from fakeoss.schema import fields_of, integer, schema

UNLIMITED = -1


@schema("QoSConfiguration")
class QosConfiguration:
    """Bandwidth in Gbit/s and requests a second, in all, inside the region and from outside; -1: no limit.

    (oss2: BucketQosInfo and QoSConfiguration; no page of the reference tells of them.)
    """

    total_upload: int = integer("TotalUploadBandwidth", lowest=UNLIMITED, default=UNLIMITED)
    intranet_upload: int = integer("IntranetUploadBandwidth", lowest=UNLIMITED, default=UNLIMITED)
    extranet_upload: int = integer("ExtranetUploadBandwidth", lowest=UNLIMITED, default=UNLIMITED)
    total_download: int = integer("TotalDownloadBandwidth", lowest=UNLIMITED, default=UNLIMITED)
    intranet_download: int = integer("IntranetDownloadBandwidth", lowest=UNLIMITED, default=UNLIMITED)
    extranet_download: int = integer("ExtranetDownloadBandwidth", lowest=UNLIMITED, default=UNLIMITED)
    total_qps: int = integer("TotalQps", lowest=UNLIMITED, default=UNLIMITED)
    intranet_qps: int = integer("IntranetQps", lowest=UNLIMITED, default=UNLIMITED)
    extranet_qps: int = integer("ExtranetQps", lowest=UNLIMITED, default=UNLIMITED)

    def validate(self) -> None:
        """Refuse a part that exceeds its total: InvalidArgument naming it (oss2 tests)."""
        groups = (
            (self.total_upload, self.intranet_upload, self.extranet_upload, "UploadBandwidth"),
            (self.total_download, self.intranet_download, self.extranet_download, "DownloadBandwidth"),
            (self.total_qps, self.intranet_qps, self.extranet_qps, "Qps"),
        )
        for total, intranet, extranet, name in groups:
            _check_within(intranet, total, f"Intranet{name}")
            _check_within(extranet, total, f"Extranet{name}")

    def check_within(self, account: QosConfiguration) -> None:
        """Refuse a limit above what the account has in all: InvalidArgument naming it (oss2 tests)."""
        for field in fields_of(QosConfiguration):
            group = field.attribute.partition("_")[2]
            limit = getattr(account, f"total_{group}")
            _check_within(getattr(self, field.attribute), limit, field.element)


def _check_within(value: int, limit: int, name: str) -> None:
    if UNLIMITED not in (value, limit) and value > limit:
        raise errors.InvalidArgument(ArgumentName=name, ArgumentValue=str(value))


@dataclass(frozen=True, slots=True)
class RequesterQos:
    """The limits of one requester, an account or a RAM user by its id."""

    requester: str
    limits: QosConfiguration


ACCOUNT = QosConfiguration(total_upload=10, total_download=10)
"""What an account may use in a region: 10 Gbit/s each way (documentation: limits), requests without a limit."""
