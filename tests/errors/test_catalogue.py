"""The catalogue of refusals: complete, sourced, and raised in one line."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from fakeoss import errors
from fakeoss.operations.rows import rows

ALL = [pytest.param(name, row, id=name) for name, row in errors.rows().items()]

# (status, code) pairs by which oss2 2.19 chooses the class of its exception; a wrong status loses the class.
OSS2 = {
    404: "NoSuchBucket NoSuchKey NoSuchUpload NoSuchLifecycle NoSuchCORSConfiguration NoSuchWebsiteConfiguration "
    "NoSuchLiveChannel NoSuchBucketPolicy NoSuchServerSideEncryptionRule NoSuchInventory NoSuchReplicationRule "
    "NoSuchWORMConfiguration NoSuchTransferAccelerationConfiguration",
    400: "InvalidArgument InvalidRequest MalformedXML InvalidDigest InvalidObjectName InvalidEncryptionAlgorithmError "
    "InvalidWORMConfiguration BucketReplicationAlreadyExist ObjectAlreadyExists PartNotSequential "
    "OperationNotSupported",
    403: "AccessDenied SignatureDoesNotMatch WORMConfigurationLocked KmsServiceNotEnabled",
    409: "BucketNotEmpty PositionNotEqualToLength ObjectNotAppendable RestoreAlreadyInProgress",
    412: "PreconditionFailed",
    304: "NotModified",
}


def keywords(row: errors.Row) -> dict[str, str]:
    return {field: "x" for _, field, _, _ in Formatter().parse(row.message) if field}


@pytest.mark.parametrize(("name", "row"), ALL)
def test_every_row_can_be_raised_and_tells_where_it_is_from(name: str, row: errors.Row) -> None:
    error = row(**keywords(row))
    assert (error.code, error.status, error.ec) == (row.code, row.status, row.ec)
    assert error.message
    assert "{" not in error.message
    assert row.source


@pytest.mark.parametrize(("name", "row"), ALL)
def test_every_code_has_a_row_of_its_own_name(name: str, row: errors.Row) -> None:
    plain = errors.of_code(row.code)
    assert plain is not None
    assert plain.code == row.code


@pytest.mark.parametrize(("name", "row"), ALL)
def test_statuses_and_fine_grained_codes_are_well_formed(name: str, row: errors.Row) -> None:
    # 203 is what a failed callback answers, 304 an unchanged object.
    assert row.status in {203, 304} or 400 <= row.status < 600
    assert row.ec == "" or re.fullmatch(r"[0-9]{4}-[0-9]{8}", row.ec)


@pytest.mark.parametrize(
    ("status", "code"), [(status, code) for status, codes in OSS2.items() for code in codes.split()]
)
def test_statuses_are_those_by_which_oss2_chooses_its_exceptions(status: int, code: str) -> None:
    row = errors.of_code(code)
    assert row is not None
    assert row.status == status


def test_every_error_an_operation_documents_exists() -> None:
    missing = {(row.name, code) for row in rows() for code in row.errors if errors.of_code(code) is None}
    assert missing == set()


def test_codes_nobody_knows_have_no_row() -> None:
    assert errors.of_code("NoSuchThing") is None
    assert errors.of_code("OSSError") is None
    # A situation is no code.
    assert errors.of_code("AccessDeniedByPolicy") is None


def test_elements_are_kept_in_order_and_lower_case_keywords_only_fill_the_message() -> None:
    error = errors.PostFieldMissing(field="key", ArgumentName="key", ArgumentValue="")
    assert "'key'" in error.message
    assert list(error.elements.items()) == [("ArgumentName", "key"), ("ArgumentValue", "")]


def test_a_message_given_replaces_the_template_and_is_never_a_template_itself() -> None:
    assert errors.TooManyPipes(message="{n} is too many").message == "{n} is too many"


def test_hostile_values_are_not_formatted() -> None:
    error = errors.InvalidPostPolicy(detail="{0.__class__} {x}")
    assert error.message == "Invalid Policy: {0.__class__} {x}"


def test_an_unbuilt_operation_is_named() -> None:
    error = errors.NotImplemented(operation="PutBucketReplication")
    assert error.status == 501
    assert "PutBucketReplication" in error.message
    assert error.elements == {}


def test_a_refusal_carries_headers_and_an_explanation_that_is_not_sent() -> None:
    error = errors.NoSuchKey(Key="a").with_headers(("x-oss-delete-marker", "true")).because("hidden by a marker")
    assert error.headers == (("x-oss-delete-marker", "true"),)
    assert error.why == "hidden by a marker"
    assert error.elements == {"Key": "a"}
    assert error.message == "The specified key does not exist."


def test_raised_in_a_test_it_says_which_one_and_why() -> None:
    refusal = errors.NoSuchBucket(BucketName="no-such-bucket")
    assert str(refusal) == "NoSuchBucket: The specified bucket does not exist. (BucketName=no-such-bucket)"
    assert str(errors.AccessDenied().because("the ACL is private")).endswith("; the ACL is private")
