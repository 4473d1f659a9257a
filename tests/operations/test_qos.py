"""Limits of bandwidth and request rate of the account, a bucket and its requesters: kept and told."""

from __future__ import annotations

import dataclasses

import oss2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fakeoss
from fakeoss import schema
from fakeoss.kit import from_schema
from fakeoss.state.configurations.qos import QosConfiguration
from tests.conftest import ENDPOINT
from tests.operations.comeback import MODEST
from tests.operations.conftest import Refused
from tests.people import refusal

NAMES = {
    "total_upload": "total_upload_bw",
    "intranet_upload": "intranet_upload_bw",
    "extranet_upload": "extranet_upload_bw",
    "total_download": "total_download_bw",
    "intranet_download": "intranet_download_bw",
    "extranet_download": "extranet_download_bw",
    "total_qps": "total_qps",
    "intranet_qps": "intranet_qps",
    "extranet_qps": "extranet_qps",
}
"""What oss2 calls each limit."""


def limits(result: object) -> QosConfiguration:
    """What oss2 read, declared."""
    return QosConfiguration(**{ours: getattr(result, theirs) for ours, theirs in NAMES.items()})


def in_words_of(cls: type, value: QosConfiguration) -> object:
    """The limits as oss2's BucketQosInfo or QoSConfiguration."""
    return cls(**{theirs: getattr(value, ours) for ours, theirs in NAMES.items()})


class TestBucket:
    """`?qosInfo`."""

    def test_there_are_none_before_and_after(self, bucket: oss2.Bucket) -> None:
        assert limits(bucket.get_bucket_qos_info()) == QosConfiguration()
        bucket.put_bucket_qos_info(oss2.models.BucketQosInfo(total_qps=5))
        assert bucket.delete_bucket_qos_info().status == 204
        assert limits(bucket.get_bucket_qos_info()) == QosConfiguration()

    @pytest.mark.parametrize(
        ("given", "argument"),
        [
            ({"total_upload": -2}, "TotalUploadBandwidth"),
            ({"total_upload": 5, "intranet_upload": 6}, "IntranetUploadBandwidth"),
            ({"total_upload": 5, "extranet_upload": 6}, "ExtranetUploadBandwidth"),
            ({"total_download": 0, "extranet_download": 1}, "ExtranetDownloadBandwidth"),
            ({"total_qps": 100, "intranet_qps": 101}, "IntranetQps"),
            ({"total_upload": 11}, "TotalUploadBandwidth"),
            ({"intranet_download": 11}, "IntranetDownloadBandwidth"),
        ],
    )
    def test_limits_that_cannot_be(
        self, bucket: oss2.Bucket, refused: Refused, given: dict[str, int], argument: str
    ) -> None:
        elements = {field.attribute: field.element for field in schema.fields_of(QosConfiguration)}
        inner = "".join(f"<{elements[name]}>{value}</{elements[name]}>" for name, value in given.items())
        body = f"<QoSConfiguration>{inner}</QoSConfiguration>".encode()
        error = refused(400, "InvalidArgument", "PUT", "/?qosInfo", {}, body)
        assert (error["ArgumentName"], error["ArgumentValue"]) == (argument, str(list(given.values())[-1]))

    @pytest.mark.parametrize("body", [b"", b"<QoSConfiguration>", b"<Other/>",
                                      b"<QoSConfiguration><TotalQps>x</TotalQps></QoSConfiguration>"])  # fmt: skip
    def test_malformed_documents(self, bucket: oss2.Bucket, refused: Refused, body: bytes) -> None:
        refused(400, "MalformedXML", "PUT", "/?qosInfo", {}, body)


def test_what_the_account_has(oss: fakeoss.FakeOSS) -> None:
    found = oss2.Service(oss2.Auth(*oss.credentials), f"https://{ENDPOINT}").get_user_qos_info()
    assert (found.region, found.total_upload_bw, found.total_download_bw, found.total_qps) == (
        "cn-hangzhou",
        10,
        10,
        -1,
    )


class TestRequesters:
    """`?requesterQosInfo`."""

    @MODEST
    @given(
        requester=st.text(st.sampled_from("0123456789"), min_size=1, max_size=18), value=from_schema(QosConfiguration)
    )
    def test_what_is_set_comes_back(self, bucket: oss2.Bucket, requester: str, value: QosConfiguration) -> None:
        bucket.put_bucket_requester_qos_info(requester, in_words_of(oss2.models.QoSConfiguration, value))
        read = bucket.get_bucket_requester_qos_info(requester)
        assert (read.requester, limits(read.qos_configuration)) == (requester, value)

    def test_one_without_limits_is_unlimited(self, bucket: oss2.Bucket) -> None:
        read = bucket.get_bucket_requester_qos_info("7")
        assert (read.requester, limits(read.qos_configuration)) == ("7", QosConfiguration())

    def test_one_goes_alone(self, bucket: oss2.Bucket) -> None:
        for requester in ("7", "8"):
            bucket.put_bucket_requester_qos_info(requester, oss2.models.QoSConfiguration(total_qps=5))
        for _ in range(2):
            assert bucket.delete_bucket_requester_qos_info("7").status == 204
        assert [found.requester for found in bucket.list_bucket_requester_qos_infos().requester_qos_info] == ["8"]

    def test_pages(self, bucket: oss2.Bucket) -> None:
        for number in range(5):
            bucket.put_bucket_requester_qos_info(str(number), oss2.models.QoSConfiguration(total_qps=number))
        found, token = [], ""
        while True:
            page = bucket.list_bucket_requester_qos_infos(token, max_keys=2)
            assert page.continuation_token == token
            found += [(info.requester, info.qos_configuration.total_qps) for info in page.requester_qos_info]
            token = page.next_continuation_token
            if not page.is_truncated:
                break
        assert (found, token) == ([(str(number), number) for number in range(5)], "")

    @pytest.mark.parametrize("method", ["PUT", "GET", "DELETE"])
    def test_who_is_missing(self, bucket: oss2.Bucket, refused: Refused, method: str) -> None:
        body = b"<QoSConfiguration/>" if method == "PUT" else b""
        error = refused(400, "InvalidArgument", method, "/?requesterQosInfo&qosRequester=", {}, body)
        assert error["ArgumentName"] == "qosRequester"

    @pytest.mark.parametrize("size", ["0", "1001", "x"])
    def test_pages_that_cannot_be(self, bucket: oss2.Bucket, size: str) -> None:
        assert refusal(bucket.list_bucket_requester_qos_infos, max_keys=size)[:2] == (400, "InvalidArgument")


def test_every_limit_is_asked_about() -> None:
    assert set(NAMES) == {field.name for field in dataclasses.fields(QosConfiguration)}
