"""Archived objects read without being restored, where the bucket allows it."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

from tests.conftest import BUCKET
from tests.operations.conftest import Refused


def test_it_is_off_until_it_is_switched_on(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    request = oss_v2.GetBucketArchiveDirectReadRequest(bucket=BUCKET)
    assert bucket.get_bucket_archive_direct_read().enabled is False
    for wanted in (True, False):
        client.put_bucket_archive_direct_read(
            oss_v2.PutBucketArchiveDirectReadRequest(
                bucket=BUCKET,
                archive_direct_read_configuration=oss_v2.ArchiveDirectReadConfiguration(enabled=wanted),
            )
        )
        assert bucket.get_bucket_archive_direct_read().enabled is wanted
        found = client.get_bucket_archive_direct_read(request).archive_direct_read_configuration
        assert found.enabled is wanted


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<ArchiveDirectReadConfiguration/>",
        b"<ArchiveDirectReadConfiguration><Enabled>aa</Enabled></ArchiveDirectReadConfiguration>",
        b"<Other><Enabled>true</Enabled></Other>",
    ],
)
def test_anything_else_is_malformed(bucket: oss2.Bucket, refused: Refused, body: bytes) -> None:
    refused(400, "MalformedXML", "PUT", "/?bucketArchiveDirectRead", body=body)


@pytest.mark.parametrize(("storage_class", "readable"), [("Archive", True), ("ColdArchive", False)])
def test_archives_are_read_and_copied_while_it_is_on_colder_ones_are_not(
    bucket: oss2.Bucket, refused: Refused, storage_class: str, readable: bool
) -> None:
    bucket.put_object("a", b"x", headers={"x-oss-storage-class": storage_class})
    bucket.put_symlink("a", "link")
    bucket.put_bucket_archive_direct_read(True)
    if readable:
        assert bucket.get_object("a").read() == bucket.get_object("link").read() == b"x"
        bucket.copy_object(BUCKET, "a", "b", headers={"x-oss-storage-class": "Standard"})
    else:
        refused(403, "InvalidObjectState", "GET", "/a")
    bucket.put_bucket_archive_direct_read(False)
    refused(403, "InvalidObjectState", "GET", "/a")
