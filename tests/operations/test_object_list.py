"""Listings of objects and of versions: order, pages, prefixes, encoding, what is refused."""

from __future__ import annotations

from urllib.parse import quote

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.wire import xml
from fakeoss.wire.message import Reply
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, elements_of

KEYS = ["fun/movie/001.avi", "fun/movie/007.avi", "fun/test.jpg", "oss.jpg", "~", "é", "中文"]
LISTINGS = ["/", "/?list-type=2", "/?versions"]


@pytest.fixture
def filled(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> oss2.Bucket:
    """A bucket with seven objects."""
    for key in reversed(KEYS):
        oss.put(BUCKET, key, key)
    return bucket


def keys_of(reply: Reply) -> list[str]:
    """The keys and common prefixes of an answer, as they stand there."""
    rows = xml.parse(reply.data()).children
    named = [row for row in rows if row.name in ("Contents", "Version", "DeleteMarker", "CommonPrefixes")]
    return [row.children[0].text for row in named]


def asking(listing: str, **parameters: str) -> str:
    """The target of a listing with parameters."""
    query = "&".join(f"{name.replace('_', '-')}={quote(value)}" for name, value in parameters.items())
    return f"{listing}{'&' if '?' in listing else '?'}{query}"


# The answer


def test_list_objects_in_order_of_bytes(filled: oss2.Bucket, raw: Raw) -> None:
    reply = raw("GET")
    assert keys_of(reply) == KEYS
    answer = elements_of(reply)
    assert list(answer)[:6] == ["Name", "Prefix", "Marker", "MaxKeys", "Delimiter", "IsTruncated"]
    assert (answer["Name"], answer["MaxKeys"], answer["IsTruncated"]) == (BUCKET, "100", "false")
    assert "EncodingType" not in answer
    assert "NextMarker" not in answer


def test_what_an_entry_tells(filled: oss2.Bucket, raw: Raw, client: oss_v2.Client) -> None:
    (entry,) = xml.parse(raw("GET", "/?prefix=oss").data()).children_named("Contents")
    told = {node.name: node.text for node in entry.children}
    head = filled.head_object("oss.jpg")
    assert list(told) == ["Key", "LastModified", "ETag", "Type", "Size", "StorageClass", "Owner"]
    assert (told["Key"], told["Size"], told["Type"], told["StorageClass"]) == ("oss.jpg", "7", "Normal", "Standard")
    assert told["ETag"] == f'"{head.etag}"'
    assert told["LastModified"].endswith(".000Z")
    owner = filled.list_objects().object_list[0].owner
    of_bucket = client.get_bucket_acl(oss_v2.GetBucketAclRequest(BUCKET)).owner
    assert of_bucket is not None
    assert (owner.id, owner.display_name) == (of_bucket.id, of_bucket.display_name)


def test_an_empty_bucket(bucket: oss2.Bucket, client: oss_v2.Client, raw: Raw) -> None:
    assert bucket.list_objects().object_list == []
    assert client.list_objects_v2(oss_v2.ListObjectsV2Request(BUCKET)).key_count == 0
    assert all(keys_of(raw("GET", listing)) == [] for listing in LISTINGS)


def test_list_objects_v2_counts(filled: oss2.Bucket, client: oss_v2.Client) -> None:
    result = client.list_objects_v2(
        oss_v2.ListObjectsV2Request(BUCKET, prefix="fun/", delimiter="/", start_after="fun", max_keys=50)
    )
    assert (result.name, result.prefix, result.delimiter, result.start_after) == (BUCKET, "fun/", "/", "fun")
    assert (result.max_keys, result.key_count, result.is_truncated) == (50, 2, False)
    assert [entry.key for entry in result.contents or []] == ["fun/test.jpg"]
    assert [entry.prefix for entry in result.common_prefixes or []] == ["fun/movie/"]


def test_owners_on_demand(filled: oss2.Bucket, client: oss_v2.Client) -> None:
    for fetch_owner in (None, False, True):
        result = client.list_objects_v2(oss_v2.ListObjectsV2Request(BUCKET, fetch_owner=fetch_owner))
        assert all((entry.owner is not None) is bool(fetch_owner) for entry in result.contents or [])


def test_an_objects_class_and_type_are_told(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    bucket.put_object("a", b"", headers={"x-oss-storage-class": "IA"})
    bucket.append_object("b", 0, b"x")
    bucket.put_symlink("a", "c")
    contents = client.list_objects_v2(oss_v2.ListObjectsV2Request(BUCKET)).contents or []
    assert [(entry.object_type, entry.storage_class) for entry in contents] == [
        ("Normal", "IA"),
        ("Appendable", "Standard"),
        ("Symlink", "Standard"),
    ]


def test_versions_are_told(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    bucket.put_object("key", b"1")
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    newer = bucket.put_object("key", b"22").versionid
    marker = bucket.delete_object("key").versionid
    result = client.list_object_versions(oss_v2.ListObjectVersionsRequest(BUCKET))
    versions, markers = result.version or [], result.delete_marker or []
    assert [(entry.version_id, entry.size, entry.is_latest) for entry in versions] == [
        (newer, 2, False),
        ("null", 1, False),
    ]
    assert [(entry.key, entry.version_id, entry.is_latest) for entry in markers] == [("key", marker, True)]
    assert all(entry.owner is not None and entry.last_modified is not None for entry in [*versions, *markers])
    assert (result.max_keys, result.is_truncated) == (100, False)


# Pages


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_pages_make_up_the_whole(filled: oss2.Bucket, client: oss_v2.Client, size: int) -> None:
    assert [entry.key for entry in oss2.ObjectIterator(filled, max_keys=size)] == KEYS
    assert [entry.key for entry in oss2.ObjectIteratorV2(filled, max_keys=size)] == KEYS
    pages = client.list_objects_v2_paginator().iter_page(oss_v2.ListObjectsV2Request(BUCKET, max_keys=size))
    assert [entry.key for page in pages for entry in page.contents or []] == KEYS
    pages_of_versions = client.list_object_versions_paginator().iter_page(
        oss_v2.ListObjectVersionsRequest(BUCKET, max_keys=size)
    )
    assert [entry.key for page in pages_of_versions for entry in page.version or []] == KEYS


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_repeat_no_common_prefix(filled: oss2.Bucket, size: int) -> None:
    for iterator in (oss2.ObjectIterator, oss2.ObjectIteratorV2):
        listed = [entry.key for entry in iterator(filled, delimiter="/", max_keys=size)]
        assert listed == ["fun/", "oss.jpg", "~", "é", "中文"]


def test_a_page_goes_on_after_its_marker(filled: oss2.Bucket, raw: Raw) -> None:
    first = elements_of(raw("GET", "/?max-keys=2"))
    assert (first["IsTruncated"], first["NextMarker"]) == ("true", KEYS[1])
    assert keys_of(raw("GET", f"/?marker={KEYS[1]}")) == KEYS[2:]
    assert keys_of(raw("GET", "/?marker=fun/movie/002")) == KEYS[1:]
    assert keys_of(raw("GET", f"/?marker={quote(KEYS[-1])}")) == []


def test_a_full_page_is_not_truncated(filled: oss2.Bucket, raw: Raw) -> None:
    for listing in LISTINGS:
        assert elements_of(raw("GET", asking(listing, max_keys="7")))["IsTruncated"] == "false"
        assert elements_of(raw("GET", asking(listing, max_keys="6")))["IsTruncated"] == "true"


def test_a_token_goes_on(bucket: oss2.Bucket, raw: Raw) -> None:
    for key in ("bc", "é" * 100, "中"):
        bucket.put_object(key, b"")
    first = elements_of(raw("GET", "/?list-type=2&max-keys=1"))
    assert first["NextContinuationToken"] == "CgJiYw--"
    second = raw("GET", "/?list-type=2&max-keys=1&continuation-token=CgJiYw--&start-after=zzz")
    assert keys_of(second) == ["é" * 100]
    assert elements_of(second)["ContinuationToken"] == "CgJiYw--"
    token = elements_of(second)["NextContinuationToken"]
    assert keys_of(raw("GET", asking("/?list-type=2", continuation_token=token))) == ["中"]


def test_an_empty_token_is_none(filled: oss2.Bucket, raw: Raw) -> None:
    reply = raw("GET", "/?list-type=2&continuation-token=&start-after=oss.jpg")
    assert keys_of(reply) == KEYS[4:]


def test_a_page_of_versions_goes_on_within_a_key(bucket: oss2.Bucket, raw: Raw) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    ids = [bucket.put_object("key", b"").versionid for _ in range(3)][::-1]
    first = elements_of(raw("GET", "/?versions&max-keys=1"))
    assert (first["NextKeyMarker"], first["NextVersionIdMarker"]) == ("key", ids[0])
    reply = raw("GET", f"/?versions&key-marker=key&version-id-marker={ids[0]}")
    assert [node.text_of("VersionId", "") for node in xml.parse(reply.data()).children_named("Version")] == ids[1:]
    assert keys_of(raw("GET", "/?versions&key-marker=key")) == []


# Prefixes and delimiters


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"prefix": "fun"}, KEYS[:3]),
        ({"prefix": "fun/movie/"}, KEYS[:2]),
        ({"prefix": "fun/movie/007.avi"}, KEYS[1:2]),
        ({"prefix": "中"}, KEYS[-1:]),
        ({"prefix": "z"}, []),
        ({"delimiter": "/"}, [*KEYS[3:], "fun/"]),
        ({"prefix": "fun/", "delimiter": "/"}, ["fun/test.jpg", "fun/movie/"]),
        ({"prefix": "fun", "delimiter": "/"}, ["fun/"]),
        ({"delimiter": "jpg"}, [*KEYS[:2], *KEYS[4:], "fun/test.jpg", "oss.jpg"]),
        ({"delimiter": ".avi", "prefix": "fun/movie"}, ["fun/movie/001.avi", "fun/movie/007.avi"]),
        ({"delimiter": "中"}, [*KEYS[:-1], "中"]),
        ({"delimiter": ""}, KEYS),
    ],
)
@pytest.mark.parametrize("listing", LISTINGS)
def test_names_are_grouped(
    filled: oss2.Bucket, raw: Raw, listing: str, parameters: dict[str, str], expected: list[str]
) -> None:
    assert keys_of(raw("GET", asking(listing, **parameters))) == expected


