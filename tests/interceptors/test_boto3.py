"""boto3 speaks to OSS through urllib3, and moto's mock of AWS may be there at the same time."""

from __future__ import annotations

import io
from contextlib import ExitStack
from typing import Any

import boto3
import pytest
import requests
import responses
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from moto import mock_aws

from fakeoss.faults import Refused, Timeout
from tests.interceptors.loopback import loopback
from tests.interceptors.support import CARRIER, active, sent
from tests.interceptors.support_async import HOST, Double

OSS = f"https://{HOST}/empty"


@pytest.fixture(autouse=True)
def aws_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")


def client(endpoint: str, **config: Any) -> Any:
    settings = Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, read_timeout=1, **config)
    return boto3.client("s3", endpoint_url=endpoint, config=settings)


def exchanged(endpoint: str, double: Double) -> list[Any]:
    s3 = client(endpoint)
    s3.put_object(Bucket="bucket", Key="a/b c+%", Body=b"bytes", Metadata={"k": "v"})
    s3.put_object(Bucket="bucket", Key="file", Body=io.BytesIO(b"x" * 100_000))
    got = s3.get_object(Bucket="bucket", Key="file")["Body"].read()
    ranged = s3.get_object(Bucket="bucket", Key="file", Range="bytes=0-4")["Body"].read()
    with pytest.raises(ClientError):
        s3.get_object(Bucket="status", Key="404")
    volatile = {"x-amz-date", "authorization", "amz-sdk-invocation-id", "user-agent"}
    seen = [sent(each) for each in double.seen]
    steady = [(*start, [pair for pair in headers if pair[0] not in volatile], data) for *start, headers, data in seen]
    return [got, ranged, steady]


def test_boto3_sends_and_sees_what_it_does_at_a_real_port() -> None:
    real, fake = Double(), Double()
    with loopback(real.handle) as url:
        expected = exchanged(url, real)
    with active(fake, CARRIER):
        assert exchanged(f"http://{HOST}", fake) == expected
    assert any(("Expect", "100-continue") in each.headers.pairs for each in fake.seen)


@pytest.mark.parametrize(
    ("fault", "error"), [(Refused(), EndpointConnectionError), (Timeout(), (ReadTimeoutError, ConnectTimeoutError))]
)
def test_boto3_meets_its_own_errors(fault: Any, error: Any) -> None:
    with active(Double(fault), CARRIER), pytest.raises(error):
        client(f"https://{HOST}").get_object(Bucket="bucket", Key="a")


def use_both() -> None:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="on-aws")
    s3.put_object(Bucket="on-aws", Key="a", Body=b"aws")
    assert requests.put(f"https://{HOST}/a", data=iter([b"o", b"ss"])).status_code == 200
    assert requests.get(f"https://{HOST}/a").content == b"oss"
    assert requests.get("https://on-aws.s3.amazonaws.com/").status_code in (200, 403)
    assert s3.get_object(Bucket="on-aws", Key="a")["Body"].read() == b"aws"


@pytest.mark.parametrize("fake_first", [True, False])
def test_moto_and_the_fake_answer_each_for_their_own(fake_first: bool) -> None:
    with ExitStack() as stack:
        if fake_first:
            stack.enter_context(active(Double(), CARRIER))
        stack.enter_context(mock_aws())
        if not fake_first:
            stack.enter_context(active(Double(), CARRIER))
        use_both()


@pytest.mark.parametrize("fake_first", [True, False])
def test_moto_the_fake_and_a_mock_of_the_users_at_once(fake_first: bool) -> None:
    with ExitStack() as stack:
        if fake_first:
            stack.enter_context(active(Double(), CARRIER))
        stack.enter_context(mock_aws())
        mock = stack.enter_context(responses.RequestsMock())
        mock.get("https://api.example.com/", body="mocked")
        if not fake_first:
            stack.enter_context(active(Double(), CARRIER))
        assert requests.get(OSS).status_code == 200
        assert requests.get("https://api.example.com/").text == "mocked"
        boto3.client("s3").create_bucket(Bucket="on-aws")
