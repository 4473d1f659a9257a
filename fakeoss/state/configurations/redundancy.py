"""Changes of a bucket from one zone to several: tasks that wait, work and are done.

Sources: documentation of CreateBucketDataRedundancyTransition and its neighbours; SDK v2's models.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

CHANGEABLE: Final = ("Standard", "IA", "Archive")
"""Classes of the buckets that can be changed."""

REGIONS: Final = (
    "cn-hangzhou",
    "cn-shanghai",
    "cn-beijing",
    "cn-zhangjiakou",
    "cn-wulanchabu",
    "cn-shenzhen",
    "cn-hongkong",
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-5",
    "eu-central-1",
)
"""Regions in which they can be."""

Status = Literal["Queueing", "Processing", "Finished"]


@dataclass(frozen=True, slots=True)
class RedundancyTransition:
    """One task, with the times it is planned for; `number` grows with each task, `is_finished` stays once it is so."""

    id: str
    number: int
    created: datetime
    starts: datetime
    ends: datetime
    is_finished: bool = False

    def status(self, now: datetime) -> Status:
        """How far it is."""
        if self.is_finished:
            return "Finished"
        return "Queueing" if now < self.starts else "Processing"

    def percentage(self, now: datetime) -> int:
        """How much of it is done, from 0 to 100."""
        if self.is_finished:
            return 100
        return int(100 * (now - self.starts) / (self.ends - self.starts))

    def hours_left(self, now: datetime) -> int:
        """Hours until it is done, rounded up."""
        return 0 if self.is_finished else -int((now - self.ends).total_seconds() // 3600)
