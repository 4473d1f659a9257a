"""The kit's machines find planted bugs of the fake within their budget in CI: none of these mutants survives."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from fakeoss import kit
from fakeoss.operations import object_worm
from fakeoss.state import listing, protection, uploads, worm
from fakeoss.state.version_stack import VersionStack
from fakeoss.wire import ranges
from fakeoss.wire.conditions import Conditions
from tests.kit.test_machines import EXAMPLES


@dataclass(frozen=True, slots=True)
class Mutant:
    """A bug: in a function's source, `old` becomes `new`; `area` is where it shows."""

    area: str
    says: str
    function: Callable[..., Any]
    old: str
    new: str

    def code(self) -> Any:
        """The function's code with the bug in it."""
        source = textwrap.dedent(inspect.getsource(self.function))
        assert source.count(self.old) == 1, f"{self.old!r} stands {source.count(self.old)} times in the source"
        names: dict[str, Any] = dict(self.function.__globals__)
        changed = "from __future__ import annotations\n" + source.replace(self.old, self.new)
        exec(compile(changed, f"<mutant: {self.says}>", "exec"), names)  # noqa: S102 - a planted bug
        return names[self.function.__name__].__code__


MUTANTS = [
    Mutant(
        "versions",
        "a suspended put leaves the null version where it was",
        VersionStack.put,
        "older = self.remove(NULL)",
        "return self.replace(version)",
    ),
    Mutant(
        "versions",
        "a suspended delete removes the null version without a marker",
        VersionStack.delete,
        "return self.put(marker)",
        "return self.remove(NULL) if NULL in self and versioning == 'Suspended' else self.put(marker)",
    ),
    Mutant(
        "versions",
        "a page of versions skips one",
        VersionStack.after,
        "items(after=age, reverse=True)",
        "items(after=age - 1, reverse=True)",
    ),
    Mutant(
        "versions",
        "only the first of a key's versions is the latest",
        listing._entries,
        "version is stack.latest",
        "True",
    ),
    Mutant(
        "listing",
        "a delimiter within the prefix makes a common prefix",
        listing._group,
        "name.find(delimiter, len(prefix))",
        "name.find(delimiter)",
    ),
    Mutant(
        "listing",
        "a start after the prefix is forgotten",
        listing._begin,
        "marker < prefix",
        "not marker.startswith(prefix)",
    ),
    Mutant(
        "listing",
        "a full page counts as truncated",
        listing.walk,
        "next(elements, None) is not None",
        "len(shown) == limit",
    ),
    Mutant("conditions", "not modified only strictly later", Conditions.judge, "since >= modified", "since > modified"),
    Mutant("conditions", "unmodified only strictly later", Conditions.judge, "since < modified", "since <= modified"),
    Mutant(
        "conditions",
        "If-None-Match does not know the asterisk",
        Conditions.judge,
        "_lists(self.if_none_match, etag)",
        "self.if_none_match.strip('\"') == etag",
    ),
    Mutant(
        "conditions",
        "a range is told without its last byte",
        ranges.Span.content_range,
        "{self.last}",
        "{self.last - 1}",
    ),
    Mutant("conditions", "behaviors of ranges mixed up", ranges.parse, "behavior != STANDARD", "behavior == STANDARD"),
    Mutant(
        "multipart",
        "the smallest part is too small",
        uploads.complete,
        "part.size < LEAST_PART",
        "part.size <= LEAST_PART",
    ),
    Mutant(
        "multipart",
        "a part may be named twice",
        uploads._chosen,
        "number >= following",
        "number > following",
    ),
    Mutant(
        "multipart",
        "a part uploaded again keeps its first content",
        uploads.Upload.with_part,
        "self.parts.set(part.number, part)",
        "self.parts if part.number in self.parts else self.parts.set(part.number, part)",
    ),
    Mutant(
        "retention",
        "a policy that nobody locked does not lapse",
        worm.BucketWorm.is_in_force,
        "now < self.lapses_at",
        "True",
    ),
    Mutant(
        "retention",
        "objects are kept a day longer",
        worm.BucketWorm.keeps_until,
        "timedelta(days=self.days)",
        "timedelta(days=self.days + 1)",
    ),
    Mutant("retention", "a period may be extended to itself", worm.extend, "days <= found.days", "days < found.days"),
    Mutant(
        "retention",
        "kept objects can be overwritten",
        protection.of_overwriting,
        "replaced(bucket, key)",
        "None",
    ),
    Mutant("holds", "a legal hold keeps nothing", protection._protections, "if version.legal_hold", "if False"),
    Mutant(
        "holds",
        "retention in compliance mode can be bypassed",
        protection._protections,
        "retention.mode == GOVERNANCE",
        "True",
    ),
    Mutant(
        "holds",
        "the mode of retention can be changed",
        object_worm._check_change,
        "asked.mode != present.mode",
        "False",
    ),
    Mutant(
        "holds",
        "retention in compliance mode can be shortened",
        object_worm._check_change,
        "present.mode == COMPLIANCE or ",
        "",
    ),
]


@pytest.mark.parametrize("mutant", [pytest.param(mutant, id=f"{mutant.area}: {mutant.says}") for mutant in MUTANTS])
def test_a_planted_bug_is_found(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutant.function, "__code__", mutant.code())
    with pytest.raises(kit.Difference, match="def test_raw_and_model_agree"):
        kit.compare(mutant.area, "raw", "model", examples=EXAMPLES, shrink=False)


def test_there_are_mutants_of_every_kind() -> None:
    assert len(MUTANTS) >= 10
    areas = {"versions", "listing", "conditions", "multipart", "retention", "holds"}
    assert {mutant.area for mutant in MUTANTS} == areas
