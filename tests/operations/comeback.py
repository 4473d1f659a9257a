"""What is set comes back: generated configurations, in the words of both SDKs."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from alibabacloud_oss_v2 import serde
from hypothesis import HealthCheck, Phase, settings
from hypothesis.strategies import SearchStrategy

import fakeoss
from fakeoss import errors, schema
from fakeoss.kit import from_schema
from fakeoss.wire import schema_xml
from tests.budget import examples
from tests.conftest import BUCKET

T = TypeVar("T")

MODEST = settings(
    max_examples=examples(25),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking what takes so many requests takes minutes
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def model_of(cls: type[T], value: object) -> T:
    """SDK v2's object of class `cls` that says the same as a declared configuration."""
    model = cls()
    serde.deserialize_xml(schema_xml.write(value), model)
    _fill(model)
    return model


def _fill(model: object) -> None:
    """Put empty texts where the SDK read None into a list, which it could not write."""
    for name, value in vars(model).items():
        if isinstance(value, list):
            setattr(model, name, ["" if item is None else item for item in value])
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, serde.Model):
                _fill(item)


def worded(cls: type[T], **fields: SearchStrategy[Any]) -> SearchStrategy[T]:
    """Configurations with `x` for every empty text: SDK v2 leaves those out."""
    return from_schema(cls, **fields).map(filled).filter(is_taken)


def is_taken(value: object) -> bool:
    """Whether a configuration's declaration takes it."""
    try:
        schema.check(value)
    except errors.OSSError:
        return False
    return True


def filled(value: Any) -> Any:
    """A configuration, or a part of one, with `x` for every empty text."""
    if isinstance(value, tuple):
        return tuple(item if item == "" else filled(item) for item in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return "x" if value == "" else value
    changed = {field.name: filled(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return dataclasses.replace(value, **changed)


def held(oss: fakeoss.FakeOSS, cls: type[T], bucket: str = BUCKET) -> T | None:
    """The configuration of a class that a bucket has."""
    found: T | None = oss.snapshot().world.buckets[bucket].configuration(cls)
    return found


def plain(value: Any) -> Any:
    """An object of an SDK as nested dictionaries of what is set in it, to compare what has no equality."""
    if isinstance(value, list):
        return [plain(item) or "" for item in value]
    if not hasattr(value, "__dict__"):
        return value
    said = {name: plain(item) for name, item in vars(value).items() if not name.startswith("_")}
    return {name: item for name, item in said.items() if item not in (None, "", [], {})}
