"""The command-line server as another program sees it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.sources import ROOT


@dataclass(frozen=True, slots=True)
class Served:
    """A server in a process of its own: where it is, its key, and the process."""

    url: str
    credentials: tuple[str, str]
    process: subprocess.Popen[str]

    @property
    def port(self) -> str:
        """The port alone."""
        return self.url.rpartition(":")[2]


@contextmanager
def served(*arguments: str | Path) -> Iterator[Served]:
    """`python -m fakeoss serve` at a free port, interrupted at the end."""
    command = [sys.executable, "-m", "fakeoss", "serve", "--port", "0", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        told = "".join(process.stdout.readline() for _ in range(4))
        try:
            yield Served(*_where(told), process)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
            process.wait(30)


def _where(told: str) -> tuple[str, tuple[str, str]]:
    found = re.search(r"at (\S+)\naccess key id +(\S+)\naccess key secret +(\S+)\n", told)
    assert found is not None, told
    return found[1], (found[2], found[3])
