"""Versioning of a bucket, set and read, and what each state does to objects written and deleted."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused
from tests.operations.versions import enable, ids, suspend


def test_a_bucket_that_never_had_versioning_tells_no_status(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    assert bucket.get_bucket_versioning().status is None
    assert bucket.get_bucket_info().versioning_status is None
    found = client.get_bucket_versioning(oss_v2.GetBucketVersioningRequest(bucket=BUCKET))
    assert found.version_status is None


def test_versioning_is_enabled_suspended_and_enabled_again(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    for status in ("Enabled", "Suspended", "Enabled"):
        client.put_bucket_versioning(
            oss_v2.PutBucketVersioningRequest(
                bucket=BUCKET, versioning_configuration=oss_v2.VersioningConfiguration(status=status)
            )
        )
        assert bucket.get_bucket_versioning().status == status
        assert bucket.get_bucket_info().versioning_status == status


@pytest.mark.parametrize("status", [None, "", "Disabled", "enabled", "Off"])
def test_any_other_status_is_malformed(bucket: oss2.Bucket, status: str | None) -> None:
    configuration = oss2.models.BucketVersioningConfig()
    configuration.status = status
    with pytest.raises(oss2.exceptions.MalformedXml):
        bucket.put_bucket_versioning(configuration)
    assert bucket.get_bucket_versioning().status is None


@pytest.mark.parametrize("body", [b"", b"<a/>", b"not xml"])
def test_any_other_document_is_malformed(bucket: oss2.Bucket, raw: Raw, body: bytes) -> None:
    reply = raw("PUT", "/?versioning", body=body)
    assert reply.status == 400
    assert b"<Code>MalformedXML</Code>" in reply.data()


def test_a_document_needs_a_status(bucket: oss2.Bucket, client: oss_v2.Client, refused: Refused) -> None:
    found = refused(400, "InvalidArgument", "PUT", "/?versioning", {}, b"<VersioningConfiguration/>")
    assert found["Message"] == "The Versioning element must be specified."
    nothing = oss_v2.VersioningConfiguration()
    request = oss_v2.PutBucketVersioningRequest(bucket=BUCKET, versioning_configuration=nothing)
    with pytest.raises(oss_v2.exceptions.OperationError, match="InvalidArgument"):
        client.put_bucket_versioning(request)


def test_without_versioning_a_put_replaces_and_a_deletion_is_for_good(bucket: oss2.Bucket) -> None:
    first = bucket.put_object("a", b"1")
    second = bucket.put_object("a", b"2")
    assert (first.versionid, second.versionid) == (None, None)
    assert ids(bucket, "a") == ["null"]
    deleted = bucket.delete_object("a")
    assert (deleted.versionid, deleted.delete_marker) == (None, None)
    assert ids(bucket, "a") == []


def test_what_was_there_before_versioning_is_the_null_version(bucket: oss2.Bucket) -> None:
    bucket.put_object("a", b"before")
    enable(bucket)
    later = bucket.put_object("a", b"after").versionid
    assert ids(bucket, "a") == [later, "null"]
    assert bucket.get_object("a").read() == b"after"
    assert bucket.get_object("a", params={"versionId": "null"}).read() == b"before"


def test_while_enabled_every_put_makes_a_version(bucket: oss2.Bucket) -> None:
    enable(bucket)
    made = [bucket.put_object("a", bytes([number])).versionid for number in range(5)]
    assert ids(bucket, "a") == made[::-1]
    for number, version_id in enumerate(made):
        assert len(version_id) == 64
        assert bucket.get_object("a", params={"versionId": version_id}).read() == bytes([number])


def test_while_suspended_a_put_replaces_the_null_version_alone(bucket: oss2.Bucket) -> None:
    bucket.put_object("a", b"1")
    enable(bucket)
    kept = bucket.put_object("a", b"2").versionid
    suspend(bucket)
    assert bucket.put_object("a", b"3").versionid == "null"
    assert ids(bucket, "a") == ["null", kept]
    assert bucket.put_object("a", b"4").versionid == "null"
    assert ids(bucket, "a") == ["null", kept]
    assert bucket.get_object("a").read() == b"4"
    assert bucket.get_object("a", params={"versionId": kept}).read() == b"2"


def test_while_suspended_a_deletion_leaves_a_null_marker_in_place_of_the_null_version(bucket: oss2.Bucket) -> None:
    enable(bucket)
    kept = bucket.put_object("a", b"1").versionid
    suspend(bucket)
    bucket.put_object("a", b"2")
    deleted = bucket.delete_object("a")
    assert (deleted.versionid, deleted.delete_marker) == ("null", True)
    assert ids(bucket, "a") == ["null", kept]
    assert not bucket.object_exists("a")
    again = bucket.delete_object("a")
    assert again.versionid == "null"
    assert ids(bucket, "a") == ["null", kept]


def test_enabled_again_the_null_version_is_one_among_others(bucket: oss2.Bucket) -> None:
    enable(bucket)
    first = bucket.put_object("a", b"1").versionid
    suspend(bucket)
    bucket.put_object("a", b"2")
    enable(bucket)
    third = bucket.put_object("a", b"3").versionid
    assert ids(bucket, "a") == [third, "null", first]
    bucket.delete_object("a", params={"versionId": "null"})
    assert ids(bucket, "a") == [third, first]


def test_forbidding_to_overwrite_means_nothing_once_versioning_was_set(bucket: oss2.Bucket) -> None:
    forbid = {"x-oss-forbid-overwrite": "true"}
    bucket.put_object("a", b"1", headers=forbid)
    with pytest.raises(oss2.exceptions.ServerError, match="FileAlreadyExists"):
        bucket.put_object("a", b"2", headers=forbid)
    suspend(bucket)
    bucket.put_object("a", b"3", headers=forbid)
    assert bucket.get_object("a").read() == b"3"


def test_a_bucket_with_only_markers_or_old_versions_is_not_empty(bucket: oss2.Bucket) -> None:
    enable(bucket)
    version_id = bucket.put_object("a", b"1").versionid
    marker = bucket.delete_object("a").versionid
    with pytest.raises(oss2.exceptions.BucketNotEmpty):
        bucket.delete_bucket()
    bucket.delete_object("a", params={"versionId": version_id})
    with pytest.raises(oss2.exceptions.BucketNotEmpty):
        bucket.delete_bucket()
    bucket.delete_object("a", params={"versionId": marker})
    bucket.delete_bucket()


def test_two_fakes_of_one_seed_give_the_same_version_ids() -> None:
    def made() -> list[str]:
        with fakeoss.mock_oss(seed=7) as oss:
            oss.create_bucket("b-1", versioning="Enabled")
            bucket = oss.oss2_bucket("b-1")
            return [bucket.put_object("a", b"").versionid for _ in range(3)]

    assert made() == made()
