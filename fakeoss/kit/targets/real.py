"""A bucket of the real service, driven through SDK v2: only where the environment names one, within bounds.

| variable | meaning |
| --- | --- |
| `FAKEOSS_REAL_BUCKET`, `FAKEOSS_REAL_REGION` | an existing bucket, such as `my-bucket` in `cn-hangzhou` |
| `FAKEOSS_REAL_ACCESS_KEY_ID`, `FAKEOSS_REAL_ACCESS_KEY_SECRET` | whose it is |
| `FAKEOSS_REAL_CALLS`, `FAKEOSS_REAL_BYTES` | the most calls and bytes sent, 1,000 and 20 MiB unless said otherwise |

Everything happens below a prefix of the moment, `fakeoss-kit/...`, and is deleted in the end. What would change the
bucket itself (versioning, retention, configurations) is refused.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

import alibabacloud_oss_v2 as oss
from alibabacloud_oss_v2 import models

from fakeoss import activation, clock
from fakeoss.kit import steps
from fakeoss.kit.steps import Outcome, Step
from fakeoss.kit.targets.sdk_v2 import SdkV2

VARIABLES = (
    "FAKEOSS_REAL_BUCKET",
    "FAKEOSS_REAL_REGION",
    "FAKEOSS_REAL_ACCESS_KEY_ID",
    "FAKEOSS_REAL_ACCESS_KEY_SECRET",
)
"""What has to be set before anything real is touched."""

CALLS, BYTES = 1_000, 20 << 20
"""The usual bounds of one target's life."""

_ALLOWED = (
    steps.Put,
    steps.Append,
    steps.Copy,
    steps.Get,
    steps.Head,
    steps.Delete,
    steps.DeleteMany,
    steps.SetTags,
    steps.GetTags,
    steps.DeleteTags,
    steps.List,
    steps.ListOld,
    steps.ListVersions,
    steps.GetVersioning,
    steps.Initiate,
    steps.UploadPart,
    steps.Complete,
    steps.Abort,
    steps.ListParts,
    steps.ListUploads,
)
"""Steps that leave the bucket itself alone."""


class BudgetError(RuntimeError):
    """The bounds of a real target are reached; nothing more is sent but what cleans up."""


def is_configured(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether all the variables are set."""
    return all(environment.get(name) for name in VARIABLES)


def real_client(environment: Mapping[str, str] = os.environ) -> Any:
    """An SDK v2 client of the real service; raises LookupError where a variable is missing or a fake is active."""
    missing = [name for name in VARIABLES if not environment.get(name)]
    if missing:
        raise LookupError(f"no real bucket is named: set {', '.join(missing)}")
    if activation.top() is not None:
        raise LookupError("a fake is active: it would answer in the place of the real service")
    config = oss.config.load_default()
    config.credentials_provider = oss.credentials.StaticCredentialsProvider(
        environment["FAKEOSS_REAL_ACCESS_KEY_ID"], environment["FAKEOSS_REAL_ACCESS_KEY_SECRET"]
    )
    config.region = environment["FAKEOSS_REAL_REGION"]
    return oss.Client(config)


class Real(SdkV2):
    """A prefix of a real bucket; `close` deletes everything below it."""

    def __init__(self, client: Any, bucket: str, prefix: str, *, calls: int = CALLS, sent: int = BYTES) -> None:
        """`calls` and `sent` (bytes) are the most this target may use."""
        super().__init__(client, bucket, prefix)
        self._calls = calls
        self._bytes = sent

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Real:
        """The target the variables name; raises LookupError where one is missing."""
        client = real_client(environment)
        calls, sent = environment.get("FAKEOSS_REAL_CALLS"), environment.get("FAKEOSS_REAL_BYTES")
        return cls(
            client,
            environment["FAKEOSS_REAL_BUCKET"],
            f"fakeoss-kit/{clock.now():%Y%m%dT%H%M%S%f}/",
            calls=CALLS if calls is None else int(calls),
            sent=BYTES if sent is None else int(sent),
        )

    def do(self, step: Step) -> Outcome:
        """Carry out one step; raises ValueError for one that would change the bucket itself."""
        if not isinstance(step, _ALLOWED):
            raise ValueError(f"{step!r} is not for a real bucket")
        return super().do(step)

    def call(self, name: str, request: Any) -> Any:
        """One call within the bounds; raises BudgetError."""
        self._calls -= 1
        self._bytes -= len(getattr(request, "body", None) or b"")
        if self._calls < 0 or self._bytes < 0:
            raise BudgetError(f"{name} would exceed what FAKEOSS_REAL_CALLS and FAKEOSS_REAL_BYTES allow")
        return super().call(name, request)

    def close(self) -> None:
        """Delete all versions below the prefix and abort all uploads there, whatever the bounds."""
        self._calls = self._bytes = sys.maxsize
        asked = {"prefix": self.prefix, "encoding_type": "url"}
        uploads = self._pages(
            "list_multipart_uploads",
            models.ListMultipartUploadsRequest(self.bucket, **asked),
            {"key_marker": "next_key_marker", "upload_id_marker": "next_upload_id_marker"},
        )
        for upload in [each for page in uploads for each in page.uploads or []]:
            request = models.AbortMultipartUploadRequest(self.bucket, upload.key, upload_id=upload.upload_id)
            self.call("abort_multipart_upload", request)
        versions = self._pages(
            "list_object_versions",
            models.ListObjectVersionsRequest(self.bucket, **asked),
            {"key_marker": "next_key_marker", "version_id_marker": "next_version_id_marker"},
        )
        found = [each for page in versions for each in [*(page.version or []), *(page.delete_marker or [])]]
        for each in found:
            self.call("delete_object", models.DeleteObjectRequest(self.bucket, each.key, version_id=each.version_id))
