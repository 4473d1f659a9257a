"""Buckets made and deleted."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.wire import xml
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, Untouched
from tests.people import OTHER, People

NEW = "new-bucket"


def configuration(**elements: str) -> bytes:
    rows = "".join(f"<{name}>{value}</{name}>" for name, value in elements.items())
    return f"<CreateBucketConfiguration>{rows}</CreateBucketConfiguration>".encode()


def info(raw: Raw, name: str = NEW) -> dict[str, str]:
    """What GetBucketInfo tells, one level of it."""
    (told,) = xml.parse(raw("GET", "/?bucketInfo", bucket=name).data()).children
    found = {node.name: node.text for node in told.children}
    return {**found, "Grant": told.children_named("AccessControlList")[0].text_of("Grant", "")}


# PutBucket


def test_a_bucket_is_private_and_standard(oss: fakeoss.FakeOSS, raw: Raw) -> None:
    reply = raw("PUT", bucket=NEW)
    assert (reply.status, reply.header("Location"), reply.data()) == (200, f"/{NEW}", b"")
    told = info(raw)
    assert (told["Name"], told["Grant"], told["StorageClass"], told["DataRedundancyType"]) == (
        NEW,
        "private",
        "Standard",
        "LRS",
    )
    assert (told["Location"], told["ResourceGroupId"]) == ("oss-cn-hangzhou", "rg-default-id")
    assert (told["ExtranetEndpoint"], told["IntranetEndpoint"]) == (
        "oss-cn-hangzhou.aliyuncs.com",
        "oss-cn-hangzhou-internal.aliyuncs.com",
    )
    assert "HierarchicalNamespace" not in told
    assert "Versioning" not in told


def test_oss2_makes_a_bucket(oss: fakeoss.FakeOSS) -> None:
    bucket = oss.oss2_bucket(NEW)
    config = oss2.models.BucketCreateConfig("IA", "ZRS")
    assert bucket.create_bucket("public-read", config).status == 200
    told = bucket.get_bucket_info()
    assert (told.acl.grant, told.storage_class, told.data_redundancy_type) == ("public-read", "IA", "ZRS")


@pytest.mark.parametrize("storage_class", ["Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive"])
def test_v2_makes_a_bucket(client: oss_v2.Client, raw: Raw, storage_class: str) -> None:
    made = oss_v2.CreateBucketConfiguration(storage_class=storage_class, data_redundancy_type="LRS")
    request = oss_v2.PutBucketRequest(
        NEW, acl="public-read-write", resource_group_id="rg-aek27tc0000aaaa", create_bucket_configuration=made
    )
    assert client.put_bucket(request).status_code == 200
    told = info(raw)
    assert (told["Grant"], told["StorageClass"], told["ResourceGroupId"]) == (
        "public-read-write",
        storage_class,
        "rg-aek27tc0000aaaa",
    )


def test_a_bucket_is_made_where_it_is_asked_for(oss: fakeoss.FakeOSS) -> None:
    bucket = oss.oss2_bucket(NEW, region="us-west-1")
    bucket.create_bucket()
    assert bucket.get_bucket_location().location == "oss-us-west-1"
    assert bucket.get_bucket_info().location == "oss-us-west-1"


def test_a_bucket_is_made_with_tags_encryption_and_namespace(oss: fakeoss.FakeOSS, raw: Raw) -> None:
    headers = {
        "x-oss-bucket-tagging": "k%201=v&k2=",
        "x-oss-server-side-encryption": "KMS",
        "x-oss-server-side-encryption-key-id": "a-key",
        "x-oss-server-side-data-encryption": "SM4",
        "x-oss-hns-status": "enabled",
    }
    assert raw("PUT", "/", headers, bucket=NEW).status == 200
    bucket = oss.oss2_bucket(NEW)
    assert bucket.get_bucket_tagging().tag_set.tagging_rule == {"k 1": "v", "k2": ""}
    rule = bucket.get_bucket_info().bucket_encryption_rule
    assert (rule.sse_algorithm, rule.kms_master_keyid, rule.kms_data_encryption) == ("KMS", "a-key", "SM4")
    assert info(raw)["HierarchicalNamespace"] == "Enabled"


@pytest.mark.parametrize("name", ["abc", "a" * 63, "0-9", "oss-something"])
def test_names(oss: fakeoss.FakeOSS, name: str) -> None:
    assert oss.oss2_bucket(name).create_bucket().status == 200


@pytest.mark.parametrize("name", ["ab", "a" * 64, "-abc", "abc-", "a_b", "Abc"])
def test_names_that_are_refused(oss: fakeoss.FakeOSS, refused: Refused, name: str) -> None:
    if name != "Abc":
        assert refused(400, "InvalidBucketName", "PUT", bucket=name)["BucketName"] == name
    with pytest.raises(fakeoss.errors.OSSError) as caught:
        oss.create_bucket(name)
    assert (caught.value.status, caught.value.code) == (400, "InvalidBucketName")
    assert oss.buckets() == []


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"x-oss-acl": "default"}, "InvalidArgument"),
        ({"x-oss-acl": ""}, "InvalidArgument"),
        ({"x-oss-acl": "Private"}, "InvalidArgument"),
        ({"x-oss-hns-status": "on"}, "InvalidArgument"),
        ({"x-oss-resource-group-id": "rg-xxxxxx"}, "ResourceGroupIdPreCheckError"),
        ({"x-oss-server-side-encryption": "DES"}, "InvalidEncryptionAlgorithmError"),
        ({"x-oss-server-side-encryption": "AES256", "x-oss-server-side-encryption-key-id": "k"}, "InvalidArgument"),
        (
            {"x-oss-server-side-encryption": "KMS", "x-oss-server-side-data-encryption": "AES256"},
            "InvalidDataEncryptionAlgorithmError",
        ),
        ({"x-oss-bucket-tagging": "&".join(f"k{number}=v" for number in range(21))}, "TooManyTags"),
        ({"x-oss-bucket-tagging": "=v"}, "InvalidTag"),
    ],
)
def test_headers_that_are_refused(refused: Refused, headers: dict[str, str], code: str) -> None:
    refused(400, code, "PUT", "/", headers, bucket=NEW)


def test_an_unknown_acl_is_called_so(refused: Refused) -> None:
    error = refused(400, "InvalidArgument", "PUT", "/", {"x-oss-acl": "public"}, bucket=NEW)
    assert (error["Message"], error["ArgumentName"], error["ArgumentValue"]) == (
        "no such bucket access control exists",
        "x-oss-acl",
        "public",
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"x", "MalformedXML"),
        (b"<Other/>", "MalformedXML"),
        (configuration(StorageClass="Glacier"), "InvalidArgument"),
        (configuration(StorageClass=""), "InvalidArgument"),
        (configuration(DataRedundancyType="GRS"), "InvalidArgument"),
        (configuration(LocationConstraint="oss-us-west-1"), "InvalidLocationConstraint"),
    ],
)
def test_documents_that_are_refused(refused: Refused, body: bytes, code: str) -> None:
    refused(400, code, "PUT", "/", {}, body, bucket=NEW)


def test_the_digest_of_the_document_is_judged(refused: Refused) -> None:
    digest = {"Content-MD5": oss2.utils.content_md5(b"other")}
    refused(400, "InvalidDigest", "PUT", "/", digest, configuration(StorageClass="IA"), bucket=NEW)


def test_a_document_may_name_the_region_of_its_endpoint_and_have_space_in_it(raw: Raw) -> None:
    body = configuration(StorageClass="\n  IA\n", LocationConstraint=" oss-cn-hangzhou ")
    assert raw("PUT", "/", {}, body, bucket=NEW).status == 200
    assert info(raw)["StorageClass"] == "IA"


# PutBucket once more


def test_ones_own_bucket_can_be_put_again(oss: fakeoss.FakeOSS, raw: Raw) -> None:
    body = configuration(StorageClass="IA", DataRedundancyType="ZRS")
    oss.oss2_bucket(NEW).create_bucket("public-read", oss2.models.BucketCreateConfig("IA", "ZRS"))
    oss.put(NEW, "key", b"content")
    assert raw("PUT", "/", {}, body, bucket=NEW).status == 200
    assert info(raw)["Grant"] == "public-read"
    assert raw("PUT", "/", {"x-oss-acl": "private"}, body, bucket=NEW).status == 200
    assert info(raw)["Grant"] == "private"
    assert oss.bucket(NEW).read("key") == b"content"


@pytest.mark.parametrize(
    ("headers", "body", "message"),
    [
        ({}, configuration(StorageClass="IA"), "Bucket already exists can't modify storage type"),
        ({}, configuration(DataRedundancyType="ZRS"), "Bucket already exists can't modify data redundancy type"),
        ({"x-oss-hns-status": "enabled"}, b"", "Bucket already exists can't modify hierarchical namespace status"),
    ],
)
def test_nothing_but_the_acl_can_be_otherwise(
    bucket: oss2.Bucket, refused: Refused, headers: dict[str, str], body: bytes, message: str
) -> None:
    error = refused(409, "BucketAlreadyExists", "PUT", "/", headers, body)
    assert (error["Message"], error["BucketName"]) == (message, BUCKET)


def test_a_bucket_stays_in_its_region(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, untouched: Untouched) -> None:
    with untouched(), pytest.raises(oss2.exceptions.ServerError) as caught:
        oss.oss2_bucket(BUCKET, region="us-west-1").create_bucket()
    assert (caught.value.status, caught.value.code) == (409, "BucketAlreadyExists")


def test_names_are_shared_by_all_accounts(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, untouched: Untouched) -> None:
    people = People(oss)
    people.add("other", account=OTHER)
    with untouched(), pytest.raises(oss2.exceptions.ServerError) as caught:
        people.bucket("other", BUCKET).create_bucket()
    assert (caught.value.status, caught.value.code) == (409, "BucketAlreadyExists")
    assert caught.value.details["EC"] == "0015-00000104"


def test_an_account_has_100_buckets_a_region(
    oss: fakeoss.FakeOSS, client: oss_v2.Client, service_error: ServiceError
) -> None:
    for number in range(100):
        oss.create_bucket(f"bucket-{number}")
    error = service_error(client.put_bucket, oss_v2.PutBucketRequest(NEW))
    assert (error.status_code, error.code) == (400, "TooManyBuckets")
    assert client.put_bucket(oss_v2.PutBucketRequest("bucket-99", acl="private")).status_code == 200
    oss.create_bucket(NEW, region="us-west-1")
    oss.create_bucket("of-another", account=OTHER)
    oss.oss2_bucket("bucket-0").delete_bucket()
    oss.create_bucket("in-its-place")


def test_strangers_make_no_buckets(refused: Refused) -> None:
    refused(403, "AccessDenied", "PUT", bucket=NEW, signed=False)


# DeleteBucket


def test_an_empty_bucket_is_deleted_with_all_its_settings(bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    bucket.put_bucket_encryption(oss2.models.ServerSideEncryptionRule("AES256"))
    bucket.put_bucket_acl("public-read")
    assert bucket.delete_bucket().status == 204
    assert oss.buckets() == []
    bucket.create_bucket()
    assert bucket.get_bucket_versioning().status is None
    told = bucket.get_bucket_info()
    assert (told.acl.grant, told.bucket_encryption_rule.sse_algorithm) == ("private", None)


def test_a_bucket_with_objects_stays(
    bucket: oss2.Bucket, client: oss_v2.Client, refused: Refused, service_error: ServiceError
) -> None:
    bucket.put_object("key", b"")
    error = refused(409, "BucketNotEmpty", "DELETE")
    assert (error["BucketName"], error["EC"]) == (BUCKET, "0015-00000301")
    with pytest.raises(oss2.exceptions.BucketNotEmpty):
        bucket.delete_bucket()
    assert service_error(client.delete_bucket, oss_v2.DeleteBucketRequest(BUCKET)).code == "BucketNotEmpty"
    bucket.delete_object("key")
    bucket.delete_bucket()


def test_versions_markers_and_uploads_count(bucket: oss2.Bucket, refused: Refused) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    marker = bucket.delete_object("key").versionid
    refused(409, "BucketNotEmpty", "DELETE")
    bucket.delete_object("key", params={"versionId": marker})
    upload_id = bucket.init_multipart_upload("key").upload_id
    refused(409, "BucketNotEmpty", "DELETE")
    bucket.abort_multipart_upload("key", upload_id)
    bucket.delete_bucket()


def test_only_the_owner_deletes(bucket: oss2.Bucket, refused: Refused) -> None:
    bucket.put_bucket_acl("public-read-write")
    refused(403, "AccessDenied", "DELETE", signed=False)
    refused(404, "NoSuchBucket", "DELETE", bucket=NEW)
