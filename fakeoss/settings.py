"""What a user may set of a fake; facts of the service that vary, or that nobody should wait for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any

from fakeoss.spelling import hint_or_all

HOUR = timedelta(hours=1)
LAST_HOUR = 23


@dataclass(frozen=True, slots=True)
class RestoreTimes:
    """How long a restore takes, by storage class and priority (reference 8.16, RestoreObject)."""

    archive: timedelta = timedelta(minutes=1)
    cold_expedited: timedelta = HOUR
    cold_standard: timedelta = 5 * HOUR
    cold_bulk: timedelta = 12 * HOUR
    deep_expedited: timedelta = 12 * HOUR
    deep_standard: timedelta = 48 * HOUR

    def of(self, storage_class: str, tier: str) -> timedelta:
        """The wait for an object of `storage_class` restored with priority `tier`."""
        if storage_class == "Archive":
            return self.archive
        if storage_class == "ColdArchive":
            return {"Expedited": self.cold_expedited, "Bulk": self.cold_bulk}.get(tier, self.cold_standard)
        return self.deep_expedited if tier == "Expedited" else self.deep_standard


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one fake.

    `region` is the default account's home (`cn-hangzhou`), `endpoints` are further authorities to be
    served in path style (IP addresses, localhost), `strict_auth` refuses unknown access keys.
    `block_public_access` is what a new bucket shows, as today's do; enforced only once set. With `verify_cname`
    only `verified_domains` and domains below them can be bound to buckets; `unfiled_domains` have no filing, which a
    bucket in the Chinese mainland asks for, and `risky_domains` no bucket takes. `resource_pools` gives the
    buckets of each pool, `cloud_boxes` the ids of the boxes that every account has: no operation makes one.

    Without `kms_enabled` the accounts have no key service; `kms_keys` are the keys and aliases that there are, any if
    none is named. `daily_inventory_objects` and `weekly_inventory_objects` are the objects from which on a bucket is
    too large for such lists, `redundancy_tasks` how many changes of redundancy an account may have, done ones included.

    Lifecycle rules are run and inventories written at `lifecycle_hour` and `inventory_hour` (UTC). A replication
    copies from `replication_start` after it is set, each change `replication_delay` later; the change of a bucket's
    redundancy waits for `redundancy_start` and takes `redundancy_duration`.
    """

    region: str = "cn-hangzhou"
    strict_auth: bool = False
    endpoints: tuple[str, ...] = ()
    sealed: bool = False
    seed: int = 0
    set_env: bool = True
    block_public_access: bool = True
    buckets_per_region: int = 100
    restore_times: RestoreTimes = field(default_factory=RestoreTimes)
    lifecycle_hour: int = 0
    replication_delay: timedelta = timedelta(0)
    replication_start: timedelta = timedelta(minutes=1)
    inventory_hour: int = 0
    redundancy_start: timedelta = HOUR
    redundancy_duration: timedelta = 24 * HOUR
    journal_length: int = 10_000
    verify_cname: bool = False
    verified_domains: tuple[str, ...] = ()
    unfiled_domains: tuple[str, ...] = ()
    risky_domains: tuple[str, ...] = ()
    kms_enabled: bool = True
    kms_keys: tuple[str, ...] = ()
    daily_inventory_objects: int = 10_000_000_000
    weekly_inventory_objects: int = 50_000_000_000
    redundancy_tasks: int = 100
    resource_pools: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cloud_boxes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what can only be a mistake; raises ValueError and TypeError."""
        for name, usual in _USUAL.items():
            value = getattr(self, name)
            if value is not usual:
                _check(name, value)


def _check(name: str, value: Any) -> None:
    """Refuse a setting that is not the usual one: its kind first, then what it says."""
    kind = _KINDS.get(name)
    if kind is not None and not isinstance(value, kind):
        raise TypeError(f"{name}={value!r}: the setting is {_SPOKEN[kind]}")
    if name in _SEVERAL and isinstance(value, str):
        raise TypeError(f"{name}={value!r}: give several, such as [{_SEVERAL[name]!r}]")
    if name in _LEAST and value < _LEAST[name]:
        raise ValueError(f"{name}={value!r}: it cannot be negative")
    if name.endswith("_hour") and value > LAST_HOUR:
        raise ValueError(f"{name}={value!r}: the hours of a day are 0 to {LAST_HOUR}")
    if name == "region":
        check_region(value)
    if name == "endpoints":
        _check_endpoints(value)


def _check_endpoints(endpoints: Iterable[str]) -> None:
    for endpoint in endpoints:
        if "/" in endpoint:
            raise ValueError(f"endpoints=[{endpoint!r}]: give host and port alone, such as '127.0.0.1:9000'")


def check_region(region: str) -> None:
    """Raise ValueError for an endpoint's name in the place of a region's id; any other region may exist one day."""
    if region.startswith("oss-") or "." in region:
        raise ValueError(f"region={region!r}: give the id of a region, such as 'cn-hangzhou'")


NAMES = tuple(field.name for field in fields(Settings))
_USUAL: Mapping[str, Any] = {field.name: field.default for field in fields(Settings)}
_SEVERAL: Mapping[str, str] = {
    "endpoints": "127.0.0.1:9000",
    "verified_domains": "example.com",
    "unfiled_domains": "example.com",
    "risky_domains": "example.com",
    "kms_keys": "alias/mine",
    "cloud_boxes": "cb-1",
}
_SPOKEN: Mapping[type, str] = {
    bool: "True or False",
    int: "a whole number",
    str: "a text",
    timedelta: "a timedelta",
    RestoreTimes: "a RestoreTimes, of fakeoss.settings",
    Mapping: "a mapping of names to buckets",
}
_KINDS = {field.name: type(field.default) for field in fields(Settings) if type(field.default) in _SPOKEN} | {
    "restore_times": RestoreTimes,
    "resource_pools": Mapping,
}
_LEAST: Mapping[str, Any] = {
    name: kind() for name, kind in _KINDS.items() if kind in (int, timedelta) and name != "seed"
}


def made_of(given: Mapping[str, Any]) -> Settings:
    """The settings of a user's keyword arguments; raises TypeError for a name that is none's."""
    for name in given:
        if name not in NAMES:
            raise TypeError(f"no setting of a fake is called {name!r}{hint_or_all(name, NAMES)}")
    return Settings(**given)
