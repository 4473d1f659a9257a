"""Refusals of image and other processing, and of image styles."""

from __future__ import annotations

from fakeoss.errors.base import Row

MissingAsyncProcess = Row("InvalidRequest", 400, "no x-oss-async-process parameter found", source="SDK tests")
NoSuchStyle = Row("NoSuchStyle", 404, "No Such Image Style", source="docs: HTTP 404")
InvalidStyleName = Row(
    "InvalidArgument",
    400,
    "The value: {value} of parameter: stylename is invalid.",
    "0017-00000251",
    source="docs: 0017-00000251",
)
StyleNameTooLong = Row(
    "InvalidArgument",
    400,
    "The value: {value} of parameter: stylename is invalid.",
    "0017-00000250",
    source="docs: 0017-00000250",
)
InvalidStyleContent = Row(
    "BadRequest", 400, "Style content is invalid.", "0017-00000253", source="docs: 0017-00000253; oss2 tests"
)
TooManyStyles = Row(
    "InvalidArgument", 400, "The number of styles is beyond limit.", source="docs: limits; code and wording ours"
)
NoSuchChannel = Row("NoSuchChannel", 404, "No Such Image Channel", source="docs: HTTP 404")
TooManyPipes = Row("TooManyPipes", 400, "Maximal number of pipes supported is {n}.", source="docs: HTTP 400")
ImageTooLarge = Row("ImageTooLarge", 400, "Maximal size of image supported is {n}.", source="docs: HTTP 400")
ImageDamage = Row("ImageDamage", 403, "The image file may be damaged", source="docs: HTTP 403")
