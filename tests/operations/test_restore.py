"""Archived objects: frozen, being restored, readable for a while, frozen again."""

from __future__ import annotations

from datetime import timedelta

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.settings import RestoreTimes
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, Untouched
from tests.operations.versions import at, enable

REQUEST = "<RestoreRequest><Days>{}</Days>{}</RestoreRequest>"
TIER = "<JobParameters><Tier>{}</Tier></JobParameters>"
WAIT = {
    ("Archive", "Standard"): timedelta(minutes=1),
    ("ColdArchive", "Expedited"): timedelta(hours=1),
    ("ColdArchive", "Standard"): timedelta(hours=5),
    ("ColdArchive", "Bulk"): timedelta(hours=12),
    ("DeepColdArchive", "Expedited"): timedelta(hours=12),
    ("DeepColdArchive", "Standard"): timedelta(hours=48),
}


def freeze(bucket: oss2.Bucket, storage_class: str = "Archive") -> None:
    bucket.put_object("a", b"content", headers={"x-oss-storage-class": storage_class})


def restore(raw: Raw, days: int | None = None, tier: str | None = None) -> tuple[int, str | None]:
    """Status and priority of the answer to a restore request."""
    body = "" if days is None else REQUEST.format(days, TIER.format(tier) if tier else "")
    reply = raw("POST", "/a?restore", body=body.encode())
    return reply.status, reply.header("x-oss-object-restore-priority")


def state(bucket: oss2.Bucket) -> str:
    """How the object stands, and whether it is read accordingly."""
    header: str = bucket.head_object("a").headers.get("x-oss-restore", "")
    try:
        content = bucket.get_object("a").read()
    except oss2.exceptions.ServerError as error:
        if (error.status, error.code) != (403, "InvalidObjectState"):
            raise
        return "restoring" if header == 'ongoing-request="true"' else f"frozen {header}".strip()
    return "restored" if content == b"content" and header.startswith('ongoing-request="false"') else "readable"


@pytest.mark.parametrize(("storage_class", "tier"), WAIT)
def test_an_object_is_frozen_restoring_restored_and_frozen_again(
    bucket: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw, storage_class: str, tier: str
) -> None:
    freeze(bucket, storage_class)
    assert state(bucket) == "frozen"
    with_tier = None if storage_class == "Archive" else tier
    assert restore(raw, 2, with_tier) == (202, with_tier)
    assert state(bucket) == "restoring"
    oss.clock.advance(seconds=WAIT[storage_class, tier].total_seconds() - 5)
    assert state(bucket) == "restoring"
    oss.clock.advance(seconds=6)
    assert state(bucket) == "restored"
    oss.clock.advance(days=2, seconds=-5)
    assert state(bucket) == "restored"
    oss.clock.advance(seconds=10)
    assert state(bucket) == "frozen"
    assert restore(raw, 1) == (202, None if storage_class == "Archive" else "Standard")


def test_the_header_tells_until_when_it_is_readable(bucket: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw) -> None:
    freeze(bucket)
    restore(raw, 3)
    oss.clock.advance(minutes=2)
    restored = oss.bucket(BUCKET).head("a").restore
    assert restored is not None
    expiry = oss2.http_date(int(restored.expires_at.timestamp()))
    assert bucket.head_object("a").headers["x-oss-restore"] == f'ongoing-request="false", expiry-date="{expiry}"'
    assert restored.expires_at - restored.ready_at == timedelta(days=3)


@pytest.mark.parametrize("listing", ["list_objects", "list_objects_v2"])
def test_listings_tell_of_a_restore(bucket: oss2.Bucket, oss: fakeoss.FakeOSS, listing: str) -> None:
    freeze(bucket)

    def told() -> str | None:
        found: str | None = getattr(bucket, listing)().object_list[0].restore_info
        assert bucket.list_object_versions().versions[0].restore_info == found
        return found

    assert told() is None
    bucket.restore_object("a")
    assert told() == 'ongoing-request="true"'
    oss.clock.advance(minutes=2)
    assert (told() or "").startswith('ongoing-request="false", expiry-date="')
    oss.clock.advance(days=1)
    assert told() is None


