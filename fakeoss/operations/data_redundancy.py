"""Operations on tasks that change the redundancy of buckets."""

from __future__ import annotations

from collections.abc import Iterable

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import document, empty, timestamp
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.redundancy import CHANGEABLE, REGIONS, RedundancyTransition
from fakeoss.state.effects import redundancy as effect
from fakeoss.state.effects.means import Means
from fakeoss.wire.bind import integer, params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element

PAGE = 100
"""Tasks of a page of their list, at most and unless asked for less."""


@params
class Creation:
    """What the redundancy is to become."""

    target: str = query("x-oss-target-redundancy-type")


@operation("CreateBucketDataRedundancyTransition", Creation)
def create_bucket_data_redundancy_transition(call: Call, ask: Creation) -> Reply:
    """Begin the change of a bucket from LRS to ZRS.

    Raises ...TaskNotSupport for any other change, for buckets of cold classes and in regions without,
    ...TaskAlreadyExist while a task is not finished, ...TaskExceedLimit where the account keeps as many tasks as the
    settings allow, done ones included (assumption A271).
    """
    bucket = call.bucket()
    if any(not each.is_finished for each in bucket.keyed_configurations(RedundancyTransition)):
        raise errors.BucketDataRedundancyTransitionTaskAlreadyExist(BucketName=bucket.name)
    if ask.target != "ZRS" or bucket.redundancy != "LRS" or not _is_changeable(bucket):
        raise errors.BucketDataRedundancyTransitionTaskNotSupport(BucketName=bucket.name)
    owned = call.world.buckets_of(bucket.owner)
    if sum(len(each.keyed_configurations(RedundancyTransition)) for each in owned) >= call.settings.redundancy_tasks:
        raise errors.BucketDataRedundancyTransitionTaskExceedLimit(BucketName=bucket.name).because(
            f"settings.redundancy_tasks is {call.settings.redundancy_tasks}"
        )
    world, made = effect.begin(call.world, bucket, call.second, Means(call.ids, call.settings))
    call.save_world(world)
    return document("BucketDataRedundancyTransition", [("TaskId", made.id)])


def _is_changeable(bucket: Bucket) -> bool:
    return bucket.storage_class in CHANGEABLE and bucket.region in REGIONS


@params
class Choice:
    """Which task."""

    id: str = query("x-oss-redundancy-transition-taskid")


@operation("GetBucketDataRedundancyTransition", Choice)
def get_bucket_data_redundancy_transition(call: Call, ask: Choice) -> Reply:
    """Tell of one task of a bucket; raises BucketDataRedundancyTransitionTaskNotExist."""
    bucket = call.bucket()
    return document("BucketDataRedundancyTransition", _elements(call, bucket, _task(bucket, ask.id)))


@operation("DeleteBucketDataRedundancyTransition", Choice)
def delete_bucket_data_redundancy_transition(call: Call, ask: Choice) -> Reply:
    """Forget one task of a bucket; raises ...TaskNotExist, and ...TaskStatusConflict while it is at work."""
    bucket = call.bucket()
    task = _task(bucket, ask.id)
    if task.status(call.now) == "Processing":
        raise errors.BucketDataRedundancyTransitionTaskStatusConflict(TaskId=task.id)
    call.save(bucket.without_keyed(RedundancyTransition, task.id))
    return empty(204)


def _task(bucket: Bucket, name: str) -> RedundancyTransition:
    found = bucket.keyed_configuration(RedundancyTransition, name)
    if found is None:
        raise errors.BucketDataRedundancyTransitionTaskNotExist(TaskId=name)
    return found


@params
class Listing:
    """What the lists take."""

    token: str = query("continuation-token", default="")
    max_keys: int = query("max-keys", integer(1, PAGE), default=PAGE)


@operation("ListBucketDataRedundancyTransition", Listing)
def list_bucket_data_redundancy_transition(call: Call, ask: Listing) -> Reply:
    """The tasks of a bucket, the newest first."""
    return _listed(call, ask, [call.bucket()])


@operation("ListUserDataRedundancyTransition", Listing)
def list_user_data_redundancy_transition(call: Call, ask: Listing) -> Reply:
    """The tasks of all buckets of the account, the newest first."""
    return _listed(call, ask, call.world.buckets_of(call.identity.account_id))


def _listed(call: Call, ask: Listing, buckets: Iterable[Bucket]) -> Reply:
    """A page of tasks; the token is the number of the last of the page before."""
    held = [(bucket, task) for bucket in buckets for task in bucket.keyed_configurations(RedundancyTransition)]
    held.sort(key=lambda pair: pair[1].number, reverse=True)
    if ask.token:
        if not (ask.token.isascii() and ask.token.isdecimal()):
            raise errors.InvalidArgument(ArgumentName="continuation-token", ArgumentValue=ask.token)
        held = [pair for pair in held if pair[1].number < int(ask.token)]
    page, is_truncated = held[: ask.max_keys], len(held) > ask.max_keys
    elements: list[Element] = [
        ("BucketDataRedundancyTransition", _elements(call, bucket, task)) for bucket, task in page
    ]
    elements += [
        ("IsTruncated", is_truncated),
        ("NextContinuationToken", str(page[-1][1].number) if is_truncated else None),
    ]
    return document("ListBucketDataRedundancyTransition", elements)


def _elements(call: Call, bucket: Bucket, task: RedundancyTransition) -> list[Element]:
    """What is told of a task: once it works its start and progress, once it is finished its end."""
    status = task.status(call.now)
    elements: list[Element] = [
        ("Bucket", bucket.name),
        ("TaskId", task.id),
        ("Status", status),
        ("CreateTime", timestamp(task.created)),
    ]
    if status != "Queueing":
        elements += [
            ("StartTime", timestamp(task.starts)),
            ("ProcessPercentage", task.percentage(call.now)),
            ("EstimatedRemainingTime", task.hours_left(call.now)),
        ]
    if status == "Finished":
        elements.append(("EndTime", timestamp(task.ends)))
    return elements
