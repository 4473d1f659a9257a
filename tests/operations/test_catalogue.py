"""The table of operations and the implementations that are gathered for it."""

from __future__ import annotations

import ast
import inspect
import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import alibabacloud_oss_v2
import alibabacloud_oss_v2.models
import oss2
import pytest
from alibabacloud_oss_v2 import Client
from alibabacloud_oss_v2.agentic import AgenticBucketClient
from alibabacloud_oss_v2.dataprocess import Client as DataProcessClient

from fakeoss.edge.route import Router
from fakeoss.operations import catalogue
from fakeoss.operations.catalogue import gather
from fakeoss.operations.declare import operation
from fakeoss.operations.rows import Row, names, rows
from fakeoss.wire.bind import params, query
from fakeoss.wire.message import Headers, Reply

ALL = [pytest.param(row, id=row.name) for row in rows()]
BY_NAME = {row.name: row for row in rows()}
ROUTER = Router(rows())


# The rows


def test_every_operation_of_the_service_has_its_row() -> None:
    assert len(rows()) == len(BY_NAME) == 238


@pytest.mark.parametrize("row", ALL)
def test_a_row_is_complete(row: Row) -> None:
    assert re.fullmatch(r"[A-Z][A-Za-z0-9]+", row.name)
    assert row.scopes
    assert set(row.scopes) <= {"service", "bucket", "object"}
    assert set(row.methods) <= {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"}
    assert row.billing in {"Put", "Get", "none"}
    assert row.billing_source
    assert row.permission_source
    # A preflight carries no signature; everything else needs a permission.
    assert re.fullmatch(r"oss:[A-Z][A-Za-z0-9]+", row.permission) or row.name == "OptionObject"
    assert all(200 <= status < 300 for status in row.success)
    assert row.sdk_v2 or row.oss2 or row.reference or row.docs


@pytest.mark.parametrize("row", ALL)
def test_permissions_of_one_version_name_the_version(row: Row) -> None:
    assert row.version_permission == "" or "Version" in row.version_permission
    assert all(action.startswith("oss:") for action in row.also.values())


def test_every_name_means_one_operation_and_old_names_are_known() -> None:
    assert len(names()) > 238
    assert catalogue.canonical_name("GetService") == "ListBuckets"
    assert catalogue.canonical_name("GetBucket") == "ListObjects"
    assert catalogue.canonical_name("PutObjectACL") == "PutObjectAcl"
    assert catalogue.canonical_name("PutObject") == "PutObject"


def test_a_name_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="'PutObjekt'"):
        catalogue.canonical_name("PutObjekt")


@pytest.mark.parametrize(
    ("name", "route"),
    [
        ("PutObject", "PUT object"),
        ("CopyObject", "PUT object [x-oss-copy-source]"),
        ("GetObjectMeta", "HEAD|GET object ?objectMeta"),
        ("ListAccessPoints", "GET bucket|service ?accessPoint"),
        ("SelectObject", "POST object ?x-oss-process=csv/select*|json/select*"),
    ],
)
def test_a_route_reads_like_the_request(name: str, route: str) -> None:
    assert BY_NAME[name].route == route


# The clients' operations


# Beside the service's own operations the SDK has those of agentic buckets and of data processing.
FOLDERS = ("operations", "agentic/operations", "dataprocess/operations")
# What the SDK adds outside the place where the operation is written down.
LATER = {
    "CopyObject": {"x-oss-copy-source": "/b/k"},
    "UploadPartCopy": {"x-oss-copy-source": "/b/k"},
    "GetAccessPointPublicAccessBlock": {"?x-oss-access-point-name": "ap"},
    "DeleteAccessPointPublicAccessBlock": {"?x-oss-access-point-name": "ap"},
    "SelectObject": {"?x-oss-process": "csv/select"},
    "CreateSelectObjectMeta": {"?x-oss-process": "json/meta"},
}


