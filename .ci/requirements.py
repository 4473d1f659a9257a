"""Print what the installed fakeoss requires without any extra, one requirement a line."""

from __future__ import annotations

from importlib.metadata import requires

for requirement in requires("fakeoss") or []:
    if "extra ==" not in requirement:
        print(requirement.replace(" ", ""))
