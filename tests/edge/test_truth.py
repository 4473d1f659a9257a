"""Identity x ACL x policy x operation through real clients, against the truth table written by hand.

The table (`test_authorise_matrix`) speaks of classes of operations; here each class is tried with several real ones,
signed by oss2 and by SDK v2, and the effect of what was refused is looked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.state.accounts import Identity
from tests.edge.authorising import IDENTITIES, OTHER, OWNER
from tests.edge.test_authorise_matrix import COLUMNS, POLICIES, cells
from tests.people import People, refusal

NAME, KEY = "pics", "key"
Operation = Callable[[Any], Any]

OSS2: dict[str, dict[str, Operation]] = {
    "R": {
        "GetObject": lambda bucket: bucket.get_object(KEY),
        "HeadObject": lambda bucket: bucket.head_object(KEY),
        "GetObjectMeta": lambda bucket: bucket.get_object_meta(KEY),
    },
    "W": {
        "PutObject": lambda bucket: bucket.put_object(KEY, b"new"),
        "DeleteObject": lambda bucket: bucket.delete_object(KEY),
        "DeleteMultipleObjects": lambda bucket: bucket.batch_delete_objects([KEY]),
        "InitiateMultipartUpload": lambda bucket: bucket.init_multipart_upload(KEY),
        "PutSymlink": lambda bucket: bucket.put_symlink("target", KEY),
    },
    "L": {
        "ListObjects": lambda bucket: bucket.list_objects(),
        "ListObjectsV2": lambda bucket: bucket.list_objects_v2(),
        "ListObjectVersions": lambda bucket: bucket.list_object_versions(),
    },
    "r": {"GetObjectAcl": lambda bucket: bucket.get_object_acl(KEY)},
    "w": {"PutObjectAcl": lambda bucket: bucket.put_object_acl(KEY, "private")},
    "C": {
        "GetBucketInfo": lambda bucket: bucket.get_bucket_info(),
        "GetBucketAcl": lambda bucket: bucket.get_bucket_acl(),
        "GetBucketReferer": lambda bucket: bucket.get_bucket_referer(),
    },
}
SDK_V2: dict[str, dict[str, Operation]] = {
    "R": {"GetObject": lambda client: client.get_object(oss_v2.GetObjectRequest(NAME, KEY))},
    "W": {"PutObject": lambda client: client.put_object(oss_v2.PutObjectRequest(NAME, KEY, body=b"new"))},
    "L": {"ListObjectsV2": lambda client: client.list_objects_v2(oss_v2.ListObjectsV2Request(NAME))},
    "r": {"GetObjectAcl": lambda client: client.get_object_acl(oss_v2.GetObjectAclRequest(NAME, KEY))},
    "w": {"PutObjectAcl": lambda client: client.put_object_acl(oss_v2.PutObjectAclRequest(NAME, KEY, acl="private"))},
    "C": {"GetBucketInfo": lambda client: client.get_bucket_info(oss_v2.GetBucketInfoRequest(NAME))},
}


def register(people: People, name: str, identity: Identity) -> None:
    """A key for one of the table's identities."""
    options: dict[str, Any] = {"account": identity.account_id}
    if identity.kind == "sts":
        options |= {"security_token": f"token of {name}", "policy": identity.session_policy}
    elif identity.kind == "ram-user":
        policies = [json.loads(text) for text in identity.policies]
        options |= {"user": identity.name, "policy": policies[0] if policies else None}
    found = people.add(name, **options)
    assert (found.kind, found.account_id) == (identity.kind, identity.account_id)


@pytest.fixture(scope="module")
def people() -> Iterator[People]:
    with fakeoss.mock_oss(strict_auth=True) as oss:
        people = People(oss)
        for name, identity in IDENTITIES.items():
            if not identity.is_anonymous:
                register(people, name, identity)
        oss.create_bucket(NAME, account=OWNER)
        yield people


@pytest.fixture(scope="module")
def starts(people: People) -> dict[tuple[str, str], Any]:
    """A snapshot for each policy and column."""
    oss, found = people.oss, {}
    fresh = oss.snapshot()
    for policy_name, policy in POLICIES.items():
        for column, (bucket_acl, object_acl) in COLUMNS.items():
            oss.restore(fresh)
            owner = people.bucket("owner", NAME)
            owner.put_object(KEY, b"old", headers={"x-oss-object-acl": object_acl})
            owner.put_bucket_acl(bucket_acl)
            if policy is not None:
                owner.put_bucket_policy(policy.text)
            found[policy_name, column] = oss.snapshot()
    return found


@pytest.mark.parametrize(("policy", "who", "column", "letters"), cells())
def test_what_each_may_do(
    people: People, starts: dict[tuple[str, str], Any], policy: str, who: str, column: str, letters: str
) -> None:
    oss = people.oss
    for asking, operations in ((people.bucket(who, NAME), OSS2), (people.client(who), SDK_V2)):
        for letter, named in operations.items():
            for name, ask in named.items():
                oss.restore(starts[policy, column])
                before = oss.bucket(NAME).value
                status, code, _ = refusal(ask, asking)
                entry = oss.requests[-1]
                assert entry.operation == name
                if letter in letters:
                    assert status == 0, f"{who} must be allowed {name}: {entry}"
                    continue
                assert (status, code) == (403, "AccessDenied"), f"{who} must be refused {name}: {entry}"
                assert entry.why, "every refusal says why"
                assert oss.bucket(NAME).value is before, "a refusal leaves no trace"


def test_the_table_is_about_two_accounts() -> None:
    assert {identity.account_id for identity in IDENTITIES.values()} == {OWNER, OTHER, ""}


def test_management_is_never_opened_by_acls(people: People, starts: dict[tuple[str, str], Any]) -> None:
    """Operations on configurations, tags, restoring and parts (reference 8.4.1)."""
    people.oss.restore(starts["none", "read-write"])
    stranger = people.bucket("other", NAME)
    upload = stranger.init_multipart_upload("parts").upload_id
    tags = oss2.models.Tagging(oss2.models.TaggingRule())
    for ask in (
        lambda: stranger.get_object_tagging(KEY),
        lambda: stranger.put_object_tagging(KEY, tags),
        lambda: stranger.delete_object_tagging(KEY),
        lambda: stranger.restore_object(KEY),
        lambda: stranger.list_parts("parts", upload),
        stranger.list_multipart_uploads,
        stranger.get_bucket_lifecycle,
        lambda: stranger.put_bucket_acl("private"),
        stranger.delete_bucket,
        stranger.get_bucket_policy,
        lambda: stranger.put_object("tagged", b"", headers={"x-oss-tagging": "a=b"}),
    ):
        assert refusal(ask)[:2] == (403, "AccessDenied")
    stranger.abort_multipart_upload("parts", upload)
