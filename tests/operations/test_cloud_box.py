"""Cloud boxes: those of the settings, in pages."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

import fakeoss
from tests.people import refusal

BOXES = ("cb-2", "cb-1", "cb-3", "other")


def test_an_account_without_boxes(client: oss_v2.Client) -> None:
    found = client.list_cloud_boxes(oss_v2.ListCloudBoxesRequest())
    assert (found.cloud_boxes, found.is_truncated, found.max_keys) == (None, False, "100")


def test_boxes_are_listed_in_pages() -> None:
    with fakeoss.mock_oss(cloud_boxes=BOXES) as oss:
        client = oss.client()
        first = client.list_cloud_boxes(oss_v2.ListCloudBoxesRequest(max_keys=2, prefix="cb-"))
        assert [box.id for box in first.cloud_boxes] == ["cb-1", "cb-2"]
        assert (first.is_truncated, first.next_marker, first.prefix) == (True, "cb-2", "cb-")
        last = client.list_cloud_boxes(oss_v2.ListCloudBoxesRequest(marker=first.next_marker, prefix="cb-"))
        assert [box.id for box in last.cloud_boxes] == ["cb-3"]
        assert (last.is_truncated, last.next_marker, last.marker) == (False, None, "cb-2")
        box = last.cloud_boxes[0]
        assert box.region == "cn-hangzhou"
        assert box.control_endpoint == "cb-3.cn-hangzhou.oss-cloudbox-control.aliyuncs.com"
        assert box.data_endpoint == "cb-3.cn-hangzhou.oss-cloudbox.aliyuncs.com"


@pytest.mark.parametrize("size", [0, 1001])
def test_pages_that_cannot_be(client: oss_v2.Client, size: int) -> None:
    request = oss_v2.ListCloudBoxesRequest(max_keys=size)
    assert refusal(client.list_cloud_boxes, request)[:2] == (400, "InvalidArgument")
