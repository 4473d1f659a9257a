"""Routing: every operation is reached by its own request, and nothing else answers for one that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import errors
from fakeoss.edge.route import COMMON, Router
from fakeoss.operations.rows import Row, rows
from fakeoss.wire.message import Headers

ROUTER = Router(rows())
NO_HEADERS = Headers()
Query = list[tuple[str, str | None]]

EVERY_ROUTE = [
    pytest.param(row, scope, method, id=f"{row.name}-{scope}-{method}")
    for row in rows()
    for scope in row.scopes
    for method in row.methods
]


def queries(row: Row) -> Iterator[Query]:
    """The queries that ask for the row, one for each way of meeting its conditions."""
    options: Query = [(name, "x") for name in (*row.requires, *row.accepts) if name != "*"]
    length = max((len(condition.values) for condition in row.query), default=1) or 1
    for turn in range(length):
        query: Query = []
        for condition in row.query:
            value = condition.values[turn % len(condition.values)] if condition.values else None
            query.append((condition.name, value.removesuffix("*") if value else None))
        yield query
        yield query + options


def headers(row: Row) -> Headers:
    return Headers((name, "x") for name in row.headers)


@pytest.mark.parametrize(("row", "scope", "method"), EVERY_ROUTE)
def test_each_operation_is_reached_by_its_own_request(row: Row, scope: str, method: str) -> None:
    for query in queries(row):
        assert ROUTER.route(method, scope, query, headers(row)).name == row.name


@pytest.mark.parametrize(("row", "scope", "method"), EVERY_ROUTE)
def test_options_without_a_value_do_not_change_the_operation(row: Row, scope: str, method: str) -> None:
    for query in queries(row):
        with_common = query + [(name, "") for name in sorted(COMMON)]
        assert ROUTER.route(method, scope, with_common, headers(row)).name == row.name


@pytest.mark.parametrize(("row", "scope", "method"), EVERY_ROUTE)
def test_a_row_that_is_missing_is_answered_by_no_other(row: Row, scope: str, method: str) -> None:
    router = Router([other for other in rows() if other is not row], known=rows())
    for query in queries(row):
        with pytest.raises(errors.OSSError) as refused:
            router.route(method, scope, query, headers(row))
        assert (refused.value.status, refused.value.code) == (501, "NotImplemented")
        assert all(condition.name in refused.value.message for condition in row.query)


def test_no_two_rows_have_one_route() -> None:
    routes = [
        (scope, method, frozenset(map(str, row.query)), row.headers)
        for row in rows()
        for scope in row.scopes
        for method in row.methods
    ]
    assert len(routes) == len(set(routes))


@pytest.mark.parametrize(
    ("method", "scope", "query", "name"),
    [
        ("GET", "object", [("objectMeta", None)], "GetObjectMeta"),
        ("GET", "object", [("objectMeta", ""), ("versionId", "x")], "GetObjectMeta"),
        ("GET", "object", [("x-oss-process", "image/resize,w_100")], "GetObject"),
        ("GET", "object", [("para1", "test")], "GetObject"),
        ("GET", "object", [("1718000000", None)], "GetObject"),
        ("OPTIONS", "bucket", [], "OptionObject"),
        ("OPTIONS", "object", [("uploads", None)], "OptionObject"),
        ("GET", "service", [("accessPoint", None)], "ListAccessPoints"),
        ("GET", "service", [("regionList", None)], "ListBuckets"),
        ("GET", "service", [("tagging", '"k":"v"')], "ListBuckets"),
        ("GET", "bucket", [("prefix", ""), ("marker", ""), ("delimiter", "")], "ListObjects"),
        ("PUT", "object", [("uploadId", "1"), ("partNumber", "1")], "UploadPart"),
        ("PUT", "object", [("uploadId", "1")], "UploadPart"),
        ("POST", "object", [("append", None)], "AppendObject"),
        ("POST", "object", [("uploads", None), ("sequential", None)], "InitiateMultipartUpload"),
        ("POST", "object", [("x-oss-process", None)], "ProcessObject"),
        ("POST", "object", [("x-oss-process", "csv/select")], "SelectObject"),
        ("POST", "bucket", [("MetaQuery", None), ("action", "closeMetaQuery")], "DoMetaQueryAction"),
        ("POST", "bucket", [("metaQuery", None), ("action", "createDataset")], "CreateDataset"),
        ("DELETE", "bucket", [("tagging", "k1,k2")], "DeleteBucketTags"),
        ("POST", "bucket", [], "PostObject"),
    ],
)
def test_requests_of_real_clients(method: str, scope: str, query: Query, name: str) -> None:
    assert ROUTER.route(method, scope, query, NO_HEADERS).name == name


def test_headers_tell_a_copy_from_an_upload_and_one_access_point_from_a_list() -> None:
    copying = Headers([("X-Oss-Copy-Source", "/b/k")])
    assert ROUTER.route("PUT", "object", [], copying).name == "CopyObject"
    part: Query = [("partNumber", "1"), ("uploadId", "1")]
    assert ROUTER.route("PUT", "object", part, copying).name == "UploadPartCopy"
    # The header means nothing to a sub-resource that has no form with it.
    assert ROUTER.route("PUT", "object", [("acl", None)], copying).name == "PutObjectAcl"
    one = Headers([("x-oss-access-point-name", "ap")])
    assert ROUTER.route("GET", "bucket", [("accessPoint", None)], one).name == "GetAccessPoint"
    assert ROUTER.route("GET", "bucket", [("accessPoint", None)], NO_HEADERS).name == "ListAccessPoints"


@pytest.mark.parametrize(
    ("method", "scope", "query", "named"),
    [
        ("PUT", "object", [("newThing", None)], "newThing"),
        ("PUT", "object", [("partNumber", "1")], "partNumber"),
        ("DELETE", "object", [("lifecycle", None)], "lifecycle"),
        ("GET", "object", [("lifecycle", None)], "lifecycle"),
        ("GET", "bucket", [("newThing", None)], "newThing"),
        ("GET", "bucket", [("newThing", "")], "newThing"),
        ("GET", "bucket", [("list-type", "3")], "list-type=3"),
        ("GET", "bucket", [("acl", None), ("cors", None)], "acl&cors"),
        ("DELETE", "bucket", [("acl", None)], "acl"),
        ("PUT", "service", [("newThing", None), ("publicAccessBlock", None)], "newThing"),
        ("POST", "object", [("select", None), ("restore", None), ("uploads", None)], "restore&uploads"),
    ],
)
def test_sub_resources_nobody_knows_are_refused_by_name(method: str, scope: str, query: Query, named: str) -> None:
    with pytest.raises(errors.OSSError) as refused:
        ROUTER.route(method, scope, query, NO_HEADERS)
    assert refused.value.status == 501
    assert f"?{named}" in refused.value.message


@pytest.mark.parametrize(
    ("method", "scope", "query"),
    [
        ("HEAD", "service", []),
        ("DELETE", "service", []),
        ("HEAD", "bucket", []),
        ("POST", "object", []),
        ("PATCH", "object", []),
        ("PATCH", "object", [("acl", None)]),
        ("BREW" * 20, "bucket", []),
    ],
)
def test_methods_that_mean_nothing_are_not_allowed(method: str, scope: str, query: Query) -> None:
    with pytest.raises(errors.OSSError) as refused:
        ROUTER.route(method, scope, query, NO_HEADERS)
    assert (refused.value.status, refused.value.code) == (405, "MethodNotAllowed")
    assert refused.value.elements == {"Method": method[:32], "ResourceType": scope.upper()}


def test_of_a_name_sent_twice_the_first_counts() -> None:
    twice: Query = [("list-type", "2"), ("list-type", "1")]
    assert ROUTER.route("GET", "bucket", twice, NO_HEADERS).name == "ListObjectsV2"


def routed(method: str, scope: str, query: Sequence[tuple[str, str | None]]) -> Row | int:
    """The row, or the status of the refusal."""
    try:
        return ROUTER.route(method, scope, query, NO_HEADERS)
    except errors.OSSError as refused:
        return refused.status


SELECTORS = sorted({condition.name for row in rows() for condition in row.query})
VALUES = sorted({value for row in rows() for condition in row.query for value in condition.values})


@given(
    method=st.sampled_from(["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"]),
    scope=st.sampled_from(["service", "bucket", "object"]),
    query=st.lists(
        st.tuples(st.sampled_from(SELECTORS) | st.text(max_size=5), st.none() | st.sampled_from(VALUES) | st.text()),
        max_size=4,
    ),
)
def test_any_request_is_routed_to_what_its_query_names_or_refused(
    method: str, scope: str, query: Sequence[tuple[str, str | None]]
) -> None:
    row = routed(method, scope, query)
    if isinstance(row, int):
        assert row in {405, 501}
        return
    sent = {"metaQuery" if name == "MetaQuery" else name for name, _ in query}
    assert method in row.methods
    assert scope in row.scopes
    assert {condition.name for condition in row.query} <= sent
    consumed = {*(condition.name for condition in row.query), *row.requires, *row.accepts}
    assert "*" in consumed or sent & set(SELECTORS) <= consumed
