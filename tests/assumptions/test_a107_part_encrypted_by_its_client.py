"""Assumption A107: a part copied from what a client encrypted is 400 NotImplemented.

Operations: UploadPartCopy.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Refusal
from tests.assumptions.words import begin, part_copy


def test_it_is_refused(assumption_client: oss_v2.Client, assumption_bucket: str, refusal: Refusal) -> None:
    said = {"key": "a2V5", "start": "c3RhcnQ=", "cek-alg": "AES/CTR/NoPadding", "wrap-alg": "RSA/NONE/PKCS1Padding"}
    metadata = {f"client-side-encryption-{name}": value for name, value in said.items()}
    assumption_client.put_object(oss_v2.PutObjectRequest(assumption_bucket, "a", body=b"x", metadata=metadata))
    upload_id = begin(assumption_client, assumption_bucket)
    request = part_copy(assumption_bucket, upload_id)
    assert refusal(assumption_client.upload_part_copy, request) == (400, "NotImplemented")
