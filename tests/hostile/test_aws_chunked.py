"""Bodies in the chunks of S3's clients are refused as the service does, and never stored with their framing."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw

FRAMED = b"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n"
TRAILER = {"Content-Encoding": "aws-chunked", "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}


def upload_id(client: oss_v2.Client) -> str:
    asked = oss_v2.InitiateMultipartUploadRequest(BUCKET, "parts")
    return str(client.initiate_multipart_upload(asked).upload_id)


@pytest.mark.usefixtures("bucket")
@pytest.mark.parametrize("operation", ["PutObject", "UploadPart", "AppendObject"])
@pytest.mark.parametrize(
    "headers",
    [
        TRAILER,
        {"Content-Encoding": "gzip,aws-chunked", "x-amz-content-sha256": "UNSIGNED-PAYLOAD"},
        {"x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER"},
    ],
    ids=["trailer", "unsigned", "no coding named"],
)
def test_the_framing_is_refused(
    oss: fakeoss.FakeOSS, raw: Raw, client: oss_v2.Client, headers: dict[str, str], operation: str
) -> None:
    method, target = {
        "PutObject": ("PUT", "/key"),
        "UploadPart": ("PUT", f"/parts?partNumber=1&uploadId={upload_id(client)}"),
        "AppendObject": ("POST", "/key?append&position=0"),
    }[operation]
    before = oss.snapshot().world
    reply = raw(method, target, headers, FRAMED)
    assert reply.status == 400
    assert reply.header("x-oss-ec") == "0017-00000804"
    text = reply.data().decode()
    assert "<Code>InvalidArgument</Code>" in text
    assert "<ArgumentName>Content-Encoding</ArgumentName>" in text
    assert "<ArgumentValue>aws-chunked</ArgumentValue>" in text
    assert oss.snapshot().world == before


@pytest.mark.usefixtures("bucket")
def test_a_digest_of_s3_beside_a_plain_body_is_no_reason_to_refuse(oss: fakeoss.FakeOSS, raw: Raw) -> None:
    assert raw("PUT", "/key", {"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}, b"hello").status == 200
    assert oss.oss2_bucket(BUCKET).get_object("key").read() == b"hello"
