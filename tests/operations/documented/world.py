"""Buckets in which everything is prepared that the documented errors need, as both SDKs see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import oss2

import fakeoss
from tests.conftest import BUCKET, ENDPOINT
from tests.operations.versions import enable

VERSIONED, KEPT, WORM, MISSING = "versioned-bucket", "kept-bucket", "worm-bucket", "missing-bucket"
OTHER_DIGEST = "AAAAAAAAAAAAAAAAAAAAAA=="
UNKNOWN_VERSION = "CAEQNhiBgMDJgZCA0BYiIDc4MGZjZGI2OTBjOTRmNTE5NmU5NmFhZjhjYmY0"
UNTIL = "2999-01-01T00:00:00.000Z"


@dataclass(frozen=True, slots=True)
class World:
    """Buckets as oss2 sees them, a `client` of SDK v2, and `nobody` and `stranger`, who sign nothing.

    `plain` never had versioning. It holds `a` of class Standard, `frozen` of class ColdArchive, `restoring` on its
    way back from it, the appendable `growing`, the link `dangling` to nothing, and `chain` to `link` to `a`;
    `upload_id` is an upload of `a` with the part `etag`. `versioned` holds the deletion of `hidden`, whose id is
    `marker`; `kept` the object `a` and the appendable `growing` under the locked retention policy `worm_id`. `worm`
    retains single objects: `a` in compliance mode, `free` not.
    """

    fake: fakeoss.FakeOSS
    service: oss2.Service
    plain: oss2.Bucket
    versioned: oss2.Bucket
    kept: oss2.Bucket
    worm: oss2.Bucket
    missing: oss2.Bucket
    nobody: oss2.Bucket
    client: oss_v2.Client
    stranger: oss_v2.Client
    marker: str
    worm_id: str
    upload_id: str
    etag: str
    tag_of_a: str

    def of(self, name: str, region: str | None = None) -> oss2.Bucket:
        """Any other bucket as oss2 sees it."""
        return self.fake.oss2_bucket(name, region)


def prepared(fake: fakeoss.FakeOSS) -> World:
    """All of it in a new fake."""
    for name in (BUCKET, VERSIONED, KEPT, WORM):
        fake.create_bucket(name)
    plain, versioned, kept, worm = map(fake.oss2_bucket, (BUCKET, VERSIONED, KEPT, WORM))
    client = fake.client()
    for key, storage_class in (("a", "Standard"), ("frozen", "ColdArchive"), ("restoring", "ColdArchive")):
        plain.put_object(key, b"content", headers={"x-oss-storage-class": storage_class})
    plain.restore_object("restoring")
    plain.append_object("growing", 0, b"123")
    for link, target in (("dangling", "nothing"), ("link", "a"), ("chain", "link")):
        plain.put_symlink(target, link)
    upload_id = plain.init_multipart_upload("a").upload_id
    enable(versioned)
    versioned.put_object("hidden", b"")
    kept.put_object("a", b"")
    kept.append_object("growing", 0, b"123")
    worm_id = kept.init_bucket_worm(1).worm_id
    kept.complete_bucket_worm(worm_id)
    _retain(client, worm)
    return World(
        fake=fake,
        service=oss2.Service(plain.auth, f"https://{ENDPOINT}", region=plain.region),
        plain=plain,
        versioned=versioned,
        kept=kept,
        worm=worm,
        missing=fake.oss2_bucket(MISSING),
        nobody=oss2.Bucket(oss2.AnonymousAuth(), f"https://{ENDPOINT}", BUCKET),
        client=client,
        stranger=_stranger(),
        marker=versioned.delete_object("hidden").versionid,
        worm_id=worm_id,
        upload_id=upload_id,
        etag=plain.upload_part("a", upload_id, 1, b"x").etag,
        tag_of_a=f'"{plain.head_object("a").etag}"',
    )


def _retain(client: oss_v2.Client, worm: oss2.Bucket) -> None:
    enable(worm)
    client.put_bucket_object_worm_configuration(
        oss_v2.PutBucketObjectWormConfigurationRequest(
            bucket=WORM, object_worm_configuration=oss_v2.ObjectWormConfiguration(object_worm_enabled="Enabled")
        )
    )
    worm.put_object("a", b"")
    worm.put_object("free", b"")
    client.put_object_retention(retain("a"))


def retain(key: str, mode: str = "COMPLIANCE", until: str = UNTIL, bucket: str = WORM) -> Any:
    """The request that keeps an object."""
    return oss_v2.PutObjectRetentionRequest(
        bucket=bucket, key=key, retention=oss_v2.Retention(mode=mode, retain_until_date=until)
    )


def _stranger() -> oss_v2.Client:
    config = oss_v2.config.load_default()
    config.credentials_provider = oss_v2.credentials.AnonymousCredentialsProvider()
    config.region = "cn-hangzhou"
    return oss_v2.Client(config)
