"""Assumption A293: an action that no source names is called like its operation, or that of the operation it resembles.

Operations: every one.
"""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import pytest
from alibabacloud_oss_v2.types import OperationInput

from fakeoss.operations.catalogue import catalogue
from fakeoss.operations.rows import Row
from tests.assumptions.conftest import Person
from tests.assumptions.policies import put, put_policy, statement

BUILT = [catalogue()[name].row for name in catalogue() if catalogue()[name].operation is not None]
ROWS = [row for row in BUILT if "A293" in row.permission_source and "service" not in row.scopes]
GUESSED = [
    *((row, row.permission, "") for row in ROWS if row.permission_source.startswith("assumption")),
    *((row, row.version_permission, "null") for row in ROWS if row.version_permission and "object" in row.scopes),
]


@pytest.mark.parametrize(
    ("row", "action", "version"), [pytest.param(*guess, id=f"{guess[0].name}: {guess[1]}") for guess in GUESSED]
)
def test_who_is_denied_it_is_refused(
    row: Row,
    action: str,
    version: str,
    assumption_client: oss_v2.Client,
    assumption_bucket: str,
    assumption_user: Person,
) -> None:
    put(assumption_client, assumption_bucket)
    for denied, is_refused in ((action, True), ("oss:PutBucketAcl", False)):
        allow, deny = (
            statement(effect, action, assumption_bucket, Principal=[assumption_user.uid])
            for effect, action in (("Allow", "oss:*"), ("Deny", denied))
        )
        put_policy(assumption_client, assumption_bucket, allow, deny)
        assert (_answer(assumption_user.client, row, assumption_bucket, version) == "AccessDenied") is is_refused


def _answer(client: oss_v2.Client, row: Row, bucket: str, version: str) -> str:
    """The code of what the operation, asked without a document, is refused with; empty where it is done."""
    parameters = {condition.name: condition.values[0] if condition.values else "" for condition in row.query}
    if version:
        parameters["versionId"] = version
    key = "a" if "object" in row.scopes else None
    asked = OperationInput(row.name, row.methods[0], bucket=bucket, key=key, parameters=parameters, body=b"")
    try:
        client.invoke_operation(asked)
    except oss_v2.exceptions.OperationError as error:
        refusal = error.unwrap()
        assert isinstance(refusal, oss_v2.exceptions.ServiceError)
        return str(refusal.code)
    return ""
