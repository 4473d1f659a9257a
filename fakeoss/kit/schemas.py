"""A strategy for any declared configuration, made from its declaration: the values that `schema.check` takes."""

from __future__ import annotations

import base64
import dataclasses
import importlib
import pkgutil
from datetime import datetime, timezone
from typing import Any, TypeVar

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from fakeoss import errors, schema
from fakeoss.operations import bucket_resource_group
from fakeoss.schema import Boolean, Field, Flag, Integer, Nested, Text, Timestamp
from fakeoss.state import configurations as declared

T = TypeVar("T")

MOST = 3
"""Repetitions and, beyond the least, characters that a strategy gives: declarations allow thousands."""

_LETTER = st.sampled_from("abcXYZ019-._/ é文&<>'\"+%")
_MILLISECOND = 1000


def from_schema(cls: type[T], **fields: SearchStrategy[Any]) -> SearchStrategy[T]:
    """Instances of a class declared with `fakeoss.schema`, each one that `schema.check` takes.

    `fields` gives strategies of one's own for attributes. Where a class's `validate` refuses what was drawn,
    optional fields are left out one after another until it is taken. Raises TypeError for any other class.
    """
    own = _own_spellings(cls) | fields
    unknown = sorted(set(own) - {field.attribute for field in schema.fields_of(cls)})
    if unknown:
        raise TypeError(f"{cls.__qualname__} declares no field {unknown[0]!r}")
    return _instances(cls, {field.attribute: own.get(field.attribute) for field in schema.fields_of(cls)})


def configurations() -> dict[str, type[Any]]:
    """Every declared configuration that is a document of its own, by its root element."""
    names = [module.name for module in pkgutil.iter_modules(declared.__path__, f"{declared.__name__}.")]
    modules = [*map(importlib.import_module, names), bucket_resource_group]
    classes = [value for module in modules for value in vars(module).values() if isinstance(value, type)]
    documents = {schema.schema_of(cls).roots[0]: cls for cls in classes if _is_document(cls)}
    return dict(sorted(documents.items()))


def _is_document(cls: type[Any]) -> bool:
    return hasattr(cls, "__schema__") and bool(schema.schema_of(cls).roots)


def configuration(root: str) -> SearchStrategy[Any]:
    """Configurations with a root element such as `CORSConfiguration`; raises ValueError for an unknown one."""
    known = configurations()
    if root not in known:
        raise ValueError(f"no configuration begins with {root!r}; there are {', '.join(known)}")
    return from_schema(known[root])


def _own_spellings(cls: type[Any]) -> dict[str, SearchStrategy[Any]]:
    """What only `validate` knows about single fields, by the class's name."""
    word = st.text(st.sampled_from("abc019"), min_size=1, max_size=5)
    url = st.builds("{}://{}.example.com/".format, st.sampled_from(["http", "https"]), word)
    document = word.map(lambda text: base64.b64encode(b'{"a":"%s"}' % text.encode()).decode())
    known: dict[str, dict[str, SearchStrategy[Any]]] = {
        "CallbackPolicyItem": {"callback": document, "variables": st.just("") | document},
        "ErrorDocument": {"status": st.sampled_from([None, 200, 404])},
        "LifecycleTag": {"key": word, "value": word},
        "MirrorAlternate": {"url": url},
        "Redirect": {"mirror_url": url, "mirror_url_slave": st.none() | url},
    }
    return known.get(cls.__name__, {})


@st.composite
def _instances(draw: DrawFn, cls: type[T], own: dict[str, SearchStrategy[Any] | None]) -> T:
    values = {}
    for field in schema.fields_of(cls):
        strategy = own[field.attribute]
        values[field.attribute] = draw(_values(field) if strategy is None else strategy)
    instance = cls(**values)
    spare = [field for field in schema.fields_of(cls) if _may_be_left_out(field)]
    for field in draw(st.permutations(spare)) if _refused(instance) else ():
        instance = dataclasses.replace(instance, **{field.attribute: field.absent()})  # type: ignore[type-var]  # mypy does not see that it is a dataclass
        if not _refused(instance):
            break
    assume(not _refused(instance))
    return instance


def _refused(instance: object) -> bool:
    try:
        schema.check(instance)
    except errors.OSSError:
        return True
    return False


def _may_be_left_out(field: Field) -> bool:
    if field.default is not schema.REQUIRED or isinstance(field.kind, Flag):
        return True
    return field.repeats and field.at_least == 0


def _values(field: Field) -> SearchStrategy[Any]:
    one = _one(field)
    if field.repeats:
        # An empty tuple is not written, and what is absent is read as the default.
        least = max(field.at_least, 1 if field.default not in (schema.REQUIRED, None, ()) else 0)
        most = max(least, MOST if field.at_most is None else min(MOST, field.at_most))
        unique = isinstance(field.kind, Text)
        one = st.lists(one, min_size=least, max_size=most, unique=unique).map(tuple)
    return st.none() | one if field.default is None else one


def _one(field: Field) -> SearchStrategy[Any]:
    kind = field.kind
    if isinstance(kind, Nested):
        return st.deferred(lambda: from_schema(kind.cls))
    if isinstance(kind, Integer):
        near = min(kind.highest, max(kind.lowest, 0) + 400)
        return st.integers(max(kind.lowest, min(0, kind.highest)), near) | st.integers(kind.lowest, kind.highest)
    if isinstance(kind, Boolean | Flag):
        return st.booleans()
    return _times(kind) if isinstance(kind, Timestamp) else _texts(field, kind)


def _times(kind: Timestamp) -> SearchStrategy[datetime]:
    def rounded(moment: datetime) -> datetime:
        if kind.form == "midnight":
            return moment.replace(hour=0, minute=0, second=0, microsecond=0)
        exact = moment.microsecond // _MILLISECOND * _MILLISECOND if kind.form == "iso" else 0
        return moment.replace(microsecond=exact)

    span = (datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 - Hypothesis adds the time zone
    return st.datetimes(*span, timezones=st.just(timezone.utc)).map(rounded)


def _texts(field: Field, kind: Text) -> SearchStrategy[str]:
    if kind.choices:
        found: SearchStrategy[str] = st.sampled_from(kind.choices)
    elif kind.pattern:
        found = st.from_regex(kind.pattern, fullmatch=True).filter(_is_printable)
    else:
        most = kind.shortest + MOST * 4
        found = st.text(
            _LETTER, min_size=kind.shortest, max_size=most if kind.longest is None else min(most, kind.longest)
        )
    if field.separated:
        found = found.filter(lambda text: bool(text) and text == text.strip() and field.separated not in text)
    return found.filter(lambda text: kind.problem(text) is None)


def _is_printable(text: str) -> bool:
    """Whether XML can carry the text as it is."""
    return text.isprintable()
