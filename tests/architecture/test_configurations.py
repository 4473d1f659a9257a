"""What a bucket keeps by the name of a class is told apart by it, and asked for by names that there are."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import fakeoss
from fakeoss.edge.permission import OBJECTING

PACKAGE = Path(fakeoss.__file__).parent
SOURCES = "".join(path.read_text() for path in PACKAGE.rglob("*.py"))
KEPT = ("state/configurations", "state/policy", "state/effects")
"""Where the classes stand whose values a bucket keeps."""


def names() -> Counter[str]:
    """How many classes of those places have each name."""
    found: Counter[str] = Counter()
    for path in sorted(path for place in KEPT for path in (PACKAGE / place).rglob("*.py")):
        module = import_module(".".join(("fakeoss", *path.relative_to(PACKAGE).with_suffix("").parts)))
        classes = [
            each for _, each in inspect.getmembers(module, inspect.isclass) if each.__module__ == module.__name__
        ]
        found.update(each.__name__ for each in classes)
    return found


def test_no_two_classes_of_what_a_bucket_keeps_have_one_name() -> None:
    read = re.findall(r"\bconfigurations?\((?:kind=)?([A-Z]\w+)[),]", SOURCES)
    counts = names()
    kept = {name: counts[name] for name in read if name in counts}
    assert len(kept) > 20
    assert set(kept.values()) == {1}


def test_who_asks_by_name_asks_for_a_class_there_is() -> None:
    asked = set(re.findall(r'"(\w+)" (?:not )?in bucket\.configurations', SOURCES))
    assert {"WebsiteConfiguration", "CorsConfiguration", "BucketLogging", "LifecyclePlan"} <= asked
    assert asked <= set(names())


def test_what_may_object_to_the_owner_is_there() -> None:
    assert set(names()) >= OBJECTING