def test_hidden_objects_make_no_prefix(bucket: oss2.Bucket, raw: Raw) -> None:
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig("Enabled"))
    bucket.put_object("a/b", b"")
    bucket.delete_object("a/b")
    assert [keys_of(raw("GET", asking(listing, delimiter="/"))) for listing in LISTINGS] == [[], [], ["a/"]]


# Encoding


@pytest.mark.parametrize("spelled", ["url", "URL", "Url"])
@pytest.mark.parametrize(
    ("listing", "places"),
    [
        ("/", {"marker": "Marker"}),
        ("/?list-type=2", {"start-after": "StartAfter"}),
        ("/?versions", {"key-marker": "KeyMarker"}),
    ],
)
def test_names_are_encoded_on_demand(
    bucket: oss2.Bucket, raw: Raw, listing: str, places: dict[str, str], spelled: str
) -> None:
    odd = "a b+c/é\x01&"
    bucket.put_object(odd, b"")
    bucket.put_object(odd + "d", b"")
    ((name, element),) = places.items()
    asked = {"encoding_type": spelled, "prefix": "a ", "delimiter": "d&", name: "A/é", "max_keys": "1"}
    reply = raw("GET", asking(listing, **asked))
    answer = elements_of(reply)
    assert keys_of(reply) == ["a%20b%2Bc%2F%C3%A9%01%26"]
    assert (answer["EncodingType"], answer["Prefix"], answer["Delimiter"]) == ("url", "a%20", "d%26")
    assert answer[element] == "A%2F%C3%A9"
    if listing != "/?list-type=2":
        assert answer["NextMarker" if listing == "/" else "NextKeyMarker"] == "a%20b%2Bc%2F%C3%A9%01%26"


