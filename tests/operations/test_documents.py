"""What holds for the document of every configuration: checked, read strictly, refused without a trace."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import md5
from typing import TypeAlias

import pytest

import fakeoss
from fakeoss.operations.catalogue import catalogue
from tests.conftest import Raw
from tests.operations.conftest import Refused, Untouched, error_of
from tests.operations.documents import (
    ABSENT,
    BY_NAME,
    DELETABLE,
    DOCUMENTS,
    GROUPS,
    POOL,
    WITHOUT_XML,
    Document,
    single_elements,
)
from tests.operations.round_trips import prepare

EVERY = pytest.mark.parametrize("document", [pytest.param(document, id=document.operation) for document in DOCUMENTS])
OF_BUCKETS = pytest.mark.parametrize(
    "document", [pytest.param(document, id=document.operation) for document in DOCUMENTS if document.bucket]
)

Before: TypeAlias = Callable[[Document], None]


@pytest.fixture
def oss() -> Iterator[fakeoss.FakeOSS]:
    """A fake in which every document is good once."""
    with fakeoss.mock_oss(resource_pools={POOL: ()}) as fake:
        prepare(fake)
        yield fake


def request(document: Document, text: str | None = None) -> tuple[str, str, dict[str, str], bytes]:
    """What `raw` and `refused` take, perhaps with another text."""
    return document.method, document.target, {}, (document.text if text is None else text).encode()


@pytest.fixture
def before(raw: Raw) -> Before:
    """Sends what has to go before a document."""

    def send(document: Document) -> None:
        for name in document.after:
            assert raw(*request(BY_NAME[name])).status == 200

    return send


@EVERY
def test_the_digest_of_a_document_is_checked(raw: Raw, refused: Refused, before: Before, document: Document) -> None:
    before(document)
    method, target, _, body = request(document)
    wrong = {"Content-MD5": "1B2M2Y8AsgTpgAmY7PhCfg=="}
    refused(400, "InvalidDigest", method, target, wrong, body, bucket=document.bucket)
    right = {"Content-MD5": b64encode(md5(body, usedforsecurity=False).digest()).decode()}
    assert raw(method, target, right, body, bucket=document.bucket).status == 200


@EVERY
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda text: "", id="empty"),
        pytest.param(lambda text: "no xml", id="no XML"),
        pytest.param(lambda text: text[:-1], id="cut off"),
        pytest.param(lambda text: f"<!DOCTYPE a>{text}", id="document type"),
        pytest.param(lambda text: f"<Other>{text}</Other>", id="another root"),
        pytest.param(lambda text: text + " " * (2 << 20), id="too long"),
    ],
)
def test_malformed_documents(refused: Refused, before: Before, document: Document, spoil: Callable[[str], str]) -> None:
    before(document)
    refused(400, "MalformedXML", *request(document, spoil(document.text)), bucket=document.bucket)


@EVERY
def test_what_is_no_utf_8(refused: Refused, before: Before, document: Document) -> None:
    before(document)
    method, target, headers, body = request(document)
    refused(400, "MalformedXML", method, target, headers, body.replace(b"</", b"\xff</", 1), bucket=document.bucket)


STRICT = "PutBucketLifecycle"
"""The one operation that is documented to refuse elements it does not know: 0014-00000015, 0014-00000017."""


@pytest.mark.parametrize(
    "document", [pytest.param(each, id=each.operation) for each in DOCUMENTS if each.operation != STRICT]
)
def test_elements_that_the_service_does_not_know_are_ignored(raw: Raw, before: Before, document: Document) -> None:
    before(document)
    more = re.sub(r"^<(\w+)>", r"<\1><Unheard-of><Inner>1</Inner></Unheard-of>", document.text)
    assert raw(*request(document, more), bucket=document.bucket).status == 200


SINGLE = [
    pytest.param(document, element, id=f"{document.operation}-{element}")
    for document in DOCUMENTS
    for element in single_elements(document.text)
]


@pytest.mark.parametrize(("document", "element"), SINGLE)
def test_what_may_be_given_once_is_refused_twice(
    refused: Refused, before: Before, document: Document, element: str
) -> None:
    before(document)
    twice = re.sub(rf"(<{element}>.*?</{element}>)", r"\1\1", document.text, count=1)
    refused(400, "MalformedXML", *request(document, twice), bucket=document.bucket)


@OF_BUCKETS
def test_of_no_bucket(refused: Refused, document: Document) -> None:
    error = refused(404, "NoSuchBucket", *request(document), bucket="no-such-bucket")
    assert (error["BucketName"], error["EC"]) == ("no-such-bucket", "0015-00000101")


@EVERY
def test_nobody_sends_one(refused: Refused, before: Before, document: Document) -> None:
    before(document)
    refused(403, "AccessDenied", *request(document), bucket=document.bucket, signed=False)


def test_every_operation_on_configurations_is_built() -> None:
    found = [entry for entry in catalogue().values() if entry.row.group in GROUPS]
    assert len(found) > 100
    assert [entry.row.name for entry in found if entry.operation is None] == []


def test_no_document_is_left_out() -> None:
    sent = {
        name
        for name, entry in catalogue().items()
        if entry.row.group in GROUPS and not {"PUT", "POST"}.isdisjoint(entry.row.methods)
    }
    assert sent == set(BY_NAME) | WITHOUT_XML


@pytest.mark.parametrize(("target", "status", "code"), ABSENT)
def test_what_is_read_where_nothing_is_set(
    raw: Raw, untouched: Untouched, target: str, status: int, code: str | None
) -> None:
    with untouched():
        reply = raw("GET", target)
    assert reply.status == status
    if code is not None:
        assert error_of(reply)["Code"] == code


@pytest.mark.parametrize("target", DELETABLE)
def test_deleting_what_is_not_set_is_no_error(raw: Raw, target: str) -> None:
    for _ in range(2):
        reply = raw("DELETE", target)
        assert (reply.status, reply.data()) == (204, b"")
