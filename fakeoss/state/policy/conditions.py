"""The Condition element: operators, keys, and what holds of a request.

Several operators, and several keys of one operator, must all hold; of several values one suffices; a
negated operator holds where none of its values fits, and so where the request has no such key (docs:
Policy elements; Configure bucket policies, scenarios 6 to 10).

The vendor's table of operators (docs: Policy syntax and elements) has strings, numbers, dates, Bool and IP
addresses, and neither `...IfExists` nor `ForAnyValue:`, which are refused. `Null` is not in it either and is
taken as elsewhere (assumption A236). `IpAddressIncludeBorder` is in the table without a word on it: here it means
what `IpAddress` means (assumption A239).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from fakeoss.state.policy.match import Glob

Context = Mapping[str, tuple[str, ...]]
"""Condition keys of a request and their values; a key that the request does not have is absent."""

Test = Callable[[str], bool]
"""Whether one value of the request fits one value of the policy."""

KEYS = frozenset({
    "acs:AccessId",
    "acs:CurrentTime",
    "acs:MFAPresent",
    "acs:PrincipalArn",
    "acs:Referer",
    "acs:SecureTransport",
    "acs:SourceIp",
    "acs:SourceVpc",
    "acs:SourceVpcId",
    "acs:SourceVpcIp",
    "acs:UserAgent",
    "oss:AccessPointNetworkOrigin",
    "oss:DataAccessPointAccount",
    "oss:DataAccessPointArn",
    "oss:Delimiter",
    "oss:Prefix",
    "oss:TLSVersion",
    "oss:object-remaining-retention-days",
    "oss:x-oss-acl",
    "oss:x-oss-object-acl",
})  # fmt: skip
"""The keys that have one name (docs: Policy syntax and elements; Access points; Block public access)."""

TAG_KEYS = ("oss:BucketTag/", "oss:ExistingObjectTag/", "oss:RequestObjectTag/")
"""The keys that end in the name of a tag."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One operator with one key and its values, compiled."""

    operator: str
    key: str
    values: tuple[str, ...]
    tests: tuple[Test, ...]
    negated: bool

    def holds(self, context: Context) -> bool:
        """Whether the condition is met by a request."""
        found = context.get(self.key)
        if self.operator == "Null":
            return any(test("true" if found is None else "false") for test in self.tests)
        fits = found is not None and any(test(value) for test in self.tests for value in found)
        return fits != self.negated


def known_key(key: str) -> bool:
    """Whether OSS knows a condition key; letters count as they are written."""
    return key in KEYS or any(key.startswith(prefix) and len(key) > len(prefix) for prefix in TAG_KEYS)


def condition(operator: str, key: str, values: tuple[str, ...]) -> Condition:
    """Compile one condition; raises ValueError saying what is wrong with operator or value."""
    found = OPERATORS.get(operator)
    if found is None:
        raise ValueError(f"unknown condition operator {operator!r}")
    compile_value, negated = found
    return Condition(operator, key, values, tuple(map(compile_value, values)), negated)


def _equals(value: str) -> Test:
    return value.__eq__


def _equals_ignoring_case(value: str) -> Test:
    lowered = value.lower()
    return lambda text: text.lower() == lowered


def _like(value: str) -> Test:
    return Glob(value).matches


def _truth(value: str) -> Test:
    lowered = value.lower()
    if lowered not in ("true", "false"):
        raise ValueError(f"{value!r} is neither true nor false")
    return lambda text: text.lower() == lowered


_Ordered = TypeVar("_Ordered")


def _compared(
    read: Callable[[str], _Ordered | None], what: str, compare: Callable[[_Ordered, _Ordered], bool]
) -> Callable[[str], Test]:
    """What compiles a value of an operator that compares; a request's value that cannot be read never fits."""

    def compiled(value: str) -> Test:
        bound = read(value)
        if bound is None:
            raise ValueError(f"{value!r} is not {what}")

        def test(text: str) -> bool:
            found = read(text)
            return found is not None and compare(found, bound)

        return test

    return compiled


def _numeric(compare: Callable[[Decimal, Decimal], bool]) -> Callable[[str], Test]:
    return _compared(_number, "a number", compare)


def _dated(compare: Callable[[datetime, datetime], bool]) -> Callable[[str], Test]:
    return _compared(moment, "a time of ISO 8601", compare)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,6})\d*)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)


def moment(text: str) -> datetime | None:
    """A date or time of ISO 8601, in UTC where it says nothing else; None where it is not one."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups(default="")
    try:
        return datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            int(fraction.ljust(6, "0")),
            tzinfo=_zone(zone),
        )
    except ValueError:
        return None


def _zone(text: str) -> timezone:
    if text in ("", "Z"):
        return timezone.utc
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)


def network(value: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """The network an IP address or CIDR block of a policy means; None where it is neither."""
    try:
        return ipaddress.ip_network(value, strict=False)
    except ValueError:
        return None


def _within(value: str) -> Test:
    """An address, a CIDR block, or an address with asterisks (`101.*.*.100`, docs: scenario 11)."""
    if "*" in value and re.fullmatch(r"[0-9A-Fa-f.:*]+", value):
        pattern = Glob(value.lower())
        return lambda text: (address := _address(text)) is not None and pattern.matches(str(address))
    block = network(value)
    if block is None:
        raise ValueError(f"{value!r} is not an IP address or CIDR block")
    return lambda text: (address := _address(text)) is not None and address in block


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


OPERATORS: Mapping[str, tuple[Callable[[str], Test], bool]] = {
    "StringEquals": (_equals, False),
    "StringNotEquals": (_equals, True),
    "StringEqualsIgnoreCase": (_equals_ignoring_case, False),
    "StringNotEqualsIgnoreCase": (_equals_ignoring_case, True),
    "StringLike": (_like, False),
    "StringNotLike": (_like, True),
    "NumericEquals": (_numeric(Decimal.__eq__), False),
    "NumericNotEquals": (_numeric(Decimal.__eq__), True),
    "NumericLessThan": (_numeric(Decimal.__lt__), False),
    "NumericLessThanEquals": (_numeric(Decimal.__le__), False),
    "NumericGreaterThan": (_numeric(Decimal.__gt__), False),
    "NumericGreaterThanEquals": (_numeric(Decimal.__ge__), False),
    "DateEquals": (_dated(datetime.__eq__), False),
    "DateNotEquals": (_dated(datetime.__eq__), True),
    "DateLessThan": (_dated(datetime.__lt__), False),
    "DateLessThanEquals": (_dated(datetime.__le__), False),
    "DateGreaterThan": (_dated(datetime.__gt__), False),
    "DateGreaterThanEquals": (_dated(datetime.__ge__), False),
    "Bool": (_truth, False),
    "IpAddress": (_within, False),
    "NotIpAddress": (_within, True),
    "IpAddressIncludeBorder": (_within, False),
    "Null": (_truth, False),
}
"""Operator name to what compiles a value of it, and whether the operator is negated."""
