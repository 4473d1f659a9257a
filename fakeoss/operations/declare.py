"""How an operation is written: a function and its declared parameters, made a value by `@operation`.

```python
@params
class DeleteObject:
    version_id: str | None = query("versionId", default=None)


@operation("DeleteObject", DeleteObject)
def delete_object(call: Call, ask: DeleteObject) -> Reply: ...
```

Nothing registers on import; `fakeoss.operations.catalogue` gathers the values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from fakeoss.counting import counted
from fakeoss.operations.rows import Row, names, rows
from fakeoss.spelling import hint
from fakeoss.wire.bind import bind, is_declared

if TYPE_CHECKING:
    from fakeoss.operations.call import Call
    from fakeoss.wire.message import Reply

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Operation(Generic[A]):
    """An implemented operation: its row, its declared parameters and the function that answers.

    `run` is the function as written; it takes the parameters only if there are any (`ask`).
    `module`, `file` and `line` tell where it stands.
    """

    row: Row
    ask: type[A] | None
    run: Callable[..., Reply]
    module: str
    file: str
    line: int

    @property
    def name(self) -> str:
        """The canonical name."""
        return self.row.name

    def answer(self, call: Call) -> Reply:
        """Convert and check the parameters, then run; raises the service's refusals."""
        if self.ask is None:
            return self.run(call)
        return self.run(call, bind(self.ask, call.arguments, call.headers))

    def __call__(self, call: Call, *ask: A) -> Reply:
        """Run the function as written, with parameters at hand."""
        return self.run(call, *ask)


@overload
def operation(name: str) -> Callable[[Callable[[Call], Reply]], Operation[None]]: ...
@overload
def operation(name: str, ask: type[A]) -> Callable[[Callable[[Call, A], Reply]], Operation[A]]: ...
def operation(name: str, ask: type[A] | None = None) -> Callable[[Any], Operation[Any]]:
    """Make the decorated function the implementation of the operation called `name`.

    The function takes the call, and the parameters where `ask` declares some. Raises LookupError for a
    name the table does not hold; aliases are refused, so that there is one spelling. Raises TypeError
    where `ask` declares nothing, or the function takes other arguments.
    """
    row = _row(name)
    if ask is not None and not is_declared(ask):
        raise TypeError(f"{ask.__qualname__} of {name} has no @params")

    def declare(run: Callable[..., Reply]) -> Operation[Any]:
        code = run.__code__
        if code.co_argcount != (1 if ask is None else 2):
            asked = "no parameters" if ask is None else ask.__qualname__
            given = counted(code.co_argcount, "argument")
            raise TypeError(f"{run.__qualname__} takes {given}; @operation gives it {asked}")
        return Operation(row, cast("type[Any] | None", ask), run, run.__module__, code.co_filename, code.co_firstlineno)

    return declare


def _row(name: str) -> Row:
    for row in rows():
        if row.name == name:
            return row
    known = names().get(name)
    meant = f"; it is an alias of {known}" if known else hint(name, names())
    raise LookupError(f"no operation is called {name}{meant}")
