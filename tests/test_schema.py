"""The validator: what a declared configuration takes, whether it comes from a document or from Python."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from fakeoss import errors
from fakeoss.schema import HIGHEST, Integer, Nested, Text, check, fields_of, integer, schema, schema_of, text
from tests.schemas import Expiration, Inventory, Lifecycle, Referer, Rule, Tag

RULE = Rule(status="Enabled")
MIDNIGHT = datetime(2022, 7, 13, tzinfo=timezone.utc)
INVENTORY = Inventory(id="i", account="1", bucket="b", by_service=False)


def test_a_declared_class_is_a_frozen_dataclass() -> None:
    referer = Referer(allow_empty=True, referers=("a",))
    assert (referer.truncate_query, referer.blocked) == (True, None)
    assert referer == dataclasses.replace(referer)
    assert len({referer, Referer(allow_empty=True, referers=("a",))}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(referer, "allow_empty", False)  # noqa: B010 - mypy knows that it is frozen
    with pytest.raises(TypeError):
        Referer(allow_empty=True)  # type: ignore[call-arg]  # what has no default must be given


def test_the_declaration_can_be_looked_at() -> None:
    assert schema_of(Inventory).roots == ("InventoryConfiguration", "inventoryConfiguration")
    assert [field.attribute for field in fields_of(Tag)] == ["key", "value"]
    status, tags = fields_of(Rule)[1], fields_of(Rule)[3]
    assert status.kind == Text(choices=("Enabled", "Disabled"))
    assert (tags.kind, tags.repeats, tags.at_most) == (Nested(Tag), True, 2)
    assert [field.attribute for field in fields_of(Lifecycle)] == ["rules"]


@pytest.mark.parametrize("cls", [int, Text])
def test_other_classes_are_no_configurations(cls: type[Any]) -> None:
    with pytest.raises(TypeError, match="not a declared configuration"):
        schema_of(cls)


GOOD = [
    Tag(key="abcd", value=""),
    Tag(key="中", value="abcd"),
    Referer(allow_empty=False, referers=(), blocked=()),
    Lifecycle(rules=(RULE, RULE)),
    Expiration(days=1),
    Expiration(before=MIDNIGHT),
    dataclasses.replace(INVENTORY, since=MIDNIGHT.replace(microsecond=1000), classes=("IA",), size=-HIGHEST),
]


@pytest.mark.parametrize("instance", GOOD, ids=repr)
def test_what_obeys_its_declaration_passes(instance: object) -> None:
    check(instance)


def refusal(instance: object) -> tuple[str, dict[str, str]]:
    with pytest.raises(errors.OSSError) as caught:
        check(instance)
    return caught.value.code, caught.value.elements


@pytest.mark.parametrize("action", ["", " PUT", "PUT,DELETE", ","])
def test_texts_in_one_element_must_be_told_apart(action: str) -> None:
    refused, elements = refusal(dataclasses.replace(INVENTORY, actions=("GET", action)))
    assert (refused, elements) == ("InvalidArgument", {"ArgumentName": "Action", "ArgumentValue": action})


BAD: list[tuple[object, str, str]] = [
    (Tag(key="", value=""), "InvalidArgument", "Key"),
    (Tag(key="abcde", value=""), "InvalidArgument", "Key"),
    (Tag(key="中中", value=""), "InvalidArgument", "Key"),
    (Tag(key="a", value="A"), "InvalidTag", "Value"),
    (Tag(key="a", value="abc\n"), "InvalidTag", "Value"),
    (Expiration(days=0), "InvalidArgument", "Days"),
    (Expiration(days=HIGHEST + 1), "InvalidArgument", "Days"),
    (Expiration(before=MIDNIGHT + timedelta(hours=1)), "InvalidArgument", "CreatedBeforeDate"),
    (dataclasses.replace(INVENTORY, since=MIDNIGHT.replace(microsecond=1)), "InvalidArgument", "Since"),
    (dataclasses.replace(INVENTORY, until=MIDNIGHT.replace(microsecond=1000)), "InvalidArgument", "Until"),
]


@pytest.mark.parametrize(("instance", "code", "name"), BAD, ids=[repr(row[0]) for row in BAD])
def test_a_value_out_of_bounds_is_refused_by_name(instance: object, code: str, name: str) -> None:
    refused, elements = refusal(instance)
    assert (refused, elements["ArgumentName"]) == (code, name)
    assert elements["ArgumentValue"] == str(
        getattr(instance, next(f.attribute for f in fields_of(type(instance)) if f.element == name))
    )


MALFORMED: list[tuple[object, str]] = [
    (Rule(status="enabled"), "Status"),
    (Rule(status=None), "Status"),  # type: ignore[arg-type]  # as a careless caller may
    (Expiration(days=True), "Days"),
    (Expiration(days="1"), "Days"),  # type: ignore[arg-type]  # as a careless caller may
    (Expiration(before=datetime(2022, 7, 13)), "CreatedBeforeDate"),  # noqa: DTZ001 - naive is the point
    (Expiration(before="2022"), "CreatedBeforeDate"),  # type: ignore[arg-type]  # as a careless caller may
    (Rule(status="Enabled", expiration=RULE), "Expiration"),  # type: ignore[arg-type]  # as a careless caller may
    (Rule(status="Enabled", tags=(Tag(key="a", value=""),) * 3), "Tag"),
    (Referer(allow_empty=1, referers=()), "AllowEmptyReferer"),  # type: ignore[arg-type]  # as a careless caller may
    (Referer(allow_empty=True, referers=("a",) * 4), "Referer"),
    (Lifecycle(rules=()), "Rule"),
    (Lifecycle(rules=(RULE,) * 3), ""),
    (dataclasses.replace(INVENTORY, classes=("IA", "Cold")), "StorageClass"),
    (dataclasses.replace(INVENTORY, by_service=None), "SSE-OSS"),  # type: ignore[arg-type]  # as a careless caller may
]


@pytest.mark.parametrize(("instance", "name"), MALFORMED, ids=[repr(row[0]) for row in MALFORMED])
def test_what_is_not_of_its_kind_is_malformed(instance: object, name: str) -> None:
    refused, elements = refusal(instance)
    assert refused == "MalformedXML"
    assert name in elements["ErrorDetail"]


def test_a_count_has_its_own_refusal() -> None:
    with pytest.raises(errors.OSSError) as caught:
        check(Lifecycle(rules=(RULE,) * 3))
    assert caught.value.row is errors.TooManyLifecycleRules


def test_nested_values_are_judged_before_what_spans_fields() -> None:
    assert refusal(Lifecycle(rules=(Rule(status="Enabled", expiration=Expiration()),)))[0] == "InvalidRequest"
    assert refusal(Expiration(days=0, before=MIDNIGHT))[0] == "InvalidArgument"


def test_kinds_stand_alone_for_strategies() -> None:
    assert Integer(1, 5).problem(5) is None
    assert Integer(1, 5).problem(6) == "value"
    assert Integer(1, 5).problem("5") == "form"
    assert Text(longest=1).problem("\ud800") is None


def test_plain_fields_and_methods_may_stand_beside() -> None:
    @schema("Quota")
    class Quota:
        amount: int = integer("StorageCapacity", lowest=-1)
        name: str = text("Name", default="n")

        @property
        def is_unlimited(self) -> bool:
            return self.amount == -1

    assert Quota(amount=-1).is_unlimited
    assert refusal(Quota(amount=-2)) == (
        "InvalidArgument",
        {"ArgumentName": "StorageCapacity", "ArgumentValue": "-2"},
    )