def test_both_sdks_list_any_key(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    odd = ["\x01", "\t\n\r", " ", "%20", "&amp;", "+", "<a>", "a\x7f", "é", "\ufeff", "\U0001f600"]
    for key in odd:
        bucket.put_object(key, b"")
    assert [entry.key for entry in bucket.list_objects().object_list] == odd
    assert [entry.key for entry in bucket.list_objects_v2().object_list] == odd
    assert [entry.key for entry in client.list_objects(oss_v2.ListObjectsRequest(BUCKET)).contents or []] == odd
    result = client.list_object_versions(oss_v2.ListObjectVersionsRequest(BUCKET))
    assert [entry.key for entry in result.version or []] == odd


# Refusals


@pytest.mark.parametrize(
    ("listing", "ec"), [("/", "0015-00000402"), ("/?list-type=2", "0015-00000402"), ("/?versions", "0012-00000102")]
)
@pytest.mark.parametrize("value", ["0", "1001", "-1", "x", "1.5", "9" * 5000])
def test_a_page_has_1_to_1000_keys(bucket: oss2.Bucket, refused: Refused, listing: str, ec: str, value: str) -> None:
    error = refused(400, "InvalidArgument", "GET", asking(listing, max_keys=value))
    assert (error["ArgumentName"], error["EC"]) == ("max-keys", ec)


@pytest.mark.parametrize("listing", LISTINGS)
def test_a_thousand_keys_are_a_page(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, raw: Raw, listing: str) -> None:
    for number in range(1001):
        oss.put(BUCKET, f"{number:04}", b"")
    assert len(keys_of(raw("GET", asking(listing, max_keys="1000")))) == 1000
    assert len(keys_of(raw("GET", listing))) == 100


@pytest.mark.parametrize("value", ["utf-8", "base64", "url "])
@pytest.mark.parametrize("listing", LISTINGS)
def test_an_unknown_encoding(bucket: oss2.Bucket, refused: Refused, listing: str, value: str) -> None:
    error = refused(400, "InvalidArgument", "GET", asking(listing, encoding_type=value))
    assert (error["Message"], error["EC"]) == ("Invalid Encoding Method specified in Request", "0017-00000235")


@pytest.mark.parametrize(
    ("listing", "name"),
    [(listing, name) for listing in LISTINGS for name in ("prefix", "delimiter")]
    + [("/", "marker"), ("/?list-type=2", "start-after"), ("/?versions", "key-marker")],
)
def test_names_have_1024_bytes(bucket: oss2.Bucket, refused: Refused, raw: Raw, listing: str, name: str) -> None:
    for value in ("a" * 1025, "é" * 513):
        error = refused(400, "InvalidArgument", "GET", asking(listing, **{name: value}))
        assert (error["ArgumentName"], error["ArgumentValue"]) == (name, value)
    assert raw("GET", asking(listing, **{name: "é" * 512})).status == 200


@pytest.mark.parametrize(
    "token",
    ["x", "bc", "CgJiYw==", "CgNiYw--", "CgJiYw", "EgJiYw--", "Cv__", "é", "CgA-", "A" * 3_000, "A" * 1_000_000],
)
def test_a_token_the_service_never_gave(bucket: oss2.Bucket, refused: Refused, token: str) -> None:
    error = refused(400, "InvalidArgument", "GET", asking("/?list-type=2", continuation_token=token))
    assert error["ArgumentName"] == "continuation-token"


def test_a_version_id_marker_needs_a_key_marker(bucket: oss2.Bucket, refused: Refused) -> None:
    error = refused(400, "InvalidArgument", "GET", f"/?versions&version-id-marker={'C' * 64}")
    assert error["ArgumentName"] == "version-id-marker"


@pytest.mark.parametrize("value", ["yes", "1", ""])
def test_owners_are_wanted_or_not(bucket: oss2.Bucket, refused: Refused, value: str) -> None:
    refused(400, "InvalidArgument", "GET", f"/?list-type=2&fetch-owner={value}")


@pytest.mark.parametrize("listing", LISTINGS)
def test_a_bucket_nobody_made(bucket: oss2.Bucket, refused: Refused, listing: str) -> None:
    refused(404, "NoSuchBucket", "GET", listing, bucket="missing-bucket")


@pytest.mark.parametrize("listing", LISTINGS)
def test_strangers_list_nothing(bucket: oss2.Bucket, refused: Refused, listing: str) -> None:
    refused(403, "AccessDenied", "GET", listing, signed=False)


def test_both_sdks_are_told(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    with pytest.raises(oss2.exceptions.InvalidArgument):
        bucket.list_objects(max_keys=1001)
    error = service_error(client.list_objects, oss_v2.ListObjectsRequest(BUCKET, max_keys=1001))
    assert (error.status_code, error.code) == (400, "InvalidArgument")
    request = oss_v2.ListObjectsV2Request(BUCKET, continuation_token="nonsense")
    assert service_error(client.list_objects_v2, request).code == "InvalidArgument"