def test_without_a_body_it_is_one_day_at_the_standard_priority(
    bucket: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw
) -> None:
    freeze(bucket, "ColdArchive")
    assert restore(raw) == (202, "Standard")
    restored = oss.bucket(BUCKET).head("a").restore
    assert restored is not None
    assert (restored.days, restored.tier) == (1, "Standard")


def test_a_second_request_waits_for_the_first(bucket: oss2.Bucket, untouched: Untouched) -> None:
    freeze(bucket)
    bucket.restore_object("a")
    with untouched(), pytest.raises(oss2.exceptions.RestoreAlreadyInProgress) as caught:
        bucket.restore_object("a")
    assert caught.value.message == "The restore operation is in progress."
    assert caught.value.details["EC"] == "0016-00000701"


def test_a_restored_object_stays_readable_longer_up_to_what_its_class_allows(
    bucket: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw
) -> None:
    freeze(bucket)
    restore(raw)
    oss.clock.advance(minutes=2)
    for days in (2, 3, 4, 5, 6, 7, 7, 7):
        assert restore(raw) == (200, None)
        restored = oss.bucket(BUCKET).head("a").restore
        assert restored is not None
        assert (restored.days, restored.expires_at - restored.ready_at) == (days, timedelta(days=days))


def test_an_ongoing_restore_of_a_cold_archive_can_be_hastened_alone(
    bucket: oss2.Bucket, oss: fakeoss.FakeOSS, raw: Raw
) -> None:
    freeze(bucket, "ColdArchive")
    assert restore(raw, 1, "Standard") == (202, "Standard")
    assert restore(raw, 1, "Bulk")[0] == 409
    assert restore(raw, 1, "Standard")[0] == 409
    assert restore(raw)[0] == 409
    assert restore(raw, 2, "Expedited") == (202, "Expedited")
    oss.clock.advance(hours=1, minutes=1)
    assert state(bucket) == "restored"