def sdk_calls() -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Name, method, scope and fixed parameters of every operation that SDK v2's source sends."""
    package = Path(alibabacloud_oss_v2.__file__).parent
    for file in sorted(file for folder in FOLDERS for file in (package / folder).glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "OperationInput":
                given = {keyword.arg: keyword.value for keyword in node.keywords}
                scope = "object" if "key" in given else "bucket" if "bucket" in given else "service"
                name, method = ast.literal_eval(given["op_name"]), ast.literal_eval(given["method"])
                yield name, method, scope, parameters(given.get("parameters"))


def parameters(node: ast.expr | None) -> dict[str, str]:
    """The parameters whose names and values are written out."""
    if not isinstance(node, ast.Dict):
        return {}
    pairs = zip(node.keys, node.values, strict=True)
    return {
        str(key.value): str(value.value)
        for key, value in pairs
        if isinstance(key, ast.Constant) and isinstance(value, ast.Constant)
    }


def request_of(name: str, fixed: dict[str, str]) -> tuple[list[tuple[str, str | None]], Headers]:
    """Query and headers with all that SDK v2's request of an operation cannot do without."""
    model = getattr(alibabacloud_oss_v2.models, f"{name}Request", None)
    fields = [field for field in model._attribute_map.values() if field.get("required")] if model else []
    query = {field["rename"]: "x" for field in fields if field["position"] == "query"} | fixed
    headers = {field["rename"]: "x" for field in fields if field["position"] == "header"}
    for place, value in LATER.get(name, {}).items():
        (query if place.startswith("?") else headers)[place.removeprefix("?")] = value
    return list(query.items()), Headers(headers.items())


SDK_CALLS = [pytest.param(*call, id=call[0]) for call in sdk_calls()]


def test_the_calls_of_the_sdk_are_found() -> None:
    assert len(SDK_CALLS) > 180


@pytest.mark.parametrize(("name", "method", "scope", "fixed"), SDK_CALLS)
def test_every_operation_of_sdk_v2_is_known_and_reaches_its_row(
    name: str, method: str, scope: str, fixed: dict[str, str]
) -> None:
    query, headers = request_of(name, fixed)
    # Data processing sends the operations of meta queries as actions, too.
    known = name if "action" not in fixed or "MetaQuery" not in name else "DoMetaQueryAction"
    assert ROUTER.route(method, scope, query, headers).name == catalogue.canonical_name(known)


@pytest.mark.parametrize("row", [row for row in rows() if row.sdk_v2], ids=lambda row: row.name)
def test_methods_named_for_sdk_v2_exist(row: Row) -> None:
    clients = {"": Client, "agentic": AgenticBucketClient, "dataprocess": DataProcessClient}
    package, _, method = str(row.sdk_v2).rpartition(".")
    assert hasattr(clients[package], method)


def oss2_methods() -> Iterator[str]:
    """The methods of oss2 that send a request of their own."""
    for owner in (oss2.Service, oss2.Bucket):
        for name, method in inspect.getmembers(owner, inspect.isfunction):
            if not name.startswith("_") and re.search(
                r"self\.(_do|__do_object|__do_bucket)\(", inspect.getsource(method)
            ):
                yield f"{owner.__name__}.{name}"


def test_every_method_of_oss2_that_sends_a_request_belongs_to_a_row() -> None:
    sending = set(oss2_methods())
    assert len(sending) > 100
    assert sending - {method for row in rows() for method in row.oss2} == set()


def test_methods_named_for_oss2_exist() -> None:
    missing = [
        method
        for row in rows()
        for method in row.oss2
        if not hasattr(getattr(oss2, method.partition(".")[0]), method.partition(".")[2])
    ]
    assert missing == []


# The implementations


def module_with(**values: Any) -> types.ModuleType:
    module = types.ModuleType(__name__)
    vars(module).update(values)
    return module


ANSWER = Reply(204)


def answered(_call: Any) -> Reply:
    return ANSWER


def test_an_operation_knows_its_row_and_its_place_and_stays_callable() -> None:
    declared = operation("GetBucketAcl")(answered)
    assert declared.row is BY_NAME["GetBucketAcl"]
    assert (declared.name, declared.module) == ("GetBucketAcl", __name__)
    assert declared.file == __file__
    assert declared.line == answered.__code__.co_firstlineno
    call: Any = None
    assert declared(call) is ANSWER
    assert declared.answer(call) is ANSWER


def test_operations_are_gathered_from_modules_by_name() -> None:
    declared = operation("GetBucketAcl")(answered)
    assert gather([module_with(get_bucket_acl=declared, other=1)]) == {"GetBucketAcl": declared}


def test_an_operation_imported_from_elsewhere_is_not_counted_twice() -> None:
    declared = operation("GetBucketAcl")(answered)
    elsewhere = types.ModuleType("elsewhere")
    vars(elsewhere)["borrowed"] = declared
    assert gather([module_with(get_bucket_acl=declared, again=declared), elsewhere]) == {"GetBucketAcl": declared}


def test_two_implementations_of_one_operation_are_refused() -> None:
    first, second = operation("GetBucketAcl")(answered), operation("GetBucketAcl")(lambda _call: answered(None))
    with pytest.raises(ValueError, match="GetBucketAcl is implemented twice"):
        gather([module_with(first=first, second=second)])


def test_an_implementation_uses_the_canonical_name() -> None:
    with pytest.raises(LookupError, match="alias of ListBuckets"):
        operation("GetService")
    with pytest.raises(LookupError, match=r"no operation is called PutObjekt; did you mean PutObject"):
        operation("PutObjekt")


def test_a_declaration_that_does_not_fit_its_function_is_refused() -> None:
    class Plain:
        """No parameters are declared here."""

    @params
    class Ask:
        key: str = query("key")

    with pytest.raises(TypeError, match=r"Plain of GetBucketAcl has no @params"):
        operation("GetBucketAcl", Plain)
    with pytest.raises(TypeError, match=r"answered takes 1 argument; @operation gives it .*Ask"):
        operation("GetBucketAcl", Ask)(cast("Any", answered))
    with pytest.raises(TypeError, match=r"<lambda> takes 2 arguments; @operation gives it no parameters"):
        operation("GetBucketAcl")(cast("Any", lambda _call, _ask: ANSWER))


def test_a_parameter_that_stands_nowhere_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Ask.key stands nowhere; declare it by query, header or either"):

        @params
        class Ask:
            key: str


def test_the_catalogue_finds_operations_by_any_of_their_names() -> None:
    declared = operation("ListBuckets")(answered)
    found = catalogue.Catalogue({"ListBuckets": declared}.get)
    assert found["GetService"].operation is declared
    assert found["ListBuckets"].row.name == "ListBuckets"
    assert found["PutObject"].operation is None
    assert len(found) == len(list(found)) == 238
    assert "NoSuchOperation" not in found
