"""Assumption A221: user-defined fields stand at the end of the lines of hourly logs, too.

Operations: PutUserDefinedLogFieldsConfig.
"""

from __future__ import annotations

import base64
import json

import alibabacloud_oss_v2 as oss_v2

from tests.assumptions.conftest import Wait
from tests.assumptions.scheduling import keys, logging, read


def test_the_last_field(assumption_client: oss_v2.Client, assumption_bucket: str, assumption_wait: Wait) -> None:
    fields = oss_v2.UserDefinedLogFieldsConfiguration(header_set=oss_v2.LoggingHeaderSet(headers=["host"]))
    request = oss_v2.PutUserDefinedLogFieldsConfigRequest(assumption_bucket, fields)
    assumption_client.put_user_defined_log_fields_config(request)
    assumption_client.put_bucket_logging(logging(assumption_bucket, assumption_bucket))
    assumption_wait(3600)
    line = read(assumption_client, assumption_bucket, keys(assumption_client, assumption_bucket, "log/")[0]).decode()
    last = json.loads(base64.b64decode(line.split('"')[-2]))
    assert last["headers"]["host"].startswith(assumption_bucket)
