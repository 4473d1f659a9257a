"""Moments as tests of time write them."""

from __future__ import annotations

from datetime import datetime, timezone


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A moment in UTC."""
    return datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)
