"""Access tracking: switched on and off, and the time of an object's last access."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, Untouched, elements_of
from tests.operations.versions import at, enable

HEADER = "x-oss-last-access-time"


def last_access(bucket: oss2.Bucket, key: str = "a") -> float:
    """The last access in Unix seconds, as GetObjectMeta tells it."""
    return parsedate_to_datetime(bucket.get_object_meta(key).headers[HEADER]).timestamp()


def test_it_is_off_until_it_is_switched_on(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    request = oss_v2.GetBucketAccessMonitorRequest(bucket=BUCKET)
    assert client.get_bucket_access_monitor(request).access_monitor_configuration.status == "Disabled"
    assert bucket.get_bucket_info().access_monitor == "Disabled"
    for status in ("Enabled", "Disabled"):
        client.put_bucket_access_monitor(
            oss_v2.PutBucketAccessMonitorRequest(
                bucket=BUCKET, access_monitor_configuration=oss_v2.AccessMonitorConfiguration(status=status)
            )
        )
        assert bucket.get_bucket_access_monitor().access_monitor.status == status
        assert bucket.get_bucket_info().access_monitor == status


@pytest.mark.parametrize("said", ["true", "false"])
def test_whether_copies_are_allowed_comes_back(bucket: oss2.Bucket, raw: Raw, said: str) -> None:
    inner = f"<Status>Enabled</Status><AllowCopy>{said}</AllowCopy>"
    body = f"<AccessMonitorConfiguration>{inner}</AccessMonitorConfiguration>".encode()
    assert raw("PUT", "/?accessmonitor", body=body).status == 200
    assert elements_of(raw("GET", "/?accessmonitor")) == {"Status": "Enabled", "AllowCopy": said}
    bucket.put_bucket_access_monitor("Enabled")
    assert elements_of(raw("GET", "/?accessmonitor")) == {"Status": "Enabled"}


@pytest.mark.parametrize("status", ["aa", "", "enabled"])
def test_any_other_status_is_malformed(bucket: oss2.Bucket, refused: Refused, status: str) -> None:
    body = f"<AccessMonitorConfiguration><Status>{status}</Status></AccessMonitorConfiguration>"
    refused(400, "MalformedXML", "PUT", "/?accessmonitor", body=body.encode())


def test_without_tracking_no_time_is_told(bucket: oss2.Bucket) -> None:
    bucket.put_object("a", b"")
    bucket.get_object("a").read()
    assert HEADER not in bucket.get_object_meta("a").headers
    bucket.put_bucket_access_monitor("Enabled")
    bucket.get_object("a").read()
    bucket.put_bucket_access_monitor("Disabled")
    assert HEADER not in bucket.get_object_meta("a").headers


def test_until_it_is_read_an_object_counts_as_accessed_when_tracking_began_or_it_was_written(
    bucket: oss2.Bucket, oss: fakeoss.FakeOSS
) -> None:
    bucket.put_object("a", b"")
    oss.clock.advance(days=1)
    bucket.put_bucket_access_monitor("Enabled")
    began = oss.clock.now().timestamp()
    assert abs(last_access(bucket) - began) < 5
    oss.clock.advance(days=1)
    bucket.put_bucket_access_monitor("Enabled")
    assert abs(last_access(bucket) - began) < 5
    bucket.put_object("b", b"")
    assert last_access(bucket, "b") == bucket.head_object("b").last_modified


def test_the_first_read_in_24_hours_is_noted(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("a", b"x")
    bucket.put_bucket_access_monitor("Enabled")
    modified = bucket.head_object("a").last_modified
    oss.clock.advance(hours=1)
    bucket.head_object("a")
    assert abs(last_access(bucket) - modified) < 5
    bucket.get_object("a").read()
    first = last_access(bucket)
    assert first >= modified + 3600
    oss.clock.advance(hours=23)
    bucket.get_object("a").read()
    assert last_access(bucket) == first
    oss.clock.advance(hours=1)
    bucket.get_object("a", byte_range=(0, 0)).read()
    assert last_access(bucket) >= first + 24 * 3600
    assert bucket.head_object("a").last_modified == modified


def test_a_read_through_a_link_counts_for_the_target(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_object("a", b"x")
    bucket.put_symlink("a", "link")
    bucket.put_bucket_access_monitor("Enabled")
    before = last_access(bucket)
    oss.clock.advance(hours=1)
    bucket.get_object("link").read()
    assert last_access(bucket) > before
    assert last_access(bucket, "link") == before


def test_each_version_has_its_own_time(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    enable(bucket)
    first = bucket.put_object("a", b"1").versionid
    bucket.put_object("a", b"2")
    bucket.put_bucket_access_monitor("Enabled")
    before = last_access(bucket)
    oss.clock.advance(hours=1)
    bucket.get_object("a", params=at(first)).read()
    assert last_access(bucket) == before
    meta = bucket.get_object_meta("a", params=at(first))
    assert parsedate_to_datetime(meta.headers[HEADER]).timestamp() > before


def test_a_read_that_is_refused_is_not_noted(bucket: oss2.Bucket, oss: fakeoss.FakeOSS, refused: Refused) -> None:
    bucket.put_object("a", b"x", headers={"x-oss-storage-class": "Archive"})
    bucket.put_bucket_access_monitor("Enabled")
    before = last_access(bucket)
    oss.clock.advance(hours=1)
    refused(403, "InvalidObjectState", "GET", "/a")
    assert last_access(bucket) == before


def test_it_can_not_be_switched_off_while_lifecycle_rules_go_by_it(bucket: oss2.Bucket, untouched: Untouched) -> None:
    bucket.put_bucket_access_monitor("Enabled")
    step = oss2.models.StorageTransition(
        days=30, storage_class="IA", is_access_time=True, return_to_std_when_visit=True
    )
    rule = oss2.models.LifecycleRule("id", "logs/", status="Enabled", storage_transitions=[step])
    bucket.put_bucket_lifecycle(oss2.models.BucketLifecycle([rule]))
    with untouched(), pytest.raises(oss2.exceptions.InvalidRequest):
        bucket.put_bucket_access_monitor("Disabled")
    bucket.delete_bucket_lifecycle()
    bucket.put_bucket_access_monitor("Disabled")
