"""Settings that can only be a mistake are refused where they are given, and say what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

import fakeoss
from fakeoss.settings import NAMES
from fakeoss.view import BucketView
from tests.architecture.sources import ROOT

MISTAKES: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"regoin": "cn-beijing"}, TypeError, "no setting of a fake is called 'regoin'; did you mean region?"),
    ({"colour": 1}, TypeError, "no setting of a fake is called 'colour'; there are region, strict_auth, "),
    ({"region": "oss-cn-beijing"}, ValueError, "region='oss-cn-beijing': give the id of a region, such as 'cn-"),
    ({"region": "oss-cn-beijing.aliyuncs.com"}, ValueError, "give the id of a region"),
    ({"region": None}, TypeError, "region=None: the setting is a text"),
    ({"strict_auth": "no"}, TypeError, "strict_auth='no': the setting is True or False"),
    ({"seed": "7"}, TypeError, "seed='7': the setting is a whole number"),
    ({"journal_length": -1}, ValueError, "journal_length=-1: it cannot be negative"),
    ({"buckets_per_region": -1}, ValueError, "buckets_per_region=-1: it cannot be negative"),
    ({"lifecycle_hour": 24}, ValueError, "lifecycle_hour=24: the hours of a day are 0 to 23"),
    ({"replication_delay": 5}, TypeError, "replication_delay=5: the setting is a timedelta"),
    ({"redundancy_start": timedelta(-1)}, ValueError, "redundancy_start=datetime.timedelta(days=-1): it cannot be"),
    ({"restore_times": 5}, TypeError, "restore_times=5: the setting is a RestoreTimes"),
    ({"resource_pools": ["a"]}, TypeError, "resource_pools=['a']: the setting is a mapping of names to buckets"),
    ({"endpoints": "127.0.0.1:9000"}, TypeError, "give several, such as ['127.0.0.1:9000']"),
    ({"risky_domains": "example.com"}, TypeError, "risky_domains='example.com': give several, such as ['example.com']"),
    ({"endpoints": ["http://localhost"]}, ValueError, "give host and port alone"),
]

USES: list[Callable[..., object]] = [
    fakeoss.FakeOSS,
    lambda **settings: fakeoss.mock_oss(**settings).start(),
    lambda **settings: fakeoss.FakeOSS().fork(**settings).__enter__(),
]


@pytest.mark.parametrize(("given", "error", "told"), MISTAKES)
@pytest.mark.parametrize("use", USES, ids=["FakeOSS", "mock_oss", "fork"])
def test_a_mistake_is_told_at_once(
    use: Callable[..., object], given: dict[str, Any], error: type[Exception], told: str
) -> None:
    with pytest.raises(error) as refused:
        use(**given)
    assert told in str(refused.value)


def test_a_region_that_may_exist_one_day() -> None:
    oss = fakeoss.FakeOSS(region="cn-atlantis")
    assert oss.create_bucket("a-bucket").value.region == "cn-atlantis"
    with pytest.raises(ValueError, match="give the id of a region"):
        oss.create_bucket("b-bucket", region="oss-cn-atlantis")


def test_the_page_tells_every_setting_and_all_of_a_view() -> None:
    page = (ROOT / "docs" / "seeding.md").read_text(encoding="utf-8")
    told = set(re.findall(r"[`.](\w+)", page))
    views = {name for name in vars(BucketView) if not name.startswith("_")}
    assert {*NAMES, *views} <= told
