"""Declared configurations: dataclasses whose fields say what they look like in XML and which values they take.

One declaration is read four times: by the parser and the renderer (`fakeoss.wire.schema_xml`), by the validator
(`check`) and by the Hypothesis strategies (`fakeoss.kit`).

```python
@schema("RefererConfiguration")
class Referer:
    allow_empty: bool = boolean("AllowEmptyReferer")
    referers: tuple[str, ...] = texts("Referer", inside="RefererList", at_most=100, keep_empty=True)
```

A field without `default` must be in the document, unless it repeats: then none is an empty tuple. `default=None`
makes it optional: absent is None, and None is left out. Plain dataclass fields may stand beside; XML ignores them.
A method `validate(self) -> None`, where there is one, judges what spans several fields and raises the refusal.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from fakeoss import errors

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: object) -> Callable[[Any], Any]:
        """Stand in for the typing construct that Python 3.10 lacks."""
        return lambda decorated: decorated


T = TypeVar("T")

REQUIRED: Any = object()
"""The default of a field that must be given."""

LOWEST, HIGHEST = -(1 << 63), (1 << 63) - 1
"""Bounds of integers that have no narrower ones: 64 bits."""

Problem = Literal["form", "value"]
"""Why a value is refused: it is not of the kind at all, or is of it but out of bounds."""

Form = Literal["iso", "seconds", "midnight", "http"]
"""How a time is written: `2022-07-13T00:00:00.000Z`, without fraction, the first but at midnight only, RFC 1123."""


@dataclass(frozen=True, slots=True)
class Text:
    """Character data, kept exactly. `choices`, where given, are all it may be; `pattern` matches the whole of it.

    `shortest` and `longest` count characters, or bytes of UTF-8 where `unit` says so.
    """

    choices: tuple[str, ...] = ()
    pattern: str = ""
    shortest: int = 0
    longest: int | None = None
    unit: Literal["characters", "bytes"] = "characters"

    def problem(self, value: object) -> Problem | None:
        """What is wrong with a value, if anything."""
        if not isinstance(value, str) or (self.choices and value not in self.choices):
            return "form"
        size = len(value) if self.unit == "characters" else len(value.encode("utf-8", "surrogatepass"))
        if size < self.shortest or (self.longest is not None and size > self.longest):
            return "value"
        return "value" if self.pattern and not re.fullmatch(self.pattern, value) else None


@dataclass(frozen=True, slots=True)
class Integer:
    """A decimal integer within bounds, both included; 64 bits unless said otherwise."""

    lowest: int = LOWEST
    highest: int = HIGHEST

    def problem(self, value: object) -> Problem | None:
        """What is wrong with a value, if anything."""
        if not isinstance(value, int) or isinstance(value, bool):
            return "form"
        return None if self.lowest <= value <= self.highest else "value"


@dataclass(frozen=True, slots=True)
class Boolean:
    """`true` or `false`."""

    def problem(self, value: object) -> Problem | None:
        """What is wrong with a value, if anything."""
        return None if isinstance(value, bool) else "form"


@dataclass(frozen=True, slots=True)
class Flag:
    """An empty element: True where it is there."""

    def problem(self, value: object) -> Problem | None:
        """What is wrong with a value, if anything."""
        return None if isinstance(value, bool) else "form"


@dataclass(frozen=True, slots=True)
class Timestamp:
    """An aware UTC time, whole milliseconds in form `iso`, whole seconds in the others."""

    form: Form = "iso"

    def problem(self, value: object) -> Problem | None:
        """What is wrong with a value, if anything."""
        if not isinstance(value, datetime) or value.utcoffset() != timedelta(0):
            return "form"
        finest = 1000 if self.form == "iso" else 1_000_000
        at_midnight = self.form != "midnight" or value.time() == time(0)
        return None if at_midnight and value.microsecond % finest == 0 else "value"


@dataclass(frozen=True, slots=True)
class Nested:
    """An element with children of its own: a declared class."""

    cls: type[Any]

    def problem(self, value: object) -> Problem | None:
        """What is wrong with a value, if anything; its own fields are judged by `check`."""
        return None if isinstance(value, self.cls) else "form"


Kind = Text | Integer | Boolean | Flag | Timestamp | Nested


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field: attribute, element, kind, and what is refused how.

    `inside` names the elements around it. `separated` repeats within one element (`PUT,DELETE`). `keep_empty`
    writes the innermost of `inside` (or, where separated, the element) even if nothing repeats.
    """

    element: str
    kind: Kind
    inside: tuple[str, ...] = ()
    default: Any = REQUIRED
    repeats: bool = False
    at_least: int = 0
    at_most: int | None = None
    separated: str = ""
    keep_empty: bool = False
    bad: errors.Row | None = None
    missing: errors.Row = errors.MalformedXML
    too_many: errors.Row = errors.MalformedXML
    attribute: str = ""

    def absent(self) -> Any:
        """The value where the document has no such element; raises `missing` where it must."""
        if self.default is not REQUIRED:
            return self.default
        if isinstance(self.kind, Flag):
            return False
        if self.repeats:
            return ()
        raise _refusal(self.missing, self.element, "", f"{self.element} is missing.")

    def refusal(self, text: str, problem: Problem) -> errors.OSSError:
        """What to raise for a bad value, spelled `text` in the document; nothing at all is a missing one."""
        if not text.strip() and self.missing is not errors.MalformedXML:
            return _refusal(self.missing, self.element, text, f"{self.element} is empty.")
        usual = errors.MalformedXML if problem == "form" else errors.InvalidArgument
        return _refusal(self.bad or usual, self.element, text, f"{self.element} must not be {text!r}.")


