"""Refusals of the meta query index and of data pipelines."""

from __future__ import annotations

from fakeoss.errors.base import Row

MetaQueryAlreadyExist = Row(
    "MetaQueryAlreadyExist", 400, "The meta query already exists.", source="reference 2022; wording ours"
)
MetaQueryNotExist = Row(
    "MetaQueryNotExist", 400, "The meta query does not exist.", source="reference 2022; wording ours"
)
InvalidParameter = Row(
    "InvalidParameter", 400, "The specified parameter is not valid.", source="reference 2022; wording ours"
)
MissingParameter = Row(
    "MissingParameter", 400, "A required parameter is missing.", source="reference 2022; wording ours"
)
MetaQueryTooLarge = Row(
    "EntityTooLarge",
    400,
    "The query condition exceeds the maximum allowed size.",
    source="reference 2022; wording ours",
)
ThrottlingApi = Row(
    "Throttling.Api", 403, "The request was denied due to API throttling.", source="reference 2022; wording ours"
)
ThrottlingUser = Row(
    "Throttling.User", 403, "The request was denied due to user throttling.", source="reference 2022; wording ours"
)
InternalServerError = Row(
    "InternalServerError",
    500,
    "The meta query failed for a reason of the service's own.",
    source="reference 2022; wording ours",
)
MetaQueryActionNotSupported = Row(
    "OperationNotSupported",
    400,
    "The operation is not supported for this resource",
    "0037-00000001",
    source="SDK tests",
)
NoSuchDataPipeline = Row(
    "NoSuchDataPipeline", 404, "The specified resource dataPipeline is not found.", source="SDK tests"
)
