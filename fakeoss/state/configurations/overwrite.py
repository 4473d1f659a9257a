"""Overwrite protection: rules that keep objects of certain names as they are."""

from __future__ import annotations

from collections.abc import Iterable

from fakeoss import errors
from fakeoss.schema import repeated, schema, text, texts
from fakeoss.state.accounts import Identity
from fakeoss.state.bucket import Bucket
from fakeoss.state.objects import ObjectVersion

RULES_LIMIT = 100
AFFIX_LIMIT = 1023
"""Rules of a bucket, characters in a prefix or suffix (documentation: PutBucketOverwriteConfig)."""


@schema()
class OverwriteRule:
    """Who may not overwrite which objects; everyone, where nobody is named.

    An asterisk in a principal stands for any text; in prefix and suffix it is an asterisk (documentation:
    PutBucketOverwriteConfig).
    """

    id: str | None = text("ID", default=None, shortest=1)
    action: str = text("Action", choices=("forbid",), bad=errors.InvalidOverwriteConfig)
    prefix: str = text("Prefix", default="", longest=AFFIX_LIMIT, bad=errors.InvalidOverwriteConfig)
    suffix: str = text("Suffix", default="", longest=AFFIX_LIMIT, bad=errors.InvalidOverwriteConfig)
    principals: tuple[str, ...] = texts("Principal", inside="Principals")

    def forbids(self, key: str, principals: Iterable[str]) -> bool:
        """Whether the rule keeps the object `key` from someone who goes by these names."""
        if not (key.startswith(self.prefix) and key.endswith(self.suffix)):
            return False
        if not self.principals or "*" in self.principals:
            return True
        return any(_meets(named, mine) for named in self.principals for mine in principals)


def _meets(pattern: str, name: str) -> bool:
    first, *middle = pattern.split("*")
    if not middle:
        return pattern == name
    *middle, last = middle
    position, end = len(first), len(name) - len(last)
    if not name.startswith(first) or not name.endswith(last):
        return False
    for piece in middle:
        found = name.find(piece, position, max(end, 0))
        if found < 0:
            return False
        position = found + len(piece)
    return position <= end


@schema("OverwriteConfiguration")
class OverwriteConfiguration:
    """The rules of a bucket, each with an id of its own."""

    rules: tuple[OverwriteRule, ...] = repeated(
        "Rule",
        OverwriteRule,
        at_least=1,
        at_most=RULES_LIMIT,
        missing=errors.InvalidOverwriteConfig,
        too_many=errors.InvalidOverwriteConfig,
    )

    def validate(self) -> None:
        """Refuse two rules of one id."""
        ids = [rule.id for rule in self.rules if rule.id is not None]
        if len(set(ids)) < len(ids):
            raise errors.InvalidOverwriteConfig(ErrorDetail="Two rules have the same ID.")


def check_overwrite(bucket: Bucket, key: str, writer: Identity) -> None:
    """Refuse to overwrite an object that a rule keeps: FileAlreadyExists.

    Like `x-oss-forbid-overwrite` the rules mean nothing once versioning was ever set (assumption A175).
    """
    configuration = bucket.configuration(OverwriteConfiguration)
    if configuration is None or bucket.versioning is not None:
        return
    if not isinstance(bucket.objects.current(key), ObjectVersion):
        return
    names = writer.principals
    for rule in configuration.rules:
        if rule.forbids(key, names):
            raise errors.FileAlreadyExists(Key=key).because(f"overwrite protection rule {rule.id} keeps the object")
