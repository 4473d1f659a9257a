"""What the project requires: each with a lowest release that is tried and, if users get it, a reason."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETUP = ConfigParser(interpolation=None)
SETUP.read(ROOT / "setup.cfg", encoding="utf-8")
EXTRAS = SETUP["options.extras_require"]
OF_USERS = SETUP["options"]["install_requires"].split()
REQUIREMENTS = [*OF_USERS, *(line for extra in EXTRAS for line in EXTRAS[extra].split())]

_BOUND = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)(?P<sign>>=|==)(?P<release>[0-9.]+)(?:,<[0-9.]+)?(?:;.+)?")


def bounds(lines: list[str]) -> dict[str, str]:
    """The release that each line names, without zeros at its end; lines that name none are left out."""
    found = filter(None, map(_BOUND.fullmatch, lines))
    return {each["name"].lower(): re.sub(r"(\.0)+$", "", each["release"]) for each in found}


LOWEST = bounds(REQUIREMENTS)


@pytest.mark.parametrize("requirement", [line for line in REQUIREMENTS if not line.startswith("fakeoss[")])
def test_it_has_a_lowest_release(requirement: str) -> None:
    assert bounds([requirement])


def test_the_lowest_releases_are_tried() -> None:
    tried = bounds((ROOT / ".ci" / "environments" / "lowest.txt").read_text(encoding="utf-8").split("\n"))
    assert {*bounds(OF_USERS)} <= {*tried}
    assert tried == {name: LOWEST[name] for name in tried}


@pytest.mark.parametrize(("name", "release"), bounds(OF_USERS).items())
def test_the_page_gives_its_reason(name: str, release: str) -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^\| {name} \| (\S+) \| .+ \|$", page, re.MULTILINE)
    assert bounds([f"{name}>={found}"]) == {name: release}


@pytest.mark.parametrize("extra", list(EXTRAS))
def test_the_page_tells_of_the_extra(extra: str) -> None:
    assert f"\n| `{extra}` | " in (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
