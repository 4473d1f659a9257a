"""Overwrite protection: what is set comes back, what is refused, and which objects it keeps."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TypeAlias

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.state.configurations.overwrite import RULES_LIMIT
from tests.conftest import BUCKET
from tests.operations.conftest import Refused, ServiceError, Untouched
from tests.people import People, allow, document, refusal

PUT = oss_v2.PutBucketOverwriteConfigRequest
GET = oss_v2.GetBucketOverwriteConfigRequest
KEPT = (409, "FileAlreadyExists")
ONE = "<Rule><Action>forbid</Action></Rule>"

Protect: TypeAlias = Callable[..., None]


@pytest.fixture
def protect(client: oss_v2.Client, bucket: oss2.Bucket) -> Protect:
    """Sets one rule through SDK v2."""

    def call(prefix: str | None = None, suffix: str | None = None, principals: list[str] | None = None) -> None:
        who = None if principals is None else oss_v2.OverwritePrincipals(principals=principals)
        rule = oss_v2.OverwriteRule(id="one", action="forbid", prefix=prefix, suffix=suffix, principals=who)
        client.put_bucket_overwrite_config(PUT(BUCKET, oss_v2.OverwriteConfiguration(rules=[rule])))

    return call


def test_a_rule_without_an_id_gets_one(oss: fakeoss.FakeOSS, client: oss_v2.Client, bucket: oss2.Bucket) -> None:
    rules = [oss_v2.OverwriteRule(action="forbid"), oss_v2.OverwriteRule(id="mine", action="forbid")]
    client.put_bucket_overwrite_config(PUT(BUCKET, oss_v2.OverwriteConfiguration(rules=rules)))
    made, mine = client.get_bucket_overwrite_config(GET(BUCKET)).overwrite_configuration.rules
    assert (str(uuid.UUID(made.id)), mine.id) == (made.id, "mine")


def test_none_is_told(client: oss_v2.Client, protect: Protect, service_error: ServiceError) -> None:
    protect()
    for _ in range(2):
        client.delete_bucket_overwrite_config(oss_v2.DeleteBucketOverwriteConfigRequest(BUCKET))
    error = service_error(client.get_bucket_overwrite_config, GET(BUCKET))
    assert (error.status_code, error.code) == (404, "NoSuchBucketOverwriteConfig")


@pytest.mark.parametrize(
    "inner",
    [
        "",
        "<Rule/>",
        "<Rule><Action>allow</Action></Rule>",
        f"<Rule><Action>forbid</Action><Prefix>{'x' * 1024}</Prefix></Rule>",
        f"<Rule><Action>forbid</Action><Suffix>{'x' * 1024}</Suffix></Rule>",
        "<Rule><ID>a</ID><Action>forbid</Action></Rule><Rule><ID>a</ID><Action>forbid</Action></Rule>",
        ONE * (RULES_LIMIT + 1),
    ],
)
def test_rules_that_cannot_be(protect: Protect, refused: Refused, inner: str) -> None:
    protect("kept/")
    body = f"<OverwriteConfiguration>{inner}</OverwriteConfiguration>".encode()
    refused(400, "MalformedXML", "PUT", "/?overwriteConfig", {}, body)


class TestEffect:
    """What is there stays as it is; what is not there may be written."""

    @pytest.fixture(autouse=True)
    def _objects(self, bucket: oss2.Bucket) -> None:
        for key in ("a.txt", "dir/a.txt", "dir/b.jpg"):
            bucket.put_object(key, b"before")

    def test_objects_of_the_rule_are_kept(
        self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket, protect: Protect, untouched: Untouched
    ) -> None:
        protect("dir/", ".txt")
        with untouched():
            assert refusal(bucket.put_object, "dir/a.txt", b"after")[:2] == KEPT
        assert oss.requests[-1].why == "overwrite protection rule one keeps the object"
        for key in ("a.txt", "dir/b.jpg", "dir/new.txt"):
            bucket.put_object(key, b"after")
        assert refusal(bucket.put_object, "dir/new.txt", b"again")[:2] == KEPT

    def test_every_way_of_writing(self, bucket: oss2.Bucket, protect: Protect, untouched: Untouched) -> None:
        upload = bucket.init_multipart_upload("a.txt")
        part = bucket.upload_part("a.txt", upload.upload_id, 1, b"after")
        protect()
        with untouched():
            assert refusal(bucket.put_object, "a.txt", b"after")[:2] == KEPT
            assert refusal(bucket.copy_object, BUCKET, "dir/a.txt", "a.txt")[:2] == KEPT
            assert refusal(bucket.put_symlink, "dir/a.txt", "a.txt")[:2] == KEPT
            completed = [oss2.models.PartInfo(1, part.etag)]
            assert refusal(bucket.complete_multipart_upload, "a.txt", upload.upload_id, completed)[:2] == KEPT

    def test_an_object_may_be_deleted_and_written_anew(self, bucket: oss2.Bucket, protect: Protect) -> None:
        protect()
        bucket.delete_object("a.txt")
        bucket.put_object("a.txt", b"after")

    def test_what_is_appended_overwrites_nothing(self, bucket: oss2.Bucket, protect: Protect) -> None:
        protect()
        bucket.append_object("log", 0, b"one")
        bucket.append_object("log", 3, b"two")
        assert bucket.get_object("log").read() == b"onetwo"

    def test_versions_make_it_meaningless(self, bucket: oss2.Bucket, protect: Protect) -> None:
        protect()
        bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig(oss2.BUCKET_VERSIONING_ENABLE))
        bucket.put_object("a.txt", b"after")
        assert bucket.get_object("a.txt").read() == b"after"

    @pytest.mark.parametrize(
        ("principals", "is_kept"),
        [
            ([], {"owner", "writer", "anonymous"}),
            (["*"], {"owner", "writer", "anonymous"}),
            (["<owner>"], {"owner"}),
            (["<writer>"], {"writer"}),
            (["<writer's begin>*", "999"], {"writer"}),
            (["acs:ram::*:user/writer"], {"writer"}),
            (["999"], set()),
        ],
    )
    def test_for_those_named(
        self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket, protect: Protect, principals: list[str], is_kept: set[str]
    ) -> None:
        people = People(oss)
        writer = people.add("writer", user="writer", policy=document(allow("oss:*"))).user_id
        ids = {"<owner>": bucket.get_bucket_info().owner.id, "<writer>": writer, "<writer's begin>*": f"{writer[:9]}*"}
        bucket.put_bucket_acl("public-read-write")
        protect(principals=[ids.get(name, name) for name in principals])
        everyone = ("owner", "writer", "anonymous")
        assert {name for name in everyone if refusal(people.bucket(name).put_object, "a.txt", b"x")[0]} == is_kept
