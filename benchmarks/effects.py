"""What the passing of time costs: `python -m benchmarks.effects [OBJECTS ...]` (default 10,000 and 100,000).

A bucket with 1,000 lifecycle rules: what a request pays for them, what setting them takes, and what a year takes.
Through `handle` and without a client, so that nothing but the fake is timed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

import fakeoss
from benchmarks.scale import BODY, BUCKET, ask
from benchmarks.timing import per_call, ratio, table, us

RULES = 1_000
SIZES = (10_000, 100_000)
KEY = "/folder-0500/0000500"
ALLOWED = 20
"""Microseconds that a GET may pay for 1,000 rules over 100,000 objects."""


def rules(due: int = RULES) -> bytes:
    """A document of 1,000 rules of a prefix each; the first `due` of them expire their objects within the year."""
    found = (
        f"<Rule><ID>{number}</ID><Prefix>folder-{number:04}/</Prefix><Status>Enabled</Status>"
        f"<Expiration><Days>{30 + number % 60 if number < due else 3000}</Days></Expiration></Rule>"
        for number in range(RULES)
    )
    return f"<LifecycleConfiguration>{''.join(found)}</LifecycleConfiguration>".encode()


def fill(oss: fakeoss.FakeOSS, objects: int) -> None:
    """Put so many objects into a bucket, spread over the prefixes of all rules."""
    oss.create_bucket(BUCKET)
    for number in range(objects):
        ask(oss, "PUT", f"/folder-{number % RULES:04}/{number:07}", b"1")


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of processor time that something takes, done once."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1e3


def requests(objects: int) -> bool:
    """Requests to a bucket with rules, beside one without; tells whether a GET pays no more than it may."""
    plain, ruled = fakeoss.FakeOSS(journal_length=10), fakeoss.FakeOSS(journal_length=10)
    for oss in (plain, ruled):
        fill(oss, objects)
    ask(ruled, "PUT", "/?lifecycle", rules())
    rows, extra = [], {}
    for name, method, target, data in (
        ("get", "GET", KEY, b""),
        ("head", "HEAD", KEY, b""),
        ("put 1 KiB", "PUT", KEY, BODY),
        ("page of 100", "GET", "/?list-type=2&max-keys=100", b""),
    ):
        work = {which: partial(ask, oss, method, target, data) for which, oss in (("plain", plain), ("ruled", ruled))}
        found = per_call(work, rounds=30)
        extra[name] = found["ruled"] - found["plain"]
        rows.append(
            (name, us(found["plain"]), us(found["ruled"]), us(extra[name]), ratio(found["ruled"], found["plain"]))
        )
    table(
        f"Requests to a bucket of {objects:,} objects, with {RULES:,} rules and without",
        ("call", "without", "with", "more", "with : without"),
        rows,
    )
    return extra["get"] <= ALLOWED


def passing(sizes: tuple[int, ...]) -> None:
    """Setting rules, and a year going by, by how many objects there are and how many of them expire."""
    rows = []
    for objects in sizes:
        for share in (0, 10, 100):
            with fakeoss.mock_oss(journal_length=10) as oss:
                fill(oss, objects)
                due = RULES * share // 100
                setting = timed(partial(ask, oss, "PUT", "/?lifecycle", rules(due)))
                oss.clock.advance(days=365)
                year = timed(partial(ask, oss, "GET", "/?location"))
                gone = objects - len(oss.bucket(BUCKET))
            each = f"{year * 1e3 / gone:,.1f} us" if gone else "-"
            rows.append(
                (
                    f"{objects:,}, {share} % expire",
                    f"{setting:,.0f} ms",
                    f"{setting * 1e3 / objects:,.1f} us",
                    f"{year:,.1f} ms",
                    each,
                )
            )
    table(
        f"Setting {RULES:,} rules, and a year",
        ("objects", "set", "an object", "the year", "an expired object"),
        rows,
    )


def main() -> int:
    """Measure and print; 1 where the rules cost a GET too much."""
    sizes = tuple(int(text.replace(",", "")) for text in sys.argv[1:]) or SIZES
    is_cheap = requests(sizes[-1])
    passing(sizes)
    print(f"\nA GET pays {'at most' if is_cheap else 'more than'} {ALLOWED} us for the rules.")
    return 0 if is_cheap else 1


if __name__ == "__main__":
    sys.exit(main())
