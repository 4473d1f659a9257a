"""Signatures V1, V2 and V4, in the Authorization header, in the URL and in a form, judged on the raw request.

`claim_of` reads what a request claims, `judge_scope` and `judge_time` look at the claim alone, `verify` computes
the signature again. A caller puts its own questions (does the bucket exist, is the key known) between them.
"""

from fakeoss.edge.signature.claim import Claim as Claim
from fakeoss.edge.signature.claim import Scope as Scope
from fakeoss.edge.signature.compute import Subject as Subject
from fakeoss.edge.signature.form import claim_of_form as claim_of_form
from fakeoss.edge.signature.form import verify_form as verify_form
from fakeoss.edge.signature.networks import restricted as restricted
from fakeoss.edge.signature.parse import claim_of as claim_of
from fakeoss.edge.signature.scope import judge_scope as judge_scope
from fakeoss.edge.signature.times import judge_time as judge_time
from fakeoss.edge.signature.v4 import KeyCache as KeyCache
from fakeoss.edge.signature.verify import verify as verify