def test_sdk_v2_restores(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    freeze(bucket, "ColdArchive")
    request = oss_v2.RestoreObjectRequest(
        bucket=BUCKET, key="a", restore_request=oss_v2.RestoreRequest(days=2, tier="Expedited")
    )
    result = client.restore_object(request)
    assert (result.status_code, result.restore_priority) == (202, "Expedited")
    error = service_error(client.restore_object, request)
    assert (error.status_code, error.code) == (409, "RestoreAlreadyInProgress")


@pytest.mark.parametrize("storage_class", ["Standard", "IA"])
def test_other_classes_are_not_restored(bucket: oss2.Bucket, untouched: Untouched, storage_class: str) -> None:
    freeze(bucket, storage_class)
    with untouched(), pytest.raises(oss2.exceptions.OperationNotSupported):
        bucket.restore_object("a")


def test_what_is_missing_is_not_restored(bucket: oss2.Bucket, refused: Refused) -> None:
    refused(404, "NoSuchKey", "POST", "/a?restore")
    refused(404, "NoSuchKey", "POST", "/a?cleanRestoredObject")


@pytest.mark.parametrize(
    ("storage_class", "body", "code"),
    [
        ("Archive", REQUEST.format(8, ""), "InvalidArgument"),
        ("Archive", REQUEST.format(0, ""), "InvalidArgument"),
        ("Archive", REQUEST.format(1, TIER.format("Standard")), "MalformedXML"),
        ("ColdArchive", REQUEST.format(366, ""), "InvalidArgument"),
        ("ColdArchive", REQUEST.format(-1, ""), "InvalidArgument"),
        ("ColdArchive", REQUEST.format("9" * 50, ""), "InvalidArgument"),
        ("ColdArchive", REQUEST.format(1, TIER.format("wrong-tier")), "InvalidArgument"),
        ("DeepColdArchive", REQUEST.format(1, TIER.format("Bulk")), "InvalidArgument"),
        ("DeepColdArchive", REQUEST.format(366, ""), "InvalidArgument"),
        ("Archive", "<RestoreRequest><Days>1</Days>", "MalformedXML"),
        ("Archive", "<Other/>", "MalformedXML"),
        ("ColdArchive", REQUEST.format(1, "<GlacierJobParameters/>"), "MalformedXML"),
    ],
)
def test_bad_requests_restore_nothing(
    bucket: oss2.Bucket, refused: Refused, storage_class: str, body: str, code: str
) -> None:
    freeze(bucket, storage_class)
    refused(400, code, "POST", "/a?restore", body=body.encode())


@pytest.mark.parametrize(("storage_class", "days"), [("Archive", 7), ("ColdArchive", 365), ("DeepColdArchive", 365)])
def test_the_longest_time_is_taken(bucket: oss2.Bucket, raw: Raw, storage_class: str, days: int) -> None:
    freeze(bucket, storage_class)
    assert restore(raw, days)[0] == 202


def test_a_frozen_object_shows_all_but_its_content(bucket: oss2.Bucket, refused: Refused) -> None:
    freeze(bucket)
    assert bucket.head_object("a").content_length == 7
    assert bucket.get_object_meta("a").content_length == 7
    bucket.put_object_acl("a", "private")
    refused(403, "InvalidObjectState", "GET", "/a")
    refused(403, "InvalidObjectState", "PUT", "/b", {"x-oss-copy-source": f"/{BUCKET}/a"})


def test_each_version_is_restored_by_itself(bucket: oss2.Bucket) -> None:
    enable(bucket)
    freeze(bucket)
    first = bucket.head_object("a").versionid
    bucket.put_object("a", b"newer")
    with pytest.raises(oss2.exceptions.OperationNotSupported):
        bucket.restore_object("a")
    restored = bucket.restore_object("a", params=at(first))
    assert (restored.status, restored.headers["x-oss-version-id"]) == (202, first)
    assert bucket.head_object("a", params=at(first)).headers["x-oss-restore"] == 'ongoing-request="true"'
    assert bucket.get_object("a").read() == b"newer"


def test_how_long_a_restore_takes_is_a_setting() -> None:
    at_once = RestoreTimes(archive=timedelta(0))
    with fakeoss.mock_oss(restore_times=at_once) as oss:
        oss.create_bucket("b-1", storage_class="Archive", objects={"a": b"content"})
        bucket = oss.oss2_bucket("b-1")
        assert bucket.restore_object("a").status == 202
        assert bucket.get_object("a").read() == b"content"


def test_objects_inherit_the_class_of_their_bucket(oss: fakeoss.FakeOSS) -> None:
    oss.create_bucket("b-1", storage_class="Archive")
    bucket = oss.oss2_bucket("b-1")
    bucket.put_object("inherits", b"")
    bucket.put_object("says", b"", headers={"x-oss-storage-class": "Standard"})
    classes = {entry.key: entry.storage_class for entry in bucket.list_objects().object_list}
    assert classes == {"inherits": "Archive", "says": "Standard"}
    assert bucket.head_object("inherits").headers["x-oss-storage-class"] == "Archive"


# CleanRestoredObject


@pytest.mark.parametrize("storage_class", ["ColdArchive", "DeepColdArchive"])
def test_a_restored_object_is_frozen_before_its_time(
    bucket: oss2.Bucket,
    oss: fakeoss.FakeOSS,
    client: oss_v2.Client,
    raw: Raw,
    service_error: ServiceError,
    storage_class: str,
) -> None:
    freeze(bucket, storage_class)
    clean = oss_v2.CleanRestoredObjectRequest(bucket=BUCKET, key="a")
    error = service_error(client.clean_restored_object, clean)
    assert (error.status_code, error.code) == (409, "ArchiveRestoreFileStale")
    restore(raw, 5, "Expedited")
    error = service_error(client.clean_restored_object, clean)
    assert (error.status_code, error.code) == (409, "ArchiveRestoreNotFinished")
    oss.clock.advance(hours=13)
    assert state(bucket) == "restored"
    assert client.clean_restored_object(clean).status_code == 200
    assert state(bucket) == "frozen"
    assert service_error(client.clean_restored_object, clean).code == "ArchiveRestoreFileStale"


@pytest.mark.parametrize("storage_class", ["Standard", "IA", "Archive"])
def test_other_classes_have_nothing_to_clean(bucket: oss2.Bucket, refused: Refused, storage_class: str) -> None:
    freeze(bucket, storage_class)
    refused(400, "OperationNotSupported", "POST", "/a?cleanRestoredObject")
