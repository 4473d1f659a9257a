"""Access logs as they are set, read, deleted and refused, and the lines they hold."""

from __future__ import annotations

import base64
import json
import re

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fakeoss
from tests.conftest import BUCKET, ENDPOINT, Raw
from tests.moments import utc
from tests.operations.conftest import Refused, ServiceError

LOGS = "logs-bucket"
FIELD = re.compile(r'\[[^]]*\]|"[^"]*"|\S+')
COLUMNS = (
    "remote_ip",
    "_",
    "_",
    "time",
    "request_uri",
    "status",
    "sent_bytes",
    "request_time",
    "referer",
    "user_agent",
    "host",
    "request_id",
    "logging_flag",
    "requester",
    "operation",
    "bucket",
    "key",
    "object_size",
    "server_cost_time",
    "error_code",
    "request_length",
    "user_id",
    "delta_data_size",
    "sync_request",
    "storage_class",
    "target_storage_class",
    "access_point",
    "access_key_id",
    "bucket_arn",
    "user_defined",
)


def parsed(line: str) -> dict[str, str]:
    """The fields of a line by name, as a reader of logs takes them apart."""
    fields = FIELD.findall(line)
    assert " ".join(fields) == line
    return dict(zip(COLUMNS, (field.strip('"[]') for field in fields), strict=False))


def lines(oss: fakeoss.FakeOSS) -> list[dict[str, str]]:
    view = oss.bucket(LOGS)
    return [parsed(line) for key in view for line in view.read(key).decode().splitlines()]


def put(oss: fakeoss.FakeOSS, bucket: str = BUCKET, target: str = LOGS, prefix: str = "log/") -> None:
    oss.client().put_bucket_logging(request(bucket, target, prefix))


def request(bucket: str, target: str, prefix: str | None = None) -> oss_v2.PutBucketLoggingRequest:
    enabled = oss_v2.LoggingEnabled(target_bucket=target, target_prefix=prefix)
    return oss_v2.PutBucketLoggingRequest(bucket, oss_v2.BucketLoggingStatus(logging_enabled=enabled))


@pytest.fixture
def source(oss: fakeoss.FakeOSS) -> oss2.Bucket:
    """A bucket whose requests are logged, at half past nine in Beijing on the first of May, and one for the logs."""
    oss.clock.travel_to(utc(2024, 5, 1, 1, 30))
    oss.create_bucket(BUCKET)
    oss.create_bucket(LOGS)
    put(oss)
    return oss.oss2_bucket(BUCKET)


