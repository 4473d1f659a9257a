"""Inventories as they are set, read, listed, deleted and refused, and the lists they write."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET
from tests.moments import utc
from tests.operations.comeback import plain
from tests.operations.conftest import Refused, ServiceError
from tests.people import refusal

LISTS = "lists-bucket"
FIELDS = (
    "Size",
    "LastModifiedDate",
    "ETag",
    "StorageClass",
    "IsMultipartUploaded",
    "EncryptionStatus",
    "TransitionTime",
    "ObjectAcl",
    "TaggingCount",
    "ObjectType",
    "Crc64",
)


def destination(**said: Any) -> oss_v2.InventoryDestination:
    return oss_v2.InventoryDestination(
        oss_bucket_destination=oss_v2.InventoryOSSBucketDestination(
            **{
                "format": "CSV",
                "account_id": "1234567890123456",
                "role_arn": "acs:ram::1234567890123456:role/AliyunOSSRole",
                "bucket": f"acs:oss:::{LISTS}",
                "prefix": "inventories",
                **said,
            }
        )
    )


def inventory(**said: Any) -> oss_v2.InventoryConfiguration:
    return oss_v2.InventoryConfiguration(
        **{
            "id": "report1",
            "is_enabled": True,
            "included_object_versions": "Current",
            "schedule": oss_v2.InventorySchedule(frequency="Daily"),
            "optional_fields": oss_v2.OptionalFields(fields=["Size", "ETag", "StorageClass"]),
            "destination": destination(),
            **said,
        }
    )


def put(oss: fakeoss.FakeOSS, configuration: oss_v2.InventoryConfiguration) -> None:
    oss.client().put_bucket_inventory(request(configuration))


def request(configuration: oss_v2.InventoryConfiguration) -> oss_v2.PutBucketInventoryRequest:
    return oss_v2.PutBucketInventoryRequest(
        bucket=BUCKET, inventory_id=configuration.id, inventory_configuration=configuration
    )


def listed(oss: fakeoss.FakeOSS, manifest_key: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """A list as its reader takes it: the manifest, and the rows by column."""
    bucket = oss.oss2_bucket(LISTS)
    manifest = json.loads(bucket.get_object(manifest_key).read())
    columns = manifest["fileSchema"].split(", ")
    rows = []
    for file in manifest["files"]:
        data = bucket.get_object(file["key"]).read()
        assert hashlib.md5(data).hexdigest().upper() == file["MD5checksum"]
        assert len(data) == file["size"]
        rows += list(csv.DictReader(io.StringIO(gzip.decompress(data).decode()), columns))
    return manifest, rows


def manifests(oss: fakeoss.FakeOSS) -> list[str]:
    return [key for key in oss.bucket(LISTS) if key.endswith("manifest.json")]


@pytest.fixture
def source(oss: fakeoss.FakeOSS) -> oss2.Bucket:
    """A bucket to be listed, on the first of May 2024, a Wednesday, and another for the lists."""
    oss.clock.travel_to(utc(2024, 5, 1, 12))
    oss.create_bucket(BUCKET)
    oss.create_bucket(LISTS)
    return oss.oss2_bucket(BUCKET)


def test_a_list_of_the_objects_is_written_every_day(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.put_object("plain.txt", b"hello")
    source.put_object("文件 &,\n.txt", b"1", headers={"x-oss-storage-class": "IA"})
    put(oss, inventory())
    assert oss.bucket(LISTS).keys() == []
    oss.clock.travel_to(utc(2024, 5, 3, 1))
    keys = manifests(oss)
    assert keys == [
        f"inventories/{BUCKET}/report1/2024-05-02T00-00Z/manifest.json",
        f"inventories/{BUCKET}/report1/2024-05-03T00-00Z/manifest.json",
    ]
    manifest, rows = listed(oss, keys[0])
    assert manifest["fileFormat"] == "CSV"
    assert (manifest["sourceBucket"], manifest["destinationBucket"]) == (BUCKET, LISTS)
    assert int(manifest["creationTimestamp"]) == utc(2024, 5, 2).timestamp()
    assert manifest["fileSchema"] == "Bucket, Key, Size, ETag, StorageClass"
    assert {unquote(row["Key"]): (row["Size"], row["StorageClass"]) for row in rows} == {
        "plain.txt": ("5", "Standard"),
        "文件 &,\n.txt": ("1", "IA"),
    }
    assert rows[0]["ETag"] == source.head_object("plain.txt").etag
    checksum = oss.bucket(LISTS).read(keys[0].replace(".json", ".checksum")).decode()
    assert checksum == hashlib.md5(oss.bucket(LISTS).read(keys[0])).hexdigest().upper()


def test_every_field_tells_what_the_object_tells(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    upload = source.init_multipart_upload("big", headers={"x-oss-server-side-encryption": "AES256"}).upload_id
    part = oss2.models.PartInfo(1, source.upload_part("big", upload, 1, b"whole").etag)
    source.complete_multipart_upload("big", upload, [part])
    source.put_object_tagging("big", oss2.models.Tagging(oss2.models.TaggingRule()))
    source.put_object("small", b"", headers={"x-oss-tagging": "a=1&b=2", "x-oss-object-acl": "private"})
    put(oss, inventory(optional_fields=oss_v2.OptionalFields(fields=list(FIELDS))))
    oss.clock.advance(days=1)
    _, (big, small) = listed(oss, manifests(oss)[0])
    head = source.head_object("big").headers
    assert big == {
        "Bucket": BUCKET,
        "Key": "big",
        "Size": "5",
        "LastModifiedDate": "2024-05-01T12:00:00.000Z",
        "ETag": head["ETag"].strip('"'),
        "StorageClass": "Standard",
        "IsMultipartUploaded": "true",
        "EncryptionStatus": "true",
        "TransitionTime": "",
        "ObjectAcl": "default",
        "TaggingCount": "0",
        "ObjectType": "Multipart",
        "Crc64": head["x-oss-hash-crc64ecma"],
    }
    assert (small["IsMultipartUploaded"], small["EncryptionStatus"]) == ("false", "false")
    assert (small["TaggingCount"], small["ObjectAcl"]) == ("2", "private")


def test_a_list_of_all_versions_tells_them_apart(oss: fakeoss.FakeOSS) -> None:
    oss.create_bucket(BUCKET, versioning=True)
    oss.create_bucket(LISTS)
    bucket = oss.oss2_bucket(BUCKET)
    ids = [bucket.put_object("a", text).versionid for text in (b"1", b"22")]
    bucket.delete_object("a")
    put(oss, inventory(included_object_versions="All", optional_fields=oss_v2.OptionalFields(fields=["Size"])))
    oss.clock.advance(days=1)
    manifest, (marker, new, old) = listed(oss, manifests(oss)[0])
    assert manifest["fileSchema"] == "Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size"
    assert (marker["IsLatest"], marker["IsDeleteMarker"], marker["Size"]) == ("true", "true", "")
    assert (new["VersionId"], new["IsLatest"], new["IsDeleteMarker"], new["Size"]) == (ids[1], "false", "false", "2")
    assert old["VersionId"] == ids[0]


def test_without_versioning_the_version_id_is_empty(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.put_object("a", b"1")
    put(oss, inventory(included_object_versions="All"))
    oss.clock.advance(days=1)
    (row,) = listed(oss, manifests(oss)[0])[1]
    assert (row["VersionId"], row["IsLatest"], row["IsDeleteMarker"]) == ("", "true", "false")


def test_a_filter_chooses_by_prefix_size_class_and_time(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.put_object("Pics/early", b"12345")
    oss.clock.advance(hours=1)
    from_now = int(oss.clock.now().timestamp())
    for key, data, name in [
        ("Pics/chosen", b"12345", "IA"),
        ("Pics/small", b"1", "IA"),
        ("Pics/large", b"1234567", "IA"),
        ("Pics/archive", b"12345", "Archive"),
        ("Other/chosen", b"12345", "IA"),
    ]:
        source.put_object(key, data, headers={"x-oss-storage-class": name})
    put(
        oss,
        inventory(
            filter=oss_v2.InventoryFilter(
                prefix="Pics/",
                lower_size_bound=5,
                upper_size_bound=6,
                storage_class="Standard,IA",
                last_modify_begin_time_stamp=from_now,
                last_modify_end_time_stamp=from_now + 3600,
            )
        ),
    )
    oss.clock.advance(days=1)
    assert [unquote(row["Key"]) for row in listed(oss, manifests(oss)[0])[1]] == ["Pics/chosen"]


def test_a_filter_that_finds_nothing_writes_nothing(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.put_object("a", b"1")
    put(oss, inventory(filter=oss_v2.InventoryFilter(prefix="b")))
    oss.clock.advance(days=3)
    assert oss.bucket(LISTS).keys() == []


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        (oss_v2.InventorySchedule(frequency="Daily"), ["02", "03", "04", "05"]),
        (oss_v2.InventorySchedule(frequency="Weekly"), ["02", "09", "16", "23"]),
        (oss_v2.InventorySchedule(frequency="Monthly", day_of_month=31), ["31", "30", "31", "31"]),
        (oss_v2.InventorySchedule(frequency="Once"), ["02"]),
    ],
)
def test_lists_come_as_scheduled(
    oss: fakeoss.FakeOSS, source: oss2.Bucket, schedule: oss_v2.InventorySchedule, days: list[str]
) -> None:
    source.put_object("a", b"1")
    put(oss, inventory(schedule=schedule))
    oss.clock.advance(days=130)
    found = [key.split("/")[-2] for key in manifests(oss)]
    assert [name[8:10] for name in found][: len(days)] == days
    assert all(name.endswith("T00-00Z") for name in found)


def test_an_inventory_for_once_may_delete_itself(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.put_object("a", b"1")
    put(oss, inventory(schedule=oss_v2.InventorySchedule(frequency="Once", auto_delete=True)))
    oss.clock.advance(days=1)
    assert len(manifests(oss)) == 1
    with pytest.raises(oss2.exceptions.NoSuchInventory):
        source.list_bucket_inventory_configurations()


def test_lists_are_written_after_compressed_files_can_tell_the_time(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    oss.clock.travel_to(utc(2106, 2, 7))
    source.put_object("a", b"x")
    put(oss, inventory())
    oss.clock.advance(days=1)
    (key,) = [key for key in oss.bucket(LISTS) if "2106-02-08" in key and key.endswith("manifest.json")]
    assert [row["Key"] for row in listed(oss, key)[1]] == ["a"]


def test_a_disabled_or_deleted_inventory_writes_nothing(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.put_object("a", b"1")
    put(oss, inventory(id="off", is_enabled=False))
    put(oss, inventory(id="gone"))
    source.delete_bucket_inventory_configuration("gone")
    oss.clock.advance(days=3)
    assert oss.bucket(LISTS).keys() == []


@pytest.mark.parametrize(
    ("encryption", "header", "value"),
    [
        (oss_v2.InventoryEncryption(sse_oss=""), "x-oss-server-side-encryption", "AES256"),
        (oss_v2.InventoryEncryption(sse_kms=oss_v2.SSEKMS(key_id="key")), "x-oss-server-side-encryption-key-id", "key"),
    ],
)
def test_lists_are_encrypted_as_asked(
    oss: fakeoss.FakeOSS, source: oss2.Bucket, encryption: oss_v2.InventoryEncryption, header: str, value: str
) -> None:
    source.put_object("a", b"1")
    put(oss, inventory(destination=destination(encryption=encryption)))
    oss.clock.advance(days=1)
    assert oss.oss2_bucket(LISTS).head_object(manifests(oss)[0]).headers[header] == value


def test_without_a_prefix_the_lists_begin_with_the_bucket_s_name(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.put_object("a", b"1")
    put(oss, inventory(destination=destination(prefix=None)))
    oss.clock.advance(days=1)
    assert manifests(oss) == [f"{BUCKET}/report1/2024-05-02T00-00Z/manifest.json"]


def test_the_hour_of_the_lists_is_a_setting() -> None:
    with fakeoss.mock_oss(inventory_hour=18) as oss:
        oss.clock.travel_to(utc(2024, 5, 1, 12))
        oss.create_bucket(BUCKET, objects={"a": "1"})
        oss.create_bucket(LISTS)
        put(oss, inventory())
        oss.clock.advance(hours=7)
        assert manifests(oss)[0].split("/")[-2] == "2024-05-01T18-00Z"


def test_a_destination_that_is_gone_is_left_in_peace(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.put_object("a", b"1")
    put(oss, inventory())
    oss.oss2_bucket(LISTS).delete_bucket()
    oss.clock.advance(days=3)
    assert source.get_object("a").read() == b"1"


# Setting and reading


def test_the_list_shows_what_reading_one_shows(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    filtered = oss_v2.InventoryFilter(prefix="a/", storage_class="Standard,IA", lower_size_bound=1)
    for name, said in (("one", {}), ("two", {"filter": filtered})):
        put(oss, inventory(id=name, **said))
    client = oss.client()
    listed = client.list_bucket_inventory(oss_v2.ListBucketInventoryRequest(bucket=BUCKET))
    shown = listed.list_inventory_configurations_result.inventory_configurations
    for found in shown:
        one = client.get_bucket_inventory(oss_v2.GetBucketInventoryRequest(bucket=BUCKET, inventory_id=found.id))
        assert plain(found) == plain(one.inventory_configuration)
    assert [(found.id, found.filter and found.filter.storage_class) for found in shown] == [
        ("one", None),
        ("two", "IA,Standard"),
    ]


def test_they_are_listed_in_pages_of_a_hundred(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    names = [f"report-{place:03}" for place in range(205)]
    for name in names:
        put(oss, inventory(id=name))
    found: list[str] = []
    token = ""
    pages = 0
    while True:
        page = source.list_bucket_inventory_configurations(token)
        found += [each.inventory_id for each in page.inventory_configurations]
        pages += 1
        if not page.is_truncated:
            break
        token = page.next_continuation_token
    assert (found, pages) == (names, 3)


@pytest.mark.parametrize(
    "said",
    [
        {"schedule": oss_v2.InventorySchedule(frequency="Hourly")},
        {"schedule": oss_v2.InventorySchedule(frequency="Monthly")},
        {"schedule": oss_v2.InventorySchedule(frequency="Daily", day_of_month=3)},
        {"included_object_versions": "Some"},
        {"optional_fields": oss_v2.OptionalFields(fields=["StartTime"])},
        {"filter": oss_v2.InventoryFilter(storage_class="Standard,UNKNOWN")},
        {"filter": oss_v2.InventoryFilter(lower_size_bound=9, upper_size_bound=8)},
        {"filter": oss_v2.InventoryFilter(last_modify_begin_time_stamp=12)},
        {"destination": destination(format="ORC")},
        {"destination": destination(bucket=LISTS)},
        {"destination": destination(bucket="acs:oss:::no-such-bucket")},
        {"destination": destination(bucket="acs:oss:::far-bucket")},
        {"destination": destination(role_arn="AliyunOSSRole")},
        {"destination": destination(account_id="me")},
        {"destination": destination(prefix="/lists")},
        {"destination": destination(prefix="\\lists")},
        {
            "destination": destination(
                encryption=oss_v2.InventoryEncryption(sse_oss="", sse_kms=oss_v2.SSEKMS(key_id="k"))
            )
        },
        {"id": "-report"},
    ],
)
def test_what_an_inventory_must_not_say(
    oss: fakeoss.FakeOSS, source: oss2.Bucket, service_error: ServiceError, said: dict[str, Any]
) -> None:
    oss.create_bucket("far-bucket", region="cn-beijing")
    error = service_error(oss.client().put_bucket_inventory, request(inventory(**said)))
    assert (error.status_code, error.code) == (400, "InvalidArgument")


def test_one_id_is_taken_once(oss: fakeoss.FakeOSS, source: oss2.Bucket, service_error: ServiceError) -> None:
    put(oss, inventory())
    error = service_error(oss.client().put_bucket_inventory, request(inventory()))
    assert (error.status_code, error.code) == (409, "InventoryAlreadyExist")


def test_the_two_ids_of_a_request_are_one(
    oss: fakeoss.FakeOSS, source: oss2.Bucket, service_error: ServiceError
) -> None:
    differing = request(inventory())
    differing.inventory_id = "report2"
    error = service_error(oss.client().put_bucket_inventory, differing)
    assert (error.code, error.ec) == ("InvalidArgument", "0020-00000043")


def test_a_thousand_are_enough(oss: fakeoss.FakeOSS, source: oss2.Bucket, service_error: ServiceError) -> None:
    for place in range(1000):
        put(oss, inventory(id=f"report{place}"))
    error = service_error(oss.client().put_bucket_inventory, request(inventory(id="one-more")))
    assert (error.status_code, error.code) == (400, "InventoryExceedLimit")


@pytest.mark.parametrize(
    ("frequency", "code", "ec"),
    [
        ("Daily", "DailyInventoryExceedLimit", "0020-00000040"),
        ("Weekly", "WeeklyInventoryExceedLimit", "0020-00000041"),
    ],
)
def test_a_bucket_may_be_too_large_for_lists_that_often(frequency: str, code: str, ec: str) -> None:
    with fakeoss.mock_oss(daily_inventory_objects=2, weekly_inventory_objects=2) as oss:
        oss.create_bucket(BUCKET, objects={"a": b""})
        oss.create_bucket(LISTS)
        put(oss, inventory(id="early", schedule=oss_v2.InventorySchedule(frequency=frequency)))
        oss.put(BUCKET, "b", b"")
        often = inventory(schedule=oss_v2.InventorySchedule(frequency=frequency))
        assert refusal(oss.client().put_bucket_inventory, request(often)) == (400, code, ec)
        assert oss.requests[-1].why == f"settings.{frequency.lower()}_inventory_objects is 2, there are 2"
        put(oss, inventory(schedule=oss_v2.InventorySchedule(frequency="Monthly", day_of_month=1)))


def test_what_is_not_there_cannot_be_read(oss: fakeoss.FakeOSS, source: oss2.Bucket, refused: Refused) -> None:
    refused(404, "NoSuchInventory", "GET", "/?inventory")
    refused(404, "NoSuchInventory", "GET", "/?inventory&inventoryId=report1")
    refused(400, "InvalidArgument", "GET", "/?inventory&continuation-token=%25%25%25")
    refused(400, "MalformedXML", "PUT", "/?inventory&inventoryId=report1", body=b"<InventoryConfiguration/>")
    refused(400, "InvalidArgument", "PUT", "/?inventory&inventoryId=", body=b"<InventoryConfiguration/>")


def test_lists_are_written_at_their_own_time_however_late_one_looks(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.put_object("a", b"1")
    put(oss, inventory(schedule=oss_v2.InventorySchedule(frequency="Weekly")))
    oss.clock.advance(days=30)
    times: list[datetime] = [oss.bucket(LISTS).head(key).last_modified for key in manifests(oss)]
    assert times == [utc(2024, 5, day) for day in (2, 9, 16, 23, 30)]