def _refusal(row: errors.Row, element: str, text: str, detail: str) -> errors.OSSError:
    if row.code == errors.MalformedXML.code:
        return row(ErrorDetail=detail)
    return row(ArgumentName=element, ArgumentValue=text)


@dataclass(frozen=True, slots=True)
class Schema:
    """What a declared class knows: accepted root elements (the first is written), fields, and unknown children.

    These are ignored, or refused with `unknown`, those named by `passed_over` left out.
    """

    roots: tuple[str, ...]
    fields: tuple[Field, ...]
    unknown: errors.Row | None
    passed_over: tuple[str, ...]


def _declared(field: Field) -> Any:
    metadata = {"schema": field}
    if field.default is REQUIRED:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=field.default, metadata=metadata)


def _path(inside: str | tuple[str, ...]) -> tuple[str, ...]:
    return (inside,) if isinstance(inside, str) else inside


def text(
    element: str,
    *,
    choices: tuple[str, ...] = (),
    pattern: str = "",
    shortest: int = 0,
    longest: int | None = None,
    unit: Literal["characters", "bytes"] = "characters",
    inside: str | tuple[str, ...] = (),
    default: Any = REQUIRED,
    bad: errors.Row | None = None,
    missing: errors.Row = errors.MalformedXML,
) -> Any:
    """A field of type `str`."""
    kind = Text(choices, pattern, shortest, longest, unit)
    return _declared(Field(element, kind, _path(inside), default, bad=bad, missing=missing))


def texts(
    element: str,
    *,
    choices: tuple[str, ...] = (),
    pattern: str = "",
    shortest: int = 0,
    longest: int | None = None,
    unit: Literal["characters", "bytes"] = "characters",
    at_least: int = 0,
    at_most: int | None = None,
    separated: str = "",
    keep_empty: bool = False,
    inside: str | tuple[str, ...] = (),
    default: Any = REQUIRED,
    bad: errors.Row | None = None,
    missing: errors.Row = errors.MalformedXML,
    too_many: errors.Row = errors.MalformedXML,
) -> Any:
    """A field of type `tuple[str, ...]`: the element repeats, or holds several texts with a separator between."""
    kind = Text(choices, pattern, shortest, longest, unit)
    limits = (True, at_least, at_most, separated, keep_empty)
    return _declared(Field(element, kind, _path(inside), default, *limits, bad, missing, too_many))


def integer(
    element: str,
    *,
    lowest: int = LOWEST,
    highest: int = HIGHEST,
    inside: str | tuple[str, ...] = (),
    default: Any = REQUIRED,
    bad: errors.Row | None = None,
    missing: errors.Row = errors.MalformedXML,
) -> Any:
    """A field of type `int`."""
    return _declared(Field(element, Integer(lowest, highest), _path(inside), default, bad=bad, missing=missing))


def boolean(
    element: str,
    *,
    inside: str | tuple[str, ...] = (),
    default: Any = REQUIRED,
    bad: errors.Row | None = None,
    missing: errors.Row = errors.MalformedXML,
) -> Any:
    """A field of type `bool`."""
    return _declared(Field(element, Boolean(), _path(inside), default, bad=bad, missing=missing))