def test_an_hour_s_requests_are_written_when_it_is_over(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.put_object("a", b"hello")
    oss.clock.advance(minutes=29)
    source.get_object("a").read()
    assert oss.bucket(LOGS).keys() == []
    oss.clock.advance(minutes=2)
    source.delete_object("a")
    assert oss.bucket(LOGS).keys() == [f"log/{BUCKET}2024-05-01-09-00-00-0001"]
    assert [line["operation"] for line in lines(oss)] == ["PutBucketLog", "PutObject", "GetObject"]
    oss.clock.advance(days=1)
    assert oss.bucket(LOGS).keys() == [
        f"log/{BUCKET}2024-05-01-09-00-00-0001",
        f"log/{BUCKET}2024-05-01-10-00-00-0001",
    ]
    assert lines(oss)[-1]["operation"] == "DeleteObject"


def test_a_line_tells_all_that_is_documented(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    sent = source.put_object("中 文", b"hello", headers={"Referer": 'https://example.com/"quoted"'})
    source.get_object("中 文", byte_range=(0, 1)).read()
    oss.clock.advance(hours=1)
    _, put_line, get_line = lines(oss)
    owner = oss.snapshot().world.buckets[BUCKET].owner
    assert put_line == {
        "remote_ip": "127.0.0.1",
        "_": "-",
        "time": "01/May/2024:09:30:00 +0800",
        "request_uri": "PUT /%E4%B8%AD%20%E6%96%87 HTTP/1.1",
        "status": "200",
        "sent_bytes": "0",
        "request_time": "1",
        "referer": r"https://example.com/\x22quoted\x22",
        "user_agent": put_line["user_agent"],
        "host": f"{BUCKET}.{ENDPOINT}",
        "request_id": sent.request_id,
        "logging_flag": "true",
        "requester": owner,
        "operation": "PutObject",
        "bucket": BUCKET,
        "key": "%E4%B8%AD%20%E6%96%87",
        "object_size": "5",
        "server_cost_time": "1",
        "error_code": "-",
        "request_length": put_line["request_length"],
        "user_id": owner,
        "delta_data_size": "5",
        "sync_request": "-",
        "storage_class": "Standard",
        "target_storage_class": "-",
        "access_point": "-",
        "access_key_id": put_line["access_key_id"],
        "bucket_arn": f"acs:oss:oss-cn-hangzhou:{owner}:{BUCKET}",
    }
    assert put_line["user_agent"].startswith("aliyun-sdk-python/")
    assert 100 < int(put_line["request_length"]) < 1000
    assert (get_line["status"], get_line["sent_bytes"], get_line["object_size"]) == ("206", "2", "5")
    assert get_line["delta_data_size"] == "-"


def test_sizes_tell_how_an_object_grows(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.append_object("log", 0, b"12345")
    source.append_object("log", 5, b"123")
    source.put_object("log", b"1", headers={"x-oss-storage-class": "IA"})
    oss.clock.advance(hours=1)
    assert [(line["object_size"], line["delta_data_size"], line["storage_class"]) for line in lines(oss)[1:]] == [
        ("5", "5", "Standard"),
        ("8", "3", "Standard"),
        ("1", "-7", "IA"),
    ]


def test_refusals_are_logged_too(oss: fakeoss.FakeOSS, source: oss2.Bucket, raw: Raw) -> None:
    assert raw("GET", "/none").status == 404
    assert raw("GET", "/none", signed=False).status == 403
    oss.clock.advance(hours=1)
    missing, denied = lines(oss)[1:]
    assert (missing["status"], missing["error_code"], missing["object_size"]) == ("404", "NoSuchKey", "-")
    assert (denied["status"], denied["error_code"]) == ("403", "AccessDenied")
    assert (denied["requester"], denied["access_key_id"]) == ("-", "-")


def test_requests_about_the_bucket_have_no_key(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.list_objects()
    source.batch_delete_objects(["a", "b"])
    oss.clock.advance(hours=1)
    found = [(line["operation"], line["key"], line["delta_data_size"]) for line in lines(oss)[1:]]
    assert found == [("GetBucket", "-", "-"), ("DeleteObjects", "-", "-")]


def test_user_defined_fields_stand_at_the_end(oss: fakeoss.FakeOSS, source: oss2.Bucket, raw: Raw) -> None:
    put_fields(oss, ["x-trace", "x-absent"], ["page"])
    raw("GET", "/a?page=%E4%B8%80", {"X-Trace": "t" * 1100})
    raw("GET", "/a?page=2", {"X-Trace": "abc"})
    oss.clock.advance(hours=1)
    cut, whole = (json.loads(base64.b64decode(line["user_defined"])) for line in lines(oss)[-2:])
    assert whole == {"truncated": False, "headers": {"x-trace": "abc"}, "querys": {"page": "2"}}
    assert cut == {"truncated": True, "headers": {"x-trace": "t" * 1017}, "querys": {}}


def test_a_bucket_may_hold_its_own_logs(oss: fakeoss.FakeOSS) -> None:
    oss.create_bucket(BUCKET)
    put(oss, target=BUCKET, prefix="")
    oss.clock.advance(hours=3)
    (key,) = oss.bucket(BUCKET).keys()
    assert key.startswith(BUCKET)


def test_lines_go_where_they_were_to_go_at_their_time(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    put(oss, prefix="other/")
    source.get_bucket_acl()
    source.delete_bucket_logging()
    source.get_bucket_acl()
    oss.clock.advance(hours=1)
    assert [key.split("/")[0] for key in oss.bucket(LOGS)] == ["log", "other"]
    assert [line["operation"] for line in lines(oss)] == ["PutBucketLog", "PutBucketLog", "GetBucketAcl"]


def test_a_log_never_takes_the_place_of_another(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    oss.clock.advance(hours=1)
    assert len(oss.bucket(LOGS).keys()) == 1
    oss.clock.advance(hours=-1)
    source.get_bucket_acl()
    oss.clock.advance(hours=1)
    assert [key[-4:] for key in oss.bucket(LOGS)] == ["0001", "0002"]


def test_logs_without_a_place_are_lost(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    oss.oss2_bucket(LOGS).delete_bucket()
    source.put_object("a", b"1")
    oss.clock.advance(hours=3)
    assert source.get_object("a").read() == b"1"


def test_a_user_needs_permission_to_write_where_the_logs_go(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    policy = {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:PutBucketLogging", "Resource": "*"}]}
    oss.add_credentials("LTAI5tuser", "secret", user="user", policy=json.dumps(policy))
    bucket = oss2.Bucket(oss2.Auth("LTAI5tuser", "secret"), f"https://{ENDPOINT}", BUCKET)
    with pytest.raises(oss2.exceptions.AccessDenied):
        bucket.put_bucket_logging(oss2.models.BucketLogging(LOGS, "log/"))


def test_the_last_lines_of_a_deleted_bucket_are_written(oss: fakeoss.FakeOSS, source: oss2.Bucket) -> None:
    source.delete_bucket()
    oss.clock.advance(hours=1)
    assert [line["operation"] for line in lines(oss)] == ["PutBucketLog"]


# Setting and reading


@pytest.mark.parametrize("prefix", ["", "log/", "日志+/&"])
def test_what_went_in_comes_out(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client, prefix: str) -> None:
    oss.create_bucket(LOGS)
    put(oss, prefix=prefix)
    found = bucket.get_bucket_logging()
    assert (found.target_bucket, found.target_prefix) == (LOGS, prefix)
    status = client.get_bucket_logging(oss_v2.GetBucketLoggingRequest(BUCKET)).bucket_logging_status
    assert (status.logging_enabled.target_bucket, status.logging_enabled.target_prefix or "") == (LOGS, prefix)
    policy = oss_info(client).bucket_policy
    assert (policy.log_bucket, policy.log_prefix or "") == (LOGS, prefix)


def oss_info(client: oss_v2.Client) -> oss_v2.BucketInfo:
    found: oss_v2.BucketInfo = client.get_bucket_info(oss_v2.GetBucketInfoRequest(BUCKET)).bucket_info
    return found


def test_a_role_is_kept(oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    enabled = oss_v2.LoggingEnabled(target_bucket=BUCKET, target_prefix="", logging_role="AliyunOSSLoggingDefaultRole")
    client.put_bucket_logging(oss_v2.PutBucketLoggingRequest(BUCKET, oss_v2.BucketLoggingStatus(enabled)))
    status = client.get_bucket_logging(oss_v2.GetBucketLoggingRequest(BUCKET)).bucket_logging_status
    assert status.logging_enabled.logging_role == "AliyunOSSLoggingDefaultRole"


def test_without_logging_the_answer_is_empty(oss: fakeoss.FakeOSS, source: oss2.Bucket, raw: Raw) -> None:
    source.delete_bucket_logging()
    source.delete_bucket_logging()
    assert source.get_bucket_logging().target_bucket == ""
    assert b"LoggingEnabled" not in raw("GET", "/?logging").data()
    put(oss)
    assert raw("PUT", "/?logging", {}, b"<BucketLoggingStatus></BucketLoggingStatus>").status == 200
    assert b"LoggingEnabled" not in raw("GET", "/?logging").data()
    oss.clock.advance(hours=1)
    assert [line["operation"] for line in lines(oss)] == ["PutBucketLog", "PutBucketLog"]


def test_a_target_that_is_not_there_or_elsewhere_is_refused(
    oss: fakeoss.FakeOSS, client: oss_v2.Client, service_error: ServiceError
) -> None:
    oss.create_bucket(BUCKET)
    oss.create_bucket(LOGS, region="cn-beijing")
    for name in ("absent-bucket", LOGS):
        error = service_error(client.put_bucket_logging, request(BUCKET, name))
        assert (error.status_code, error.code) == (400, "InvalidTargetBucketForLogging")


@pytest.mark.parametrize("prefix", ["/", "/log", "\\log", "l" * 901])
def test_a_prefix_that_no_key_begins_with_is_refused(
    oss: fakeoss.FakeOSS, client: oss_v2.Client, service_error: ServiceError, prefix: str
) -> None:
    oss.create_bucket(BUCKET)
    error = service_error(client.put_bucket_logging, request(BUCKET, BUCKET, prefix))
    assert (error.status_code, error.code) == (400, "InvalidArgument")


def test_a_stranger_s_bucket_is_no_target(
    oss: fakeoss.FakeOSS, client: oss_v2.Client, service_error: ServiceError
) -> None:
    oss.create_bucket(BUCKET)
    oss.create_bucket(LOGS, account="6543210987654321")
    error = service_error(client.put_bucket_logging, request(BUCKET, LOGS))
    assert (error.status_code, error.code) == (403, "InvalidTargetBucketForLogging")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<BucketLoggingStatus>",
        b"<Other/>",
        b"<BucketLoggingStatus><LoggingEnabled><TargetPrefix>a</TargetPrefix></LoggingEnabled></BucketLoggingStatus>",
    ],
)
def test_what_is_no_such_document_is_refused(bucket: oss2.Bucket, refused: Refused, body: bytes) -> None:
    refused(400, "MalformedXML", "PUT", "/?logging", {}, body)


# User-defined fields


def put_fields(oss: fakeoss.FakeOSS, headers: list[str], parameters: list[str]) -> None:
    oss.client().put_user_defined_log_fields_config(fields_request(headers, parameters))


def fields_request(headers: list[str], parameters: list[str]) -> oss_v2.PutUserDefinedLogFieldsConfigRequest:
    return oss_v2.PutUserDefinedLogFieldsConfigRequest(
        BUCKET,
        oss_v2.UserDefinedLogFieldsConfiguration(
            header_set=oss_v2.LoggingHeaderSet(headers=headers),
            param_set=oss_v2.LoggingParamSet(parameters=parameters),
        ),
    )


names = st.text("abcXYZ019-.", min_size=1, max_size=20)


@settings(deadline=None, max_examples=30)
@given(st.lists(names, max_size=3), st.lists(st.text("abc_中&<", min_size=1, max_size=10), max_size=3))
def test_user_defined_fields_come_back(headers: list[str], parameters: list[str]) -> None:
    with fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET)
        put_fields(oss, headers, parameters)
        get = oss_v2.GetUserDefinedLogFieldsConfigRequest(BUCKET)
        found = oss.client().get_user_defined_log_fields_config(get).user_defined_log_fields_configuration
        assert (found.header_set.headers if found.header_set else []) == headers
        assert (found.param_set.parameters if found.param_set else []) == parameters


def test_user_defined_fields_are_deleted(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    get = oss_v2.GetUserDefinedLogFieldsConfigRequest(BUCKET)
    delete = oss_v2.DeleteUserDefinedLogFieldsConfigRequest(BUCKET)
    put_fields(oss, ["a"], [])
    assert [client.delete_user_defined_log_fields_config(delete).status_code for _ in range(2)] == [204, 204]
    error = service_error(client.get_user_defined_log_fields_config, get)
    assert (error.status_code, error.code) == (404, "NoSuchUserDefinedLogFieldsConfig")


def test_more_than_six_user_defined_fields_are_refused(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    put_fields(oss, list("abc"), list("abc"))
    error = service_error(client.put_user_defined_log_fields_config, fields_request(list("abcd"), list("abc")))
    assert (error.status_code, error.code) == (400, "InvalidArgument")


@pytest.mark.parametrize("header", ["a_b", "a:b", "a b", "中文", ""])
def test_a_header_s_name_is_what_http_allows(
    bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError, header: str
) -> None:
    error = service_error(client.put_user_defined_log_fields_config, fields_request([header], []))
    assert (error.status_code, error.code) == (400, "InvalidArgument")
