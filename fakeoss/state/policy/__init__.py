"""The policy language of bucket, access point and RAM policies, and its one evaluator.

`document` reads and checks, `match` and `conditions` compile, `evaluate` decides.
"""

from __future__ import annotations

from fakeoss.state.policy.document import Policy, Statement, parse_bucket_policy, parse_ram_policy
from fakeoss.state.policy.evaluate import Ask, Effect, Requester, Verdict, evaluate, is_public
from fakeoss.state.policy.match import Resource

__all__ = [
    "Ask",
    "Effect",
    "Policy",
    "Requester",
    "Resource",
    "Statement",
    "Verdict",
    "evaluate",
    "is_public",
    "parse_bucket_policy",
    "parse_ram_policy",
]
