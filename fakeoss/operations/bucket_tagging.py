"""PutBucketTags, GetBucketTags and DeleteBucketTags."""

from __future__ import annotations

from dataclasses import replace

from fakeoss.operations.call import Call
from fakeoss.operations.configuring import reading, setting
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import empty
from fakeoss.state.configurations.tagging import BucketTagging
from fakeoss.wire.bind import params, query
from fakeoss.wire.message import Reply

PUT_BUCKET_TAGS = setting("PutBucketTags", BucketTagging)
GET_BUCKET_TAGS = reading("GetBucketTags", BucketTagging, default=lambda _: BucketTagging(tags=()))


@params
class DeleteBucketTags:
    """What DeleteBucketTags takes."""

    keys: str = query("tagging", default="")


@operation("DeleteBucketTags", DeleteBucketTags)
def delete_bucket_tags(call: Call, ask: DeleteBucketTags) -> Reply:
    """Delete all tags, or those whose keys are named, separated by commas (reference 7.13.3)."""
    bucket = call.bucket()
    tagging = bucket.configuration(BucketTagging)
    if tagging is None:
        return empty(204)
    named = set(ask.keys.split(",")) if ask.keys else {tag.key for tag in tagging.tags}
    kept = tuple(tag for tag in tagging.tags if tag.key not in named)
    if kept:
        call.save(bucket.with_configuration(replace(tagging, tags=kept)))
    else:
        call.save(bucket.without_configuration(BucketTagging))
    return empty(204)
