"""The environment variables that SDKs read credentials from, while a fake is active."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

KEY_ID, KEY_SECRET = "OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET"
TOKENS = ("OSS_SESSION_TOKEN", "OSS_SECURITY_TOKEN")
NAMES = (KEY_ID, KEY_SECRET, *TOKENS)

Values = dict[str, str | None]
"""Variables by name; None for one that is not set."""


@dataclass(slots=True)
class _Layer:
    """What one activation put over what it found."""

    owner: object
    shown: Values
    found: Values


class Environment:
    """Credentials in the process's variables, one layer an activation; layers may leave in any order.

    What a layer found is put back when it leaves from the top. When one leaves from beneath another, that
    one inherits what it would have found. So in the end all is as it was, and a value that somebody else
    set between two activations is there again between their ends.
    """

    def __init__(self) -> None:
        """Nothing is shown yet."""
        self.lock = threading.Lock()
        """Held for a moment by whoever comes or goes."""
        self._layers: list[_Layer] = []
        self._last: _Layer | None = None

    def enter(self, owner: object, credentials: tuple[str, str]) -> None:
        """Let the variables hold these credentials until `owner` leaves."""
        shown: Values = dict.fromkeys(NAMES) | dict(zip((KEY_ID, KEY_SECRET), credentials, strict=True))
        with self.lock:
            found = _read(NAMES)
            self._layers.append(_Layer(owner, shown, found))
            _write(_changed(shown, found))

    def leave(self, owner: object) -> None:
        """Take the layer of `owner` off; nothing happens where it has none."""
        with self.lock:
            place = next((place for place, layer in enumerate(self._layers) if layer.owner is owner), None)
            if place is None:
                return
            layer = self._layers.pop(place)
            if place == len(self._layers):
                self._last = layer
                _write(layer.found)
            else:
                above = self._layers[place]
                above.found = _without(above.found, layer)

    def mend(self) -> None:
        """Put back what the last layer found where its credentials have turned up again.

        Whoever notes the variables while a fake is active and restores them after its end does that, such
        as pytest's monkeypatch where a test names it before the fixture.
        """
        with self.lock:
            if self._last is not None and not self._layers:
                now = _read(NAMES)
                _write(_changed(_without(now, self._last), now))
                self._last = None


def _without(values: Values, layer: _Layer) -> Values:
    """The values with what the layer shows replaced by what it found."""
    return {name: layer.found[name] if value == layer.shown[name] else value for name, value in values.items()}


def _changed(values: Values, before: Values) -> Values:
    """Those of the values that are not as before."""
    return {name: value for name, value in values.items() if value != before[name]}


def _read(names: Iterable[str]) -> Values:
    return {name: os.environ.get(name) for name in names}


def _write(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is not None:
            os.environ[name] = value
        elif name in os.environ:
            del os.environ[name]


ENVIRONMENT = Environment()
"""The process has one environment, so there is one of these."""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=ENVIRONMENT.lock.acquire,
        after_in_parent=ENVIRONMENT.lock.release,
        after_in_child=ENVIRONMENT.lock.release,
    )
