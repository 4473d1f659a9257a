"""Changes of a bucket's redundancy: tasks that wait, work and are done."""

from __future__ import annotations

from datetime import timedelta

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.moments import utc
from tests.operations.conftest import Refused, ServiceError
from tests.people import refusal

TARGET = "/?redundancyTransition&x-oss-target-redundancy-type=ZRS"


def redundancy(oss: fakeoss.FakeOSS, name: str = BUCKET) -> str:
    found: str = oss.client().get_bucket_info(oss_v2.GetBucketInfoRequest(name)).bucket_info.data_redundancy_type
    return found


def create(client: oss_v2.Client, name: str = BUCKET) -> str:
    request = oss_v2.CreateBucketDataRedundancyTransitionRequest(name, target_redundancy_type="ZRS")
    answer = client.create_bucket_data_redundancy_transition(request)
    made: str = answer.bucket_data_redundancy_transition.task_id
    return made


def get(client: oss_v2.Client, task: str) -> oss_v2.BucketDataRedundancyTransition:
    request = oss_v2.GetBucketDataRedundancyTransitionRequest(BUCKET, redundancy_transition_taskid=task)
    return client.get_bucket_data_redundancy_transition(request).bucket_data_redundancy_transition


def test_a_bucket_stands_in_several_zones_after_a_day(oss: fakeoss.FakeOSS, client: oss_v2.Client) -> None:
    oss.clock.travel_to(utc(2024, 5, 1, 12))
    oss.create_bucket(BUCKET)
    task = create(client)
    waiting = get(client, task)
    assert len(task) == 32
    assert (waiting.bucket, waiting.task_id, waiting.status) == (BUCKET, task, "Queueing")
    assert (waiting.start_time, waiting.process_percentage, waiting.end_time) == (None, None, None)
    assert waiting.create_time == "2024-05-01T12:00:00.000Z"

    oss.clock.advance(hours=13)
    working = get(client, task)
    assert (working.status, working.process_percentage, working.estimated_remaining_time) == ("Processing", 50, 12)
    assert (working.start_time, working.end_time) == ("2024-05-01T13:00:00.000Z", None)
    assert redundancy(oss) == "LRS"

    oss.clock.advance(hours=12)
    done = get(client, task)
    assert (done.status, done.process_percentage, done.estimated_remaining_time) == ("Finished", 100, 0)
    assert done.end_time == "2024-05-02T13:00:00.000Z"
    assert redundancy(oss) == "ZRS"

    oss.clock.advance(days=-1)
    assert get(client, task).status == "Finished"
    assert redundancy(oss) == "ZRS"


def test_how_long_it_takes_is_a_setting() -> None:
    with fakeoss.mock_oss(redundancy_start=timedelta(0), redundancy_duration=timedelta(minutes=1)) as oss:
        oss.create_bucket(BUCKET)
        task = create(oss.client())
        assert get(oss.client(), task).status == "Processing"
        oss.clock.advance(minutes=1)
        assert redundancy(oss) == "ZRS"


def test_a_waiting_or_finished_task_may_be_deleted(oss: fakeoss.FakeOSS, client: oss_v2.Client) -> None:
    oss.create_bucket(BUCKET)
    bucket = oss.oss2_bucket(BUCKET)
    assert bucket.delete_bucket_data_redundancy_transition(create(client)).status == 204
    oss.clock.advance(days=2)
    assert redundancy(oss) == "LRS"
    task = create(client)
    oss.clock.advance(days=2)
    assert bucket.delete_bucket_data_redundancy_transition(task).status == 204
    assert redundancy(oss) == "ZRS"
    assert bucket.list_bucket_data_redundancy_transition().data_redundancy_transitions == []


