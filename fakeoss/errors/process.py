"""Refusals of image and other processing, and of image styles."""

from __future__ import annotations

from fakeoss.errors.base import Row

MissingAsyncProcess = Row("InvalidRequest", 400, "no x-oss-async-process parameter found", source="SDK tests")
NoSuchStyle = Row("NoSuchStyle", 404, "No Such Image Style", source="docs: HTTP 404")
InvalidStyleContent = Row("InvalidArgument", 400, "Style content is invalid.", source="oss2 tests")
NoSuchChannel = Row("NoSuchChannel", 404, "No Such Image Channel", source="docs: HTTP 404")
TooManyPipes = Row("TooManyPipes", 400, "Maximal number of pipes supported is {n}.", source="docs: HTTP 400")
ImageTooLarge = Row("ImageTooLarge", 400, "Maximal size of image supported is {n}.", source="docs: HTTP 400")
ImageDamage = Row("ImageDamage", 403, "The image file may be damaged", source="docs: HTTP 403")
