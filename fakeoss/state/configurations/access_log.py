"""Access logs of a bucket: where they go, and what each line tells beside the usual.

Sources: reference 7.10; documentation of logging and of PutUserDefinedLogFieldsConfig; SDK v2's models.
"""

from __future__ import annotations

from typing import Final

from fakeoss import errors
from fakeoss.schema import nested, schema, text, texts
from fakeoss.state.objects import KEY_START

FIELDS_LIMIT: Final = 6
"""User-defined fields of a line, headers and parameters together."""


@schema()
class LogTarget:
    """The bucket that the logs go to and what their names begin with, as keys of objects may (reference 8.1.1)."""

    bucket: str = text("TargetBucket", shortest=1)
    prefix: str = text("TargetPrefix", default="", pattern=KEY_START, longest=900, unit="bytes")
    role: str | None = text("LoggingRole", default=None)


@schema("BucketLoggingStatus")
class BucketLogging:
    """Where the access logs of a bucket go; without a target there are none."""

    target: LogTarget | None = nested("LoggingEnabled", LogTarget, default=None)


@schema("UserDefinedLogFieldsConfiguration")
class UserDefinedLogFields:
    """The headers and query parameters of requests that their lines tell of."""

    headers: tuple[str, ...] = texts("header", inside="HeaderSet", pattern=r"[!-9;-^`-~]+")
    parameters: tuple[str, ...] = texts("parameter", inside="ParamSet", shortest=1)

    def validate(self) -> None:
        """Raise InvalidArgument for more than six names."""
        count = len(self.headers) + len(self.parameters)
        if count > FIELDS_LIMIT:
            raise errors.InvalidArgument(ArgumentName="UserDefinedLogFieldsConfiguration", ArgumentValue=str(count))