def test_a_working_task_cannot_be_deleted(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    task = create(client)
    oss.clock.advance(hours=2)
    request = oss_v2.DeleteBucketDataRedundancyTransitionRequest(BUCKET, redundancy_transition_taskid=task)
    error = service_error(client.delete_bucket_data_redundancy_transition, request)
    assert (error.status_code, error.code) == (409, "BucketDataRedundancyTransitionTaskStatusConflict")


def test_tasks_are_listed_in_pages_the_newest_first(oss: fakeoss.FakeOSS, client: oss_v2.Client) -> None:
    names = [f"bucket-number-{number}" for number in (2, 1, 3)]
    tasks = []
    for name in names:
        oss.create_bucket(name)
        tasks.append((name, create(client, name)))
    oss.create_bucket("strange-bucket", account="6543210987654321")
    found = []
    token: str | None = ""
    while token is not None:
        request = oss_v2.ListUserDataRedundancyTransitionRequest(max_keys=2, continuation_token=token)
        page = client.list_user_data_redundancy_transition(request).list_bucket_data_redundancy_transition
        found += page.bucket_data_redundancy_transition
        token = page.next_continuation_token if page.is_truncated else None
    assert [(each.bucket, each.task_id) for each in found] == tasks[::-1]
    request = oss_v2.ListBucketDataRedundancyTransitionRequest(names[0])
    own = client.list_bucket_data_redundancy_transition(request).list_bucket_data_redundancy_transition
    assert [each.task_id for each in own.bucket_data_redundancy_transition] == [tasks[0][1]]
    assert not own.is_truncated


def test_no_tasks_make_an_empty_list(oss: fakeoss.FakeOSS, raw: Raw) -> None:
    reply = raw("GET", "/?redundancyTransition", bucket=None)
    assert reply.status == 200
    assert b"<IsTruncated>false</IsTruncated>" in reply.data()


def test_one_task_at_a_time(bucket: oss2.Bucket, client: oss_v2.Client, refused: Refused) -> None:
    create(client)
    found = refused(409, "BucketDataRedundancyTransitionTaskAlreadyExist", "POST", TARGET)
    assert found["BucketName"] == BUCKET


@pytest.mark.parametrize("name", ["ColdArchive", "DeepColdArchive"])
def test_cold_buckets_cannot_be_changed(oss: fakeoss.FakeOSS, refused: Refused, name: str) -> None:
    oss.create_bucket(BUCKET, storage_class=name)
    refused(400, "BucketDataRedundancyTransitionTaskNotSupport", "POST", TARGET)


def test_only_one_zone_becomes_several(oss: fakeoss.FakeOSS, client: oss_v2.Client, refused: Refused) -> None:
    request = oss_v2.CreateBucketConfiguration(data_redundancy_type="ZRS")
    client.put_bucket(oss_v2.PutBucketRequest(BUCKET, create_bucket_configuration=request))
    code = "BucketDataRedundancyTransitionTaskNotSupport"
    refused(400, code, "POST", TARGET)
    oss.create_bucket("other-bucket")
    refused(400, code, "POST", TARGET.replace("ZRS", "LRS"), bucket="other-bucket")


def test_an_account_may_have_so_many_tasks() -> None:
    with fakeoss.mock_oss(redundancy_tasks=2) as oss:
        client = oss.client()
        for name in (BUCKET, "second-bucket", "third-bucket"):
            oss.create_bucket(name)
        bucket = oss.oss2_bucket(BUCKET)
        task = create(client)
        create(client, "second-bucket")
        oss.clock.advance(days=2)
        oss.create_bucket("strange-bucket", account="6543210987654321")
        third = oss_v2.CreateBucketDataRedundancyTransitionRequest("third-bucket", target_redundancy_type="ZRS")
        refused = (400, "BucketDataRedundancyTransitionTaskExceedLimit", "")
        assert refusal(client.create_bucket_data_redundancy_transition, third) == refused
        assert refusal(oss.oss2_bucket("third-bucket").create_bucket_data_redundancy_transition, "ZRS") == refused
        assert oss.requests[-1].why == "settings.redundancy_tasks is 2"
        bucket.delete_bucket_data_redundancy_transition(task)
        create(client, "third-bucket")


@pytest.mark.parametrize("region", ["cn-guangzhou", "us-west-1"])
def test_not_every_region_can_change_buckets(oss: fakeoss.FakeOSS, region: str) -> None:
    oss.create_bucket(BUCKET, region=region)
    request = oss_v2.CreateBucketDataRedundancyTransitionRequest(BUCKET, target_redundancy_type="ZRS")
    found = refusal(oss.client(region).create_bucket_data_redundancy_transition, request)
    assert found[:2] == (400, "BucketDataRedundancyTransitionTaskNotSupport")


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_unknown_task_is_refused(bucket: oss2.Bucket, refused: Refused, method: str) -> None:
    target = "/?redundancyTransition&x-oss-redundancy-transition-taskid=unknown"
    refused(404, "BucketDataRedundancyTransitionTaskNotExist", method, target)


@pytest.mark.parametrize("options", ["max-keys=0", "max-keys=101", "max-keys=a", "continuation-token=a"])
def test_a_page_is_of_one_to_a_hundred_tasks(bucket: oss2.Bucket, refused: Refused, options: str) -> None:
    found = refused(400, "InvalidArgument", "GET", f"/?redundancyTransition&{options}", bucket=None)
    assert found["ArgumentName"] == options.partition("=")[0]


def test_no_bucket_no_task(oss: fakeoss.FakeOSS, refused: Refused) -> None:
    refused(404, "NoSuchBucket", "POST", TARGET)
