"""Access tracking of a bucket: when each of its objects was read last."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from fakeoss.schema import boolean, schema, text
from fakeoss.state.objects import ObjectVersion

ENABLED: Final = "Enabled"
DISABLED: Final = "Disabled"

INTERVAL: Final = timedelta(hours=24)
"""Within this time after a noted access further ones are not noted."""


@schema("AccessMonitorConfiguration")
class AccessMonitor:
    """Whether accesses are tracked, and since when (documentation: PutBucketAccessMonitor).

    `allow_copy` is newer than its page (SDK v2's tests): kept and answered.
    """

    status: str = text("Status", choices=(ENABLED, DISABLED))
    allow_copy: bool | None = boolean("AllowCopy", default=None)
    since: datetime | None = None

    @property
    def is_enabled(self) -> bool:
        """Whether accesses are tracked."""
        return self.status == ENABLED

    def last_access(self, version: ObjectVersion) -> datetime | None:
        """When a version was read last, None without tracking.

        One that was not read counts as read when it was written or when tracking began, whichever is later.
        """
        if not self.is_enabled:
            return None
        known = (version.accessed_at, self.since, version.last_modified)
        return max(moment for moment in known if moment is not None)

    def is_noted(self, version: ObjectVersion, now: datetime) -> bool:
        """Whether a read of the version at `now` is to be noted: the first in 24 hours is."""
        return self.is_enabled and (version.accessed_at is None or now - version.accessed_at >= INTERVAL)
