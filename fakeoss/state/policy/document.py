"""Policy documents: read, checked and compiled once, kept verbatim.

Bucket policies, access point policies and RAM policies are one language (docs: Policy syntax and elements);
only the first two name principals. What the language does not know is refused with the place where it stands:
a misspelled `Condtion` would silently open a bucket.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from fakeoss import errors
from fakeoss.state.policy.conditions import Condition, condition, known_key
from fakeoss.state.policy.match import Glob, ResourcePattern

SIZE_LIMIT = 16_384
"""Bytes a bucket policy must stay under (docs: 0030-00000001)."""

ITEM_LIMIT = 4_095
"""Bytes of the longest item in a bucket policy (docs: 0030-00000003)."""

_ACTION = re.compile(r"\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+", re.ASCII)
_OSS_ACTION = re.compile(r"\*|oss:[A-Za-z0-9*?]+", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9-]+:[^:\s][^\s]*")
_TOP = frozenset({"Version", "Statement", "Id"})
_ELEMENTS = frozenset({
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Element:
    """The entries of Action or Principal; `negated` for NotAction and NotPrincipal."""

    patterns: tuple[Glob, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class ResourceElement:
    """The entries of Resource; `negated` for NotResource."""

    patterns: tuple[ResourcePattern, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `index` counts from 1; `principals` is None in a RAM policy."""

    index: int
    sid: str
    effect: str
    principals: Element | None
    actions: Element
    resources: ResourceElement
    conditions: tuple[Condition, ...]

    def __str__(self) -> str:
        return f"statement {self.index} (Sid {self.sid})" if self.sid else f"statement {self.index}"


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy document: `text` as it was given, and what it says. Equal where the text is."""

    text: str
    statements: tuple[Statement, ...] = field(compare=False, repr=False)


def parse_bucket_policy(data: bytes) -> Policy:
    """The policy of a bucket or an access point, from the body of the request that sets it.

    Raises BucketPolicyTooLarge, BucketPolicyItemTooLarge, BucketPolicyVersion, BucketPolicyAsterisks, and
    InvalidBucketPolicy for whatever else is wrong, each with an explanation.
    """
    if len(data) >= SIZE_LIMIT:
        raise errors.BucketPolicyTooLarge().because(f"the policy has {len(data)} bytes, the limit is {SIZE_LIMIT - 1}")
    return _Reader(named=True).read(data)


@lru_cache(256)
def parse_ram_policy(document: str | bytes) -> Policy:
    """The policy of a RAM user or role, or of an STS session; raises InvalidBucketPolicy with an explanation.

    Identities carry their policies as text; what is read once is kept, since every request asks for it.
    """
    return _Reader(named=False).read(document.encode() if isinstance(document, str) else document)


def _invalid(why: str) -> errors.OSSError:
    return errors.InvalidBucketPolicy(detail=why).because(why)


def _refuse_constant(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object none of whose names comes twice: the second would hide the first."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice in one object")
    return found


class _Reader:
    """Reads one document; `named` where statements name principals, and OSS's own limits hold."""

    def __init__(self, *, named: bool) -> None:
        self.named = named

    def read(self, data: bytes) -> Policy:
        text, document = self._json(data)
        self._only(document, _TOP, "the policy")
        self._version(document.get("Version"))
        self._label(document.get("Id", ""), "Id")
        found = document.get("Statement")
        statements = [found] if isinstance(found, dict) else found
        if not isinstance(statements, list) or not statements:
            raise _invalid("Statement must be a list of at least one statement")
        return Policy(text, tuple(self._statement(index, each) for index, each in enumerate(statements, 1)))

    def _json(self, data: bytes) -> tuple[str, dict[str, Any]]:
        try:
            text = data.decode()
            document = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object)
        except RecursionError:
            raise _invalid("the policy is nested too deeply") from None
        except ValueError as error:
            raise _invalid(f"the policy is not JSON in UTF-8: {error}") from None
        if not isinstance(document, dict):
            raise _invalid("the policy is not a JSON object")
        return text, document

    def _only(self, found: dict[str, Any], known: frozenset[str], where: str) -> None:
        for name in found:
            if name not in known:
                raise _invalid(f"{where} has an element {name!r}, which the policy language does not know")

    def _version(self, version: Any) -> None:
        if not isinstance(version, str):
            raise _invalid('Version must be the text "1"')
        if version != "1":
            raise errors.BucketPolicyVersion().because(f'Version is {version!r}, only "1" is known')

    def _label(self, value: Any, where: str) -> str:
        if not isinstance(value, str):
            raise _invalid(f"{where} is not a text")
        return self._measured(value, where)

    def _measured(self, value: str, where: str) -> str:
        """`value`, if OSS takes an item of its length and with its asterisks."""
        try:
            size = len(value.encode())
        except UnicodeEncodeError:
            raise _invalid(f"{where} has half a surrogate pair: {value!r}") from None
        if self.named and size > ITEM_LIMIT:
            raise errors.BucketPolicyItemTooLarge().because(f"{where} has {size} bytes, the limit is {ITEM_LIMIT}")
        if self.named and "**" in value:
            raise errors.BucketPolicyAsterisks().because(f"{where} has adjacent asterisks: {value!r}")
        return value

    def _statement(self, index: int, found: Any) -> Statement:
        where = f"statement {index}"
        if not isinstance(found, dict):
            raise _invalid(f"{where} is not an object")
        self._only(found, _ELEMENTS, where)
        effect = found.get("Effect")
        if effect not in ("Allow", "Deny"):
            raise _invalid(f"{where}: Effect is {effect!r}, neither Allow nor Deny")
        return Statement(
            index,
            self._label(found.get("Sid", ""), f"{where}: Sid"),
            effect,
            self._principals(found, where),
            self._actions(found, where),
            self._resources(found, where),
            self._conditions(found, where),
        )

    def _either(self, found: dict[str, Any], name: str, where: str) -> tuple[bool, Any]:
        """Whether `Not{name}` was given in the place of `name`, and the value; one of them must be."""
        negation = f"Not{name}"
        if (name in found) == (negation in found):
            raise _invalid(f"{where} needs {name} or {negation}, and not both")
        return (True, found[negation]) if negation in found else (False, found[name])

    def _texts(self, value: Any, where: str, *, empty: bool = False) -> tuple[str, ...]:
        """A text or a list of texts."""
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise _invalid(f"{where} is neither a text nor a list of texts")
        if not values and not empty:
            raise _invalid(f"{where} is an empty list")
        return tuple(self._measured(each, where) for each in values)

    def _principals(self, found: dict[str, Any], where: str) -> Element | None:
        """Who is meant; an empty Principal means everyone, and so does none (docs; assumption A234)."""
        if not self.named:
            if "Principal" in found or "NotPrincipal" in found:
                raise _invalid(f"{where}: a RAM policy names no Principal")
            return None
        if "Principal" not in found and "NotPrincipal" not in found:
            return Element((Glob("*"),), negated=False)
        negated, value = self._either(found, "Principal", where)
        names = self._texts(value, f"{where}: Principal", empty=not negated)
        if "" in names:
            raise _invalid(f"{where}: Principal has an empty entry")
        return Element(tuple(map(Glob, names or ("*",))), negated)

    def _actions(self, found: dict[str, Any], where: str) -> Element:
        negated, value = self._either(found, "Action", where)
        names = self._texts(value, f"{where}: Action")
        form = _OSS_ACTION if self.named else _ACTION  # case does not count (assumption A237)
        for name in names:
            if form.fullmatch(name) is None:
                raise _invalid(f"{where}: {name!r} is not an action such as oss:GetObject")
        return Element(tuple(Glob(name.lower()) for name in names), negated)

    def _resources(self, found: dict[str, Any], where: str) -> ResourceElement:
        negated, value = self._either(found, "Resource", where)
        names = self._texts(value, f"{where}: Resource")
        prefix = "acs:oss" if self.named else "acs:"
        for name in names:
            if name != "*" and not name.startswith(prefix):
                raise _invalid(f"{where}: {name!r} is not a resource such as acs:oss:*:*:bucket/*")
        return ResourceElement(tuple(map(ResourcePattern, names)), negated)

    def _conditions(self, found: dict[str, Any], where: str) -> tuple[Condition, ...]:
        if "Condition" not in found:
            return ()
        block = self._mapping(found["Condition"], f"{where}: Condition")
        return tuple(
            self._condition(operator, key, value, f"{where}: Condition {operator!r} {key!r}")
            for operator, keys in block.items()
            for key, value in self._mapping(keys, f"{where}: Condition {operator!r}").items()
        )

    def _mapping(self, value: Any, where: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _invalid(f"{where} is not an object")
        return value

    def _condition(self, operator: str, key: str, value: Any, where: str) -> Condition:
        known: Callable[[str], object] = known_key if self.named else _KEY.fullmatch
        if not known(self._measured(key, where)):
            raise _invalid(f"{where}: {key!r} is not a condition key of OSS")
        values = self._texts(value, where)
        try:
            return condition(operator, key, values)
        except ValueError as error:
            raise _invalid(f"{where}: {error}") from None
