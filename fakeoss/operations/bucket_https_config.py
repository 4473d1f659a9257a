"""PutBucketHttpsConfig and GetBucketHttpsConfig."""

from __future__ import annotations

from dataclasses import replace

from fakeoss.operations.call import Call
from fakeoss.operations.configuring import reading, setting
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.https_config import DEFAULT, HttpsConfiguration


def _without_repetition(_call: Call, _bucket: Bucket, value: HttpsConfiguration) -> HttpsConfiguration:
    """Versions named twice count once (oss2 tests)."""
    return replace(value, tls=replace(value.tls, versions=tuple(dict.fromkeys(value.tls.versions))))


PUT_BUCKET_HTTPS_CONFIG = setting("PutBucketHttpsConfig", HttpsConfiguration, before=_without_repetition)
GET_BUCKET_HTTPS_CONFIG = reading("GetBucketHttpsConfig", HttpsConfiguration, default=lambda _: DEFAULT)
