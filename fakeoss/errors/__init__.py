"""The catalogue of refusals: one `Row` a situation, raised as `raise errors.NoSuchKey(Key=key)`.

Every code of the service has a constant of its own name (`Throttling.Api` is `ThrottlingApi`); where one
code covers several situations, further constants are named by situation (`AccessDeniedByPolicy`). Each row
names its source: `reference 2022` is the OSS API Reference of 2022-07-13, `docs: ...` a page of the help centre
by title or fine-grained code, `SDK tests` and `oss2 ...` the vendor's SDKs, `public error body` an answer of
the real service that somebody published. `wording ours` marks a message, and `pairing inferred` a pair of code
and status, that no source gives.
"""

from __future__ import annotations

from fakeoss.errors.access import *
from fakeoss.errors.base import OSSError as OSSError
from fakeoss.errors.base import Row as Row
from fakeoss.errors.bucket import *
from fakeoss.errors.callback_post import *
from fakeoss.errors.cname import *
from fakeoss.errors.configuration import *
from fakeoss.errors.encryption import *
from fakeoss.errors.live import *
from fakeoss.errors.meta_query import *
from fakeoss.errors.multipart import *
from fakeoss.errors.object import *
from fakeoss.errors.process import *
from fakeoss.errors.quota import *
from fakeoss.errors.replication import *
from fakeoss.errors.request import *
from fakeoss.errors.retention import *
from fakeoss.errors.select import *
from fakeoss.errors.signature import *
from fakeoss.errors.tagging import *
from fakeoss.errors.website import *


def rows() -> dict[str, Row]:
    """Every row of the catalogue by the name of its constant."""
    return {name: value for name, value in globals().items() if isinstance(value, Row)}


def of_code(code: str) -> Row | None:
    """The plain row of a code (`NoSuchKey`, `Throttling.Api`), or None for a code the service does not know."""
    row = globals().get(code.replace(".", ""))
    return row if isinstance(row, Row) and row.code == code else None
