"""moto's S3 through boto3 beside the fake through oss2 and SDK v2, for the same work: `python -m benchmarks.peer`."""

from __future__ import annotations

from functools import partial
from typing import Any

import alibabacloud_oss_v2 as oss_v2
import boto3
from moto import mock_aws

import fakeoss
from benchmarks.timing import per_call, ratio, table, us

BUCKET = "peer-bucket"
DATA = bytes(range(256)) * 4
KEYS = 1000


def _read(client: Any) -> bytes:
    body: bytes = client.get_object(Bucket=BUCKET, Key="key")["Body"].read()
    return body


def _read_v2(client: oss_v2.Client, request: oss_v2.GetObjectRequest) -> bytes:
    body: bytes = client.get_object(request).body.read()
    return body


def moto() -> dict[str, float]:
    """Microseconds a call through boto3."""
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
        client.create_bucket(Bucket=BUCKET)
        for number in range(KEYS):
            client.put_object(Bucket=BUCKET, Key=f"page/{number:05}", Body=DATA)
        found = per_call(
            {
                "put 1 KiB": partial(client.put_object, Bucket=BUCKET, Key="key", Body=DATA),
                "get 1 KiB": partial(_read, client),
                "head": partial(client.head_object, Bucket=BUCKET, Key="key"),
            },
            rounds=5,
            calls=20,
        )
        page = per_call({"page of 1,000": partial(client.list_objects_v2, Bucket=BUCKET)}, rounds=5, calls=2)
        return found | page


def ours() -> dict[str, float]:
    """Microseconds a call through SDK v2."""
    with fakeoss.mock_oss() as oss:
        oss.create_bucket(BUCKET, objects={f"page/{number:05}": DATA for number in range(KEYS)})
        client = oss.client()
        put = oss_v2.PutObjectRequest(bucket=BUCKET, key="key", body=DATA)
        get = oss_v2.GetObjectRequest(bucket=BUCKET, key="key")
        head = oss_v2.HeadObjectRequest(bucket=BUCKET, key="key")
        found = per_call(
            {
                "put 1 KiB": partial(client.put_object, put),
                "get 1 KiB": partial(_read_v2, client, get),
                "head": partial(client.head_object, head),
            },
            rounds=5,
            calls=20,
        )
        request = oss_v2.ListObjectsV2Request(bucket=BUCKET, max_keys=KEYS)
        return found | per_call({"page of 1,000": partial(client.list_objects_v2, request)}, rounds=5, calls=2)


def main() -> None:
    """Measure and print."""
    theirs, mine = moto(), ours()
    rows = [(name, us(mine[name]), us(theirs[name]), ratio(theirs[name], mine[name])) for name in mine]
    table(
        "The same work with SDK v2 through fakeoss, and with boto3 through moto",
        ("call", "fakeoss", "moto", "moto : fakeoss"),
        rows,
    )


if __name__ == "__main__":
    main()
