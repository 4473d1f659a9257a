"""The environment variables that SDKs read credentials from, while a fake is active."""

from __future__ import annotations

import os
from collections.abc import Mapping

KEY_ID, KEY_SECRET = "OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET"
TOKENS = ("OSS_SESSION_TOKEN", "OSS_SECURITY_TOKEN")
NAMES = (KEY_ID, KEY_SECRET, *TOKENS)


class Environment:
    """Holds what the variables were before the first activation, whatever order activations end in."""

    needs = "os"

    def __init__(self) -> None:
        """Nothing is held yet."""
        self._before: Mapping[str, str] | None = None

    def load(self) -> Environment:
        """Itself: there is nothing to import."""
        return self

    def install(self) -> None:
        """Note the variables as they are."""
        self._before = {name: os.environ[name] for name in NAMES if name in os.environ}

    def uninstall(self) -> None:
        """Put everything back."""
        self.show(None)
        self._before = None

    def show(self, credentials: tuple[str, str] | None) -> None:
        """Let the variables hold these credentials, or what they held before for None."""
        if self._before is None:
            return
        wanted = dict(self._before) if credentials is None else dict(zip((KEY_ID, KEY_SECRET), credentials, strict=True))
        for name in NAMES:
            os.environ.pop(name, None)
        os.environ.update(wanted)


ENVIRONMENT = Environment()
"""The process has one environment, so there is one of these."""
