"""Retention of single objects (ObjectWorm), as a bucket has it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from fakeoss import errors
from fakeoss.clock import later
from fakeoss.schema import integer, nested, schema, text
from fakeoss.state.objects import Retention

GOVERNANCE: Final = "GOVERNANCE"
COMPLIANCE: Final = "COMPLIANCE"
MODES: Final = (GOVERNANCE, COMPLIANCE)
"""Modes of retention: the first yields to those who may bypass it, the second to nobody."""

LONGEST_DAYS: Final = 36_500
LONGEST_YEARS: Final = 100
"""Bounds of the default period (SDK v2, `ObjectWormConfigurationRuleDefaultRetention`)."""


@schema()
class DefaultRetention:
    """What a new object gets that is written without retention: a mode, and days or years."""

    mode: str = text("Mode", choices=MODES, bad=errors.MalformedConfiguration, missing=errors.MalformedConfiguration)
    days: int | None = integer("Days", lowest=1, highest=LONGEST_DAYS, default=None, bad=errors.MalformedConfiguration)
    years: int | None = integer(
        "Years", lowest=1, highest=LONGEST_YEARS, default=None, bad=errors.MalformedConfiguration
    )

    def validate(self) -> None:
        """Raise MalformedXML unless there is exactly one of days and years."""
        if (self.days is None) == (self.years is None):
            raise errors.MalformedConfiguration(ErrorDetail="Give either Days or Years.")

    def begun(self, now: datetime) -> Retention:
        """The retention of an object written at `now`; a year is 365 days (assumption A128)."""
        days = self.days if self.days is not None else 365 * (self.years or 0)
        return Retention(self.mode, later(now, timedelta(days=days)))


@schema("ObjectWormConfiguration")
class ObjectWorm:
    """That the objects of a bucket may have retention, and which is theirs by default.

    Documentation: PutBucketObjectWormConfiguration. Once set it is never unset.
    """

    enabled: str = text(
        "ObjectWormEnabled",
        choices=("Enabled",),
        bad=errors.MalformedConfiguration,
        missing=errors.MalformedConfiguration,
    )
    default_retention: DefaultRetention | None = nested(
        "DefaultRetention", DefaultRetention, inside="Rule", default=None
    )
