"""Hotlink protection, by the vendor's examples."""

from __future__ import annotations

import pytest

from fakeoss.state.policy.referer import RefererRules

SITE = "https://www.example.com"


@pytest.mark.parametrize(
    ("entry", "referer"),
    [
        (SITE, SITE),
        (SITE, f"{SITE}/page?a=b"),
        ("http://www.aliyun.com", "http://www.aliyun.com.cn"),
        ("http://*.aliyuncs.com", "http://test.aliyuncs.com/x"),
        ("*www.aliyun.com/", "https://www.aliyun.com/"),
        ("*.aliyun.com", "help.aliyun.com"),
        ("aliyun?.com", "aliyuna.com"),
    ],
)
def test_listed_referers_pass(entry: str, referer: str) -> None:
    assert RefererRules((entry,)).objection(referer) is None


@pytest.mark.parametrize(
    ("entry", "referer"),
    [
        (SITE, "http://www.example.com"),
        ("http://help.example.com/index.html", "http://help.example.com/logo.html"),
        ("http://*.aliyuncs.com", "http://test.com"),
        ("aliyun?.com", "aliyun.com"),
    ],
)
def test_other_referers_do_not(entry: str, referer: str) -> None:
    assert RefererRules((entry,)).objection(referer) == "not listed"


def test_the_blacklist_goes_first() -> None:
    rules = RefererRules(("http://*.aliyuncs.com",), ("http://abc.aliyuncs.com",))
    assert rules.objection("http://abc.aliyuncs.com/x") == "blacklisted"
    assert rules.objection("http://test.aliyuncs.com/x") is None


def test_a_blacklist_alone_lets_everyone_else_in() -> None:
    rules = RefererRules(blacklist=("http://abc.com",))
    assert rules.objection("http://abc.com") == "blacklisted"
    assert rules.objection("http://other.com") is None
    assert rules.objection(None) is None


@pytest.mark.parametrize("referer", [None, ""])
def test_an_empty_referer(referer: str | None) -> None:
    assert RefererRules((SITE,)).objection(referer) is None
    assert RefererRules((SITE,), allow_empty=False).objection(referer) == "empty"
    assert RefererRules(allow_empty=False).objection(referer) is None, "without lists nothing is checked"


def test_the_query_string_is_cut_or_not() -> None:
    entry = f"{SITE}/?action=nop"
    assert RefererRules((entry,), truncate_query=False).objection(entry) is None
    assert RefererRules((entry,)).objection(entry) == "not listed"


@pytest.mark.parametrize("entry", [SITE, f"{SITE}/"])
def test_the_path_is_cut_or_not(entry: str) -> None:
    page = "https://www.example.com/a/b?c"
    assert RefererRules(("*/a/b",)).objection(page) is None
    assert RefererRules(("*/a/b",), truncate_path=True).objection(page) == "not listed"
    assert RefererRules((entry,), truncate_path=True).objection(page) is None


@pytest.mark.parametrize("referer", ["http://[", "www.example.com/a", "?", "//"])
def test_odd_referers_are_judged_like_any_text(referer: str) -> None:
    assert RefererRules((SITE,), truncate_path=True).objection(referer) == "not listed"
    assert RefererRules(("*",), truncate_path=True).objection(referer) is None
