"""The operations that set, read and delete a bucket configuration, made from its declaration.

```python
PUT_BUCKET_REFERER = setting("PutBucketReferer", Referer)
GET_BUCKET_REFERER = reading("GetBucketReferer", Referer, default=lambda bucket: Referer())
```

A second setting replaces the first, a refused one changes nothing. Three quirks are allowed (`before`, `default`,
`keyed_by`); a configuration that wants a fourth writes plain operations.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.declare import Operation, operation
from fakeoss.operations.replies import XML_TYPE, empty
from fakeoss.state.bucket import Bucket
from fakeoss.wire import checksums, schema_xml
from fakeoss.wire.message import Reply

T = TypeVar("T")

Before = Callable[[Call, Bucket, T], T]
"""A last look at a configuration before it is set: gives what to keep, or raises the refusal."""


def checked_body(call: Call) -> bytes:
    """The body in one piece; raises InvalidDigest where a Content-MD5 says it is another."""
    data = call.request.data()
    if "content-md5" in call.headers:
        checksums.check_md5(call.headers["content-md5"], checksums.md5(data))
    return data


def setting(
    name: str, kind: type[T], *, before: Before[T] | None = None, keyed_by: str | None = None, status: int = 200
) -> Operation[None]:
    """The operation that sets a configuration from the body; `keyed_by` names the query parameter with its id."""

    def put(call: Call) -> Reply:
        bucket = call.bucket()
        value = schema_xml.parse(kind, checked_body(call))
        if before is not None:
            value = before(call, bucket, value)
        if keyed_by is None:
            call.save(bucket.with_configuration(value))
        else:
            call.save(bucket.with_keyed(identifier(call, keyed_by), value))
        return empty(status)

    return _declared(name, put)


def reading(
    name: str,
    kind: type[T],
    *,
    missing: errors.Row | None = None,
    default: Callable[[Bucket], T] | None = None,
    keyed_by: str | None = None,
) -> Operation[None]:
    """The operation that reads a configuration: where none is set, `missing` is raised or `default` answered."""

    def get(call: Call) -> Reply:
        bucket = call.bucket()
        value = (
            bucket.configuration(kind)
            if keyed_by is None
            else bucket.keyed_configuration(kind, identifier(call, keyed_by))
        )
        if value is None and default is not None:
            value = default(bucket)
        if value is None:
            raise (missing or errors.InvalidArgument)(BucketName=bucket.name)
        return Reply(200, (XML_TYPE,), (schema_xml.write(value),))

    return _declared(name, get)


def deleting(
    name: str, kind: type[Any], *, missing: errors.Row | None = None, keyed_by: str | None = None
) -> Operation[None]:
    """The operation that deletes a configuration: 204; where none is set, `missing` is raised if given."""

    def delete(call: Call) -> Reply:
        bucket = call.bucket()
        if keyed_by is None:
            changed = bucket.without_configuration(kind)
        else:
            changed = bucket.without_keyed(kind, identifier(call, keyed_by))
        if changed is bucket and missing is not None:
            raise missing(BucketName=bucket.name)
        call.save(changed)
        return empty(204)

    return _declared(name, delete)


def identifier(call: Call, parameter: str) -> str:
    """The id that a query parameter gives; raises InvalidArgument where it is missing or empty."""
    value = call.arguments.get(parameter, "")
    if not value:
        raise errors.InvalidArgument(ArgumentName=parameter, ArgumentValue=value)
    return value


def _declared(name: str, run: Callable[[Call], Reply]) -> Operation[None]:
    """The operation, said to stand where the declaration does, two frames up."""
    made = operation(name)(run)
    frame = sys._getframe(2)  # the declaration's own place is what `ops` shows
    return dataclasses.replace(
        made, module=frame.f_globals["__name__"], file=frame.f_code.co_filename, line=frame.f_lineno
    )