def flag(element: str, *, inside: str | tuple[str, ...] = (), default: Any = REQUIRED) -> Any:
    """A field of type `bool` that is True where the element, usually empty, is there."""
    return _declared(Field(element, Flag(), _path(inside), default))


def timestamp(
    element: str,
    *,
    form: Form = "iso",
    inside: str | tuple[str, ...] = (),
    default: Any = REQUIRED,
    bad: errors.Row | None = None,
    missing: errors.Row = errors.MalformedXML,
) -> Any:
    """A field of type `datetime`, aware, in UTC."""
    return _declared(Field(element, Timestamp(form), _path(inside), default, bad=bad, missing=missing))


def nested(
    element: str,
    cls: type[Any],
    *,
    inside: str | tuple[str, ...] = (),
    default: Any = REQUIRED,
    missing: errors.Row = errors.MalformedXML,
) -> Any:
    """A field whose type is another declared class."""
    return _declared(Field(element, Nested(cls), _path(inside), default, missing=missing))


def repeated(
    element: str,
    cls: type[Any],
    *,
    at_least: int = 0,
    at_most: int | None = None,
    keep_empty: bool = False,
    inside: str | tuple[str, ...] = (),
    default: Any = REQUIRED,
    missing: errors.Row = errors.MalformedXML,
    too_many: errors.Row = errors.MalformedXML,
) -> Any:
    """A field of type `tuple[cls, ...]`, in document order."""
    limits = (True, at_least, at_most, "", keep_empty)
    return _declared(Field(element, Nested(cls), _path(inside), default, *limits, None, missing, too_many))


_SCHEMA = "__schema__"


@dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    field_specifiers=(text, texts, integer, boolean, flag, timestamp, nested, repeated, dataclasses.field),
)
def schema(
    *roots: str, unknown: errors.Row | None = None, passed_over: tuple[str, ...] = ()
) -> Callable[[type[T]], type[T]]:
    """Make a frozen dataclass of declared fields; `roots` are the root elements, none for a nested class.

    Children that no field declares are ignored; with `unknown` they are refused so, but for those of `passed_over`.
    """

    def decorate(cls: type[T]) -> type[T]:
        made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        fields = tuple(
            dataclasses.replace(field.metadata["schema"], attribute=field.name)
            for field in dataclasses.fields(made)  # type: ignore[arg-type]  # mypy does not see that it is a dataclass
            if "schema" in field.metadata
        )
        setattr(made, _SCHEMA, Schema(roots, fields, unknown, passed_over))
        return made

    return decorate


def schema_of(cls: type[Any]) -> Schema:
    """The declaration of a class made by `schema`; TypeError for any other."""
    found = getattr(cls, _SCHEMA, None)
    if not isinstance(found, Schema):
        raise TypeError(f"{cls.__qualname__} is not a declared configuration")
    return found


def fields_of(cls: type[Any]) -> tuple[Field, ...]:
    """The declared fields of a class, in order."""
    return schema_of(cls).fields


def check(instance: object) -> None:
    """Hold an instance against its declaration: each field in order, nested ones whole, then `validate()`.

    Raises the refusal of the first that fails, the same the service gives for the document.
    """
    for field in fields_of(type(instance)):
        value = getattr(instance, field.attribute)
        if value is None and field.default is None:
            continue
        if field.repeats:
            _check_count(field, value)
        for item in value if field.repeats else (value,):
            _check_value(field, item)
    validate = getattr(instance, "validate", None)
    if validate is not None:
        validate()


def _check_count(field: Field, value: tuple[object, ...]) -> None:
    if len(value) < field.at_least:
        raise _refusal(field.missing, field.element, "", f"At least {field.at_least} of {field.element} must be given.")
    if field.at_most is not None and len(value) > field.at_most:
        detail = f"At most {field.at_most} of {field.element} may be given."
        raise _refusal(field.too_many, field.element, str(len(value)), detail)


def _check_value(field: Field, value: object) -> None:
    problem = field.kind.problem(value) or _separated_problem(field, value)
    if problem is not None:
        raise field.refusal(str(value), problem)
    if isinstance(field.kind, Nested):
        check(value)


def _separated_problem(field: Field, value: object) -> Problem | None:
    """What one of several texts in an element must not be, or it would not be read back: blank at an end, or two."""
    if not field.separated or not isinstance(value, str):
        return None
    return "value" if not value or value != value.strip() or field.separated in value else None
