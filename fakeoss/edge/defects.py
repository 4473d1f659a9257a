"""Defects of the fake itself that clients may have swallowed: kept, and brought to light in the end."""

from __future__ import annotations

import traceback


class Defects:
    """What `handle` raised in the hands of clients since the last `settle`."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        """None yet."""
        self._kept: tuple[Exception, ...] = ()

    def keep(self, defect: Exception) -> None:
        """Note one."""
        self._kept += (defect,)

    def drop_shown_by(self, error: BaseException) -> None:
        """Forget the defects that a traceback of `error` shows."""
        shown = _shown_by(error)
        self._kept = tuple(defect for defect in self._kept if defect not in shown)

    def settle(self, under_way: BaseException | None = None) -> None:
        """Raise the first defect kept and forget them all.

        An exception that is under way already is never replaced: defects it does not show itself are
        attached to it as notes, with their tracebacks.
        """
        if under_way is not None:
            self.drop_shown_by(under_way)
        kept, self._kept = self._kept, ()
        if under_way is not None:
            for defect in kept:
                _attach(under_way, "fakeoss itself failed before this, and a client swallowed it", defect)
        elif kept:
            first, *others = kept
            for other in others:
                _attach(first, "fakeoss failed again after this", other)
            raise first


def _shown_by(error: BaseException) -> list[BaseException]:
    """The exception and all that a traceback of it shows."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        found.append(current)
        members = getattr(current, "exceptions", ())
        hidden = None if current.__suppress_context__ else current.__context__
        waiting += [each for each in (current.__cause__, hidden, *members) if isinstance(each, BaseException)]
    return found


def _attach(error: BaseException, told: str, defect: Exception) -> None:
    """Add a note as `add_note` does, which Python 3.10 lacks; pytest shows it there as well."""
    notes = getattr(error, "__notes__", [])
    text = "".join(traceback.format_exception(type(defect), defect, defect.__traceback__)).rstrip()
    error.__dict__["__notes__"] = [*notes, f"{told}:\n{text}"]
