"""The fine-grained codes (`EC`) that the documentation has pages of, one a cause, for refusals of objects."""

from __future__ import annotations

import base64
import hashlib

import pytest

import fakeoss
from tests.operations.conftest import Refused
from tests.operations.documented.world import UNKNOWN_VERSION, VERSIONED, prepared

LIMIT = "x-oss-traffic-limit"
COPY = "x-oss-copy-source"
SSE = "x-oss-server-side-encryption"
DATA = "x-oss-server-side-data-encryption"
KMS = {SSE: "KMS"}
FAR = "far-bucket"
UNKNOWN = f"versionId={UNKNOWN_VERSION}"


def digest(body: bytes) -> dict[str, str]:
    """The header that DeleteMultipleObjects asks for."""
    return {"Content-MD5": base64.b64encode(hashlib.md5(body).digest()).decode()}


def keys(count: int) -> bytes:
    """A document that deletes so many objects."""
    return b"<Delete>" + b"<Object><Key>a</Key></Object>" * count + b"</Delete>"


@pytest.fixture
def oss(oss: fakeoss.FakeOSS) -> fakeoss.FakeOSS:
    """What `prepared` makes, and a bucket elsewhere."""
    prepared(oss)
    oss.create_bucket(FAR, region="cn-beijing", objects={"a": b""})
    return oss


@pytest.mark.parametrize(
    ("ec", "status", "code", "method", "target", "headers"),
    [
        ("0004-00000501", 400, "InvalidArgument", "GET", f"/a?{LIMIT}=819200", {LIMIT: "819200"}),
        ("0004-00000502", 400, "InvalidArgument", "GET", "/a", {LIMIT: "abc"}),
        ("0011-00000002", 400, "InvalidArgument", "PUT", "/b", {"x-oss-meta-a": "v" * 8192}),
        ("0012-00000201", 400, "InvalidArgument", "GET", "/a?versionId=", {}),
        ("0012-00000202", 400, "InvalidArgument", "GET", "/a?versionId=%25%25%25", {}),
        ("0012-00000203", 404, "NoSuchVersion", "PUT", "/b", {COPY: f"/{VERSIONED}/hidden?{UNKNOWN}"}),
        ("0026-00000001", 404, "NoSuchVersion", "GET", f"/a?{UNKNOWN}", {}),
        ("0026-00000001", 404, "NoSuchKey", "GET", "/missing", {}),
        ("0026-00000012", 404, "SymlinkTargetNotExist", "GET", "/dangling", {}),
        ("0043-00000001", 400, "MissingArgument", "PUT", "/new?symlink", {}),
        ("0043-00000101", 400, "NotSymlink", "GET", "/a?symlink", {}),
        ("0012-00000105", 400, "InvalidArgument", "GET", "/?versions&key-marker=a&version-id-marker=%25%25", {}),
        ("0012-00000106", 400, "InvalidArgument", "GET", f"/?versions&version-id-marker={UNKNOWN_VERSION}", {}),
        ("0016-00000003", 400, "InvalidObjectName", "GET", "/" + "a" * 1024, {}),
        ("0016-00000004", 400, "InvalidObjectName", "GET", "/%ff", {}),
        ("0016-00000005", 400, "InvalidObjectName", "GET", "//a", {}),
        ("0005-00000203", 400, "InvalidDataEncryptionAlgorithmError", "PUT", "/b", {**KMS, DATA: "DES"}),
        ("0005-00000204", 400, "InvalidArgument", "PUT", "/b", {SSE: "AES256", f"{SSE}-key-id": "key"}),
        ("0016-00000306", 403, "AccessDenied", "PUT", "/b", {COPY: f"/{FAR}/a"}),
        ("0016-00000404", 403, "InvalidObjectState", "GET", "/frozen", {}),
        ("0016-00000701", 409, "RestoreAlreadyInProgress", "POST", "/restoring?restore", {}),
        ("0016-00000702", 400, "OperationNotSupported", "POST", "/a?restore", {}),
        ("0005-00000003", 400, "InvalidEncryptionAlgorithmError", "PUT", "/b", {SSE: "DES"}),
    ],
)
def test_each_cause_has_its_own(
    refused: Refused,
    oss: fakeoss.FakeOSS,
    ec: str,
    status: int,
    code: str,
    method: str,
    target: str,
    headers: dict[str, str],
) -> None:
    assert refused(status, code, method, target, headers)["EC"] == ec


def test_a_delete_marker_by_its_id(refused: Refused, oss: fakeoss.FakeOSS) -> None:
    marker = oss.bucket(VERSIONED).versions("hidden")[0].version_id
    for method, what in (("GET", ""), ("HEAD", ""), ("HEAD", "objectMeta&"), ("GET", "symlink&")):
        error = refused(405, "MethodNotAllowed", method, f"/hidden?{what}versionId={marker}", bucket=VERSIONED)
        assert error["EC"] == "0017-00000002"


@pytest.mark.parametrize(
    ("ec", "body"),
    [
        ("0016-00000607", b"<Delete><Object><Key>a</Key></Object>"),
        ("0016-00000608", b"<BatchDelete><Object><Key>a</Key></Object></BatchDelete>"),
        ("0016-00000615", b"<Delete><Quiet>false</Quiet></Delete>"),
        ("0016-00000609", keys(1001)),
    ],
)
def test_lists_of_keys(refused: Refused, oss: fakeoss.FakeOSS, ec: str, body: bytes) -> None:
    assert refused(400, "MalformedXML", "POST", "/?delete", digest(body), body)["EC"] == ec


@pytest.mark.parametrize(
    ("ec", "status"),
    [("0012-00000003", ""), ("0012-00000004", "Stop")],
)
def test_states_of_versioning(refused: Refused, oss: fakeoss.FakeOSS, ec: str, status: str) -> None:
    body = f"<VersioningConfiguration><Status>{status}</Status></VersioningConfiguration>".encode()
    assert refused(400, "MalformedXML", "PUT", "/?versioning", {}, body)["EC"] == ec


def test_a_list_of_keys_without_digest(refused: Refused, oss: fakeoss.FakeOSS) -> None:
    assert refused(400, "MissingArgument", "POST", "/?delete", {}, keys(1))["EC"] == "0016-00000606"
