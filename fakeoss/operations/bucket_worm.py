"""InitiateBucketWorm, AbortBucketWorm, CompleteBucketWorm, ExtendBucketWorm and GetBucketWorm."""

from __future__ import annotations

import re

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty, timestamp
from fakeoss.state import worm
from fakeoss.wire.bind import params, query
from fakeoss.wire.message import Reply

_DAYS = re.compile(r"[+-]?[0-9]{1,9}\Z")


def _period(call: Call, root: str) -> int:
    """The days a document asks for; raises MalformedXML where it does not say, InvalidWORMConfiguration otherwise."""
    node = call.document()
    text = node.text_of("RetentionPeriodInDays", None)
    if node.name != root or text is None:
        raise errors.MissingRetentionPeriod(ErrorDetail=f"{root} with RetentionPeriodInDays is expected.")
    if not _DAYS.match(text.strip()):
        raise errors.InvalidWORMConfiguration().because(f"RetentionPeriodInDays is {text!r}")
    return int(text)


@operation("InitiateBucketWorm")
def initiate_bucket_worm(call: Call) -> Reply:
    """Begin a retention policy that lapses in 24 hours unless it is locked (reference 7.2.1).

    Raises MalformedXML, InvalidWORMConfiguration, WORMConfigurationLocked and InvalidRequest; the answer
    tells the policy's id in `x-oss-worm-id`.
    """
    worm_id = call.ids.hex("worm").upper()
    call.save(worm.initiate(call.bucket(), worm_id, _period(call, "InitiateWormConfiguration"), call.second))
    return empty(200, [("x-oss-worm-id", worm_id)])


@operation("AbortBucketWorm")
def abort_bucket_worm(call: Call) -> Reply:
    """Delete a policy that is not locked; raises NoSuchWORMConfiguration, WORMConfigurationLocked (reference 7.2.2)."""
    call.save(worm.abort(call.bucket(), call.now))
    return empty(204)


@params
class OfPolicy:
    """What the operations on one policy take."""

    worm_id: str = query("wormId")


@operation("CompleteBucketWorm", OfPolicy)
def complete_bucket_worm(call: Call, ask: OfPolicy) -> Reply:
    """Lock a policy for good; raises NoSuchWORMConfiguration, WORMConfigurationLocked (reference 7.2.3)."""
    call.save(worm.complete(call.bucket(), ask.worm_id, call.now))
    return empty(200)


@operation("ExtendBucketWorm", OfPolicy)
def extend_bucket_worm(call: Call, ask: OfPolicy) -> Reply:
    """Lengthen the period of a locked policy (reference 7.2.4).

    Raises MalformedXML, NoSuchWORMConfiguration, InvalidWORMConfiguration.
    """
    bucket = call.bucket()
    call.save(worm.extend(bucket, ask.worm_id, _period(call, "ExtendWormConfiguration"), call.now))
    return empty(200)


@operation("GetBucketWorm")
def get_bucket_worm(call: Call) -> Reply:
    """The policy in force; raises NoSuchWORMConfiguration (reference 7.2.5).

    While it is in progress, `ExpirationDate` tells when it lapses (SDK v2, `WormConfiguration`). Times are spelt as
    everywhere, which the reference's sample does not show (documentation of ossutil's `worm get`).
    """
    found = worm.require_policy(call.bucket(), call.now)
    return document(
        "WormConfiguration",
        [
            ("WormId", found.worm_id),
            ("State", found.state),
            ("RetentionPeriodInDays", found.days),
            ("CreationDate", timestamp(found.created)),
            ("ExpirationDate", None if found.is_locked else timestamp(found.lapses_at)),
        ],
    )
