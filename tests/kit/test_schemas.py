"""Every declared configuration has a strategy, and what it gives survives the way to XML and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from fakeoss import kit, schema
from fakeoss.state.configurations.cors import CorsConfiguration
from fakeoss.state.configurations.lifecycle import Lifecycle
from fakeoss.wire import schema_xml
from tests.schemas import Inventory, Tag

ALL = sorted(kit.configurations().items())
UNSHRUNK = settings(max_examples=2000, phases=[Phase.generate], derandomize=True, database=None)


@pytest.mark.parametrize("cls", [pytest.param(cls, id=root) for root, cls in ALL])
@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_configuration_survives_xml(cls: type[Any], data: st.DataObject) -> None:
    value = data.draw(kit.from_schema(cls))
    schema.check(value)
    assert schema_xml.parse(cls, schema_xml.write(value)) == value


def test_the_configurations_of_the_service_are_found() -> None:
    roots = set(dict(ALL))
    assert {"LifecycleConfiguration", "CORSConfiguration", "WebsiteConfiguration", "RefererConfiguration"} <= roots


def test_rules_with_validation_are_not_trivial() -> None:
    def has_two_actions(value: Lifecycle) -> bool:
        return any(len(rule.actions()) > 1 and rule.filter is not None for rule in value.rules)

    assert find(kit.configuration("LifecycleConfiguration"), has_two_actions, settings=UNSHRUNK)


def test_any_declared_class_will_do() -> None:
    found = find(kit.from_schema(Inventory), lambda value: True, settings=UNSHRUNK)
    schema.check(found)


def test_fields_can_be_given() -> None:
    assert find(kit.from_schema(Tag, key=st.just("mine")), lambda tag: True, settings=UNSHRUNK).key == "mine"
    with pytest.raises(TypeError, match="declares no field 'colour'"):
        kit.from_schema(Tag, colour=st.just("red"))


def test_what_is_no_configuration_is_told() -> None:
    with pytest.raises(ValueError, match="no configuration begins with 'Referrer'"):
        kit.configuration("Referrer")
    with pytest.raises(TypeError, match="not a declared configuration"):
        kit.from_schema(int)
    assert kit.configurations()["CORSConfiguration"] is CorsConfiguration
