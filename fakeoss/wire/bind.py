"""Declared parameters: what an operation asks of a request, converted and refused before its body runs.

```python
@params
class Ask:
    version_id: str | None = query("versionId", default=None)
    max_keys: int = query("max-keys", integer(1, 1000), default=100)
```
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from fakeoss import errors

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: object) -> Callable[[Any], Any]:
        """Stand in for the typing construct that Python 3.10 lacks."""
        return lambda decorated: decorated


T = TypeVar("T")
Convert = Callable[[str, str], Any]
"""(parameter's name, raw text) to value; raises the service's refusal."""

REQUIRED: Any = object()
"""The default of a parameter that must be given."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter: where it stands, its name on the wire, its converter and default."""

    source: str
    name: str
    convert: Convert
    default: Any
    missing: errors.Row


def text(_name: str, value: str) -> str:
    """The text as it stands."""
    return value


def _parameter(
    source: str, name: str, convert: Convert, default: Any, missing: errors.Row = errors.InvalidArgument
) -> Any:
    parameter = Parameter(source, name, convert, default, missing)
    if default is REQUIRED:
        return dataclasses.field(metadata={"parameter": parameter})
    return dataclasses.field(default=default, metadata={"parameter": parameter})


def query(name: str, convert: Convert = text, *, default: Any = REQUIRED) -> Any:
    """A query parameter, decoded; a bare `?name` reads as empty text."""
    return _parameter("query", name, convert, default)


def header(name: str, convert: Convert = text, *, default: Any = REQUIRED) -> Any:
    """A request header, as latin-1 text."""
    return _parameter("header", name.lower(), convert, default)


def either(name: str, convert: Convert = text, *, default: Any = REQUIRED) -> Any:
    """A parameter that may stand in a header or, in signed URLs, in the query; the header wins."""
    return _parameter("either", name, convert, default)


@dataclass_transform(kw_only_default=True, field_specifiers=(query, header, either))
def params(cls: type[T]) -> type[T]:
    """Make a frozen dataclass of declared parameters; raises TypeError for a field that says no place."""
    made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    for field in dataclasses.fields(made):
        if "parameter" not in field.metadata:
            raise TypeError(f"{cls.__qualname__}.{field.name} stands nowhere; declare it by query, header or either")
    parameters = tuple((field.name, field.metadata["parameter"]) for field in dataclasses.fields(made))
    made.__parameters_by_attribute__ = parameters
    optional = all(parameter.default is not REQUIRED for _, parameter in parameters)
    made.__nothing_asked__ = made() if optional else None
    asking: type[T] = made
    return asking


def is_declared(ask: type[Any]) -> bool:
    """Whether a class was made by `params`."""
    return hasattr(ask, "__parameters_by_attribute__")


def _parameters(ask: type[Any]) -> tuple[tuple[str, Parameter], ...]:
    """The declared parameters of a class; kept on it, so that they are looked up once."""
    found: tuple[tuple[str, Parameter], ...] = ask.__parameters_by_attribute__
    return found


def bind(ask: type[T], arguments: Mapping[str, str], headers: Mapping[str, str]) -> T:
    """The declared parameters of one request.

    `arguments` are decoded query parameters, `headers` first values by lower-case name. Raises the
    refusal of the first bad parameter in order of declaration.
    """
    values: dict[str, Any] = {}
    for attribute, parameter in _parameters(ask):
        raw = arguments.get(parameter.name) if parameter.source == "query" else _raw(parameter, arguments, headers)
        if raw is not None:
            values[attribute] = parameter.convert(parameter.name, raw)
        elif parameter.default is REQUIRED:
            raise parameter.missing(message=f"Missing required argument {parameter.name}.", ArgumentName=parameter.name)
    return ask(**values) if values else _nothing(ask)


def _nothing(ask: type[T]) -> T:
    """The parameters where none was given: one value for all such requests, most of those for objects."""
    nothing: T = ask.__nothing_asked__  # type: ignore[attr-defined] # `params` has put it there
    return nothing


def _raw(parameter: Parameter, arguments: Mapping[str, str], headers: Mapping[str, str]) -> str | None:
    if parameter.source == "header":
        return headers.get(parameter.name)
    found = headers.get(parameter.name.lower())
    return arguments.get(parameter.name) if found is None else found


def refuse(name: str, value: str, message: str | None = None) -> errors.OSSError:
    """The InvalidArgument that names argument and value."""
    return errors.InvalidArgument(message=message, ArgumentName=name, ArgumentValue=value)


def integer(lowest: int | None = None, highest: int | None = None, message: str | None = None) -> Convert:
    """A decimal integer within bounds, both included; digits beyond 19 are refused unread."""

    def convert(name: str, value: str) -> int:
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 19):
            raise refuse(name, value, message)
        number = int(value)
        if (lowest is not None and number < lowest) or (highest is not None and number > highest):
            raise refuse(name, value, message)
        return number

    return convert


def one_of(*choices: str, refusal: errors.Row | None = None, message: str | None = None) -> Convert:
    """One of the given spellings; otherwise InvalidArgument, or `refusal`."""

    def convert(name: str, value: str) -> str:
        if value in choices:
            return value
        if refusal is not None:
            raise refusal(message=message, ArgumentName=name, ArgumentValue=value)
        raise refuse(name, value, message)

    return convert


def boolean(name: str, value: str) -> bool:
    """`true` or `false`, whatever the case."""
    lowered = value.lower()
    if lowered not in ("true", "false"):
        raise refuse(name, value)
    return lowered == "true"
