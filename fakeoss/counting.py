"""How counts are told in messages."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """`1 request`, `2 requests`; the noun takes an s when it is not one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
