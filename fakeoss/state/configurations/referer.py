"""Hotlink protection as it is configured."""

from __future__ import annotations

from fakeoss.schema import boolean, schema, texts
from fakeoss.state.policy.referer import RefererRules


@schema("RefererConfiguration")
class RefererConfiguration:
    """White and black list of Referer headers (reference 7.12.1; newer elements: docs, PutBucketReferer).

    No limit of the lists' size is documented.
    """

    allow_empty: bool = boolean("AllowEmptyReferer", default=True)
    truncate_query: bool = boolean("AllowTruncateQueryString", default=True)
    truncate_path: bool = boolean("TruncatePath", default=False)
    whitelist: tuple[str, ...] = texts("Referer", inside="RefererList", keep_empty=True)
    blacklist: tuple[str, ...] = texts("Referer", inside="RefererBlacklist")

    @property
    def rules(self) -> RefererRules:
        """What requests are judged by; entries count without the space around them."""
        return RefererRules(
            whitelist=_entries(self.whitelist),
            blacklist=_entries(self.blacklist),
            allow_empty=self.allow_empty,
            truncate_query=self.truncate_query,
            truncate_path=self.truncate_path,
        )


def _entries(listed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in listed if entry.strip())


DEFAULT = RefererConfiguration(whitelist=(), blacklist=())
"""What a bucket answers that has none: nothing is checked."""
