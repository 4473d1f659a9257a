"""A second reading of the policy language, written for clarity alone; the evaluator is held against it.

It works on the document as JSON gives it, compiles nothing, and shares no code with the package.
"""

from __future__ import annotations

import operator
from typing import Any

Names = tuple[str, ...]
Values = dict[str, tuple[str, ...]]


def naive_glob(pattern: str, text: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(naive_glob(pattern[1:], text[cut:]) for cut in range(len(text) + 1))
    return text != "" and pattern[0] in ("?", text[0]) and naive_glob(pattern[1:], text[1:])


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def octets(address: str) -> int:
    first, second, third, fourth = (int(part) for part in address.split("."))
    return ((first * 256 + second) * 256 + third) * 256 + fourth


def in_block(address: str, block: str) -> bool:
    base, _, bits = block.partition("/")
    spare = 32 - int(bits or 32)
    return octets(address) >> spare == octets(base) >> spare


COMPARISONS = {
    "Equals": operator.eq,
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}


def value_fits(kind: str, wanted: str, found: str) -> bool:
    """`kind` is an operator without its `Not`; times are all of one form, so that text order is time order."""
    if kind in ("StringEquals", "Bool"):
        return found == wanted
    if kind == "StringEqualsIgnoreCase":
        return found.upper() == wanted.upper()
    if kind == "StringLike":
        return naive_glob(wanted, found)
    if kind == "IpAddress":
        return in_block(found, wanted)
    if kind.startswith("Numeric"):
        return bool(COMPARISONS[kind.removeprefix("Numeric")](float(found), float(wanted)))
    return bool(COMPARISONS[kind.removeprefix("Date")](found, wanted))


def condition_holds(name: str, key: str, wanted: Any, context: Values) -> bool:
    if name == "Null":
        return (key not in context) is bool(wanted == "true")
    kind = name.replace("Not", "", 1)
    hits = [value_fits(kind, each, found) for each in listed(wanted) for found in context.get(key, ())]
    return not any(hits) if "Not" in name else any(hits)


def principal_means(statement: dict[str, Any], names: Names, owner: bool) -> bool:
    unconditional = not statement.get("Condition")
    if "NotPrincipal" in statement:
        excepted = any(
            each == "*" or any(naive_glob(each, name) for name in names) for each in listed(statement["NotPrincipal"])
        )
        return not excepted and not (owner and unconditional)
    for each in listed(statement.get("Principal", [])) or ["*"]:
        if each == "*":
            if not (owner and unconditional):
                return True
        elif any(naive_glob(each, name) for name in names):
            return True
    return False


def covers(statement: dict[str, Any], element: str, text: str) -> bool:
    if f"Not{element}" in statement:
        return not any(naive_glob(each, text) for each in listed(statement[f"Not{element}"]))
    return any(naive_glob(each, text) for each in listed(statement[element]))


def naive_effect(
    documents: list[dict[str, Any]], action: str, resource: str, names: Names, owner: bool, context: Values
) -> str:
    """Allow, Deny or Ignore for documents whose Statement is a list."""
    effects = set()
    for statement in [statement for document in documents for statement in document["Statement"]]:
        conditions = [
            condition_holds(name, key, wanted, context)
            for name, keys in statement.get("Condition", {}).items()
            for key, wanted in keys.items()
        ]
        if (
            covers(statement, "Action", action)
            and covers(statement, "Resource", resource)
            and principal_means(statement, names, owner)
            and all(conditions)
        ):
            effects.add(statement["Effect"])
    return "Deny" if "Deny" in effects else "Allow" if "Allow" in effects else "Ignore"
