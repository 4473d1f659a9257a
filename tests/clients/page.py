"""The table of `docs/clients.md`: `python -m tests.clients.page` writes it, a test compares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.clients.cases import CASES
from tests.clients.client import Client
from tests.clients.matrix import PLAIN, SDKS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "clients.md"
_BLOCK = re.compile(r"(?<=<!-- matrix -->\n).*?(?=<!-- end of matrix -->)", re.DOTALL)


def table(clients: tuple[type[Client], ...]) -> Iterator[str]:
    """A line a case, a column a client, and beneath it why a cell is empty."""
    yield "| | " + " | ".join(client.name for client in clients) + " |"
    yield "| --- |" + " :-: |" * len(clients)
    for case in CASES:
        yield f"| {case.name} | " + " | ".join("-" if case.name in each.cannot else "yes" for each in clients) + " |"
    yield ""
    for client in clients:
        reasons: dict[str, list[str]] = {}
        for name, reason in client.cannot.items():
            reasons.setdefault(reason, []).append(name)
        told = "; ".join(f"{reason} ({', '.join(names)})" for reason, names in reasons.items())
        if told:
            yield f"- {client.name}: {told}."


def matrix() -> str:
    """The part of the page that is generated."""
    return "\n".join(("", *table(SDKS), "", *table(PLAIN), "", ""))


def written(text: str) -> str:
    """The text of the page with today's matrix."""
    return _BLOCK.sub(lambda _: matrix(), text)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
