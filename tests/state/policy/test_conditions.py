"""One condition at a time: what each operator takes, and what a missing key means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss.state.policy.conditions import condition, known_key, moment


def holds(operator: str, values: str | tuple[str, ...], *found: str) -> bool:
    wanted = (values,) if isinstance(values, str) else values
    return condition(operator, "k:k", wanted).holds({"k:k": found} if found else {})


@pytest.mark.parametrize(
    ("operator", "value", "fits", "misses"),
    [
        ("StringEquals", "vpc-1", "vpc-1", "VPC-1"),
        ("StringEqualsIgnoreCase", "vpc-1", "VPC-1", "vpc-2"),
        ("StringLike", "vpc-*", "vpc-1", "VPC-1"),
        ("StringLike", "*", "", None),
        ("NumericEquals", "1.0", "1", "2"),
        ("NumericLessThan", "10", "9", "10"),
        ("NumericLessThanEquals", "10", "10", "10.1"),
        ("NumericGreaterThan", "10", "11", "10"),
        ("NumericGreaterThanEquals", "10", "10", "x"),
        ("DateEquals", "2025-01-01T08:00:00+08:00", "2025-01-01T00:00:00Z", "2025-01-01T00:00:01Z"),
        ("DateLessThan", "2025-01-01", "2024-12-31T23:59:59.5Z", "2025-01-01T00:00:00Z"),
        ("DateLessThanEquals", "2025-01-01T00:00Z", "2025-01-01T00:00:00Z", "2025-01-01T00:01:00Z"),
        ("DateGreaterThan", "2025-01-01T00:00:00Z", "2025-01-01T00:00:00.000001+00:00", "2025-01-01T00:00:00Z"),
        ("DateGreaterThanEquals", "2025-01-01T00:00:00-0100", "2025-01-01T01:00:00Z", "never"),
        ("Bool", "True", "true", "false"),
        ("IpAddress", "192.168.0.0/16", "192.168.255.255", "192.169.0.0"),
        ("IpAddress", "192.168.3.4/16", "192.168.9.9", "10.0.0.1"),
        ("IpAddress", "203.0.113.5", "203.0.113.5", "203.0.113.6"),
        ("IpAddress", "203.0.113.5", "::ffff:203.0.113.5", "::1"),
        ("IpAddress", "101.*.*.100", "101.2.3.100", "101.2.3.101"),
        ("IpAddress", "2001:DB8::/32", "2001:db8:1::1", "2001:db9::1"),
        ("IpAddress", "2001:DB8:*", "2001:db8::1", "10.0.0.1"),
        ("IpAddress", "10.0.0.0/8", "10.0.0.1", "not an address"),
        ("IpAddressIncludeBorder", "10.0.0.0/30", "10.0.0.3", "10.0.0.4"),
    ],
)
def test_what_a_value_fits(operator: str, value: str, fits: str, misses: str | None) -> None:
    assert holds(operator, value, fits)
    assert misses is None or not holds(operator, value, misses)


@pytest.mark.parametrize(
    ("operator", "value", "same", "different"),
    [
        ("StringNotEquals", "a", "a", "b"),
        ("StringNotEqualsIgnoreCase", "a", "A", "b"),
        ("StringNotLike", "a*", "ab", "b"),
        ("NumericNotEquals", "1", "1", "2"),
        ("DateNotEquals", "2025-01-01", "2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z"),
        ("NotIpAddress", "10.0.0.0/8", "10.1.1.1", "11.0.0.1"),
    ],
)
def test_negated_operators_hold_where_nothing_fits(operator: str, value: str, same: str, different: str) -> None:
    assert not holds(operator, value, same)
    assert holds(operator, value, different)
    assert holds(operator, value), "and where the request has no such key"


def test_one_of_several_values_suffices_and_of_a_negation_none_may_fit() -> None:
    assert holds("StringEquals", ("a", "b"), "b")
    assert not holds("StringNotEquals", ("a", "b"), "b")
    assert holds("StringEquals", "a", "x", "a")
    assert not holds("StringNotEquals", "a", "x", "a")


def test_a_missing_key_fits_no_plain_operator() -> None:
    assert not holds("StringLike", "*")
    assert not holds("Bool", "false")


def test_null_asks_whether_the_key_is_missing() -> None:
    assert holds("Null", "true")
    assert not holds("Null", "false")
    assert holds("Null", "false", "")


@pytest.mark.parametrize(
    ("operator", "value"),
    [
        ("StringMatches", "a"),
        ("ForAnyValue:StringEquals", "a"),
        ("StringEqualsIfExists", "a"),
        ("Bool", "yes"),
        ("Null", ""),
        ("NumericEquals", "ten"),
        ("NumericEquals", "NaN"),
        ("NumericEquals", "Infinity"),
        ("DateEquals", "tomorrow"),
        ("DateEquals", "2025-02-30"),
        ("DateEquals", "2025-01-01T00:00:00+99:99"),
        ("IpAddress", "300.0.0.1"),
        ("IpAddress", "10.0.0.0/33"),
        ("IpAddress", "example.com"),
        ("IpAddress", "*.example.com"),
        ("IpAddress", ""),
    ],
)
def test_what_cannot_be_understood_is_refused(operator: str, value: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        condition(operator, "k:k", (value,))


@given(st.datetimes())
def test_every_iso_time_reads_back(at: object) -> None:
    text = str(at).replace(" ", "T") + "Z"
    read = moment(text)
    assert read is not None
    assert read.isoformat().removesuffix("+00:00") == str(at).replace(" ", "T")


@pytest.mark.parametrize("key", ["acs:SourceIp", "oss:Prefix", "oss:BucketTag/team", "oss:ExistingObjectTag/a/b"])
def test_keys_of_the_service(key: str) -> None:
    assert known_key(key)


@pytest.mark.parametrize("key", ["acs:sourceip", "oss:BucketTag", "oss:BucketTag/", "aws:SourceIp", "Prefix", ""])
def test_other_keys(key: str) -> None:
    assert not known_key(key)
