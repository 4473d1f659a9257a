"""PutBucketReferer and GetBucketReferer."""

from __future__ import annotations

from fakeoss.operations.configuring import reading, setting
from fakeoss.state.configurations.referer import DEFAULT, RefererConfiguration

PUT_BUCKET_REFERER = setting("PutBucketReferer", RefererConfiguration)
GET_BUCKET_REFERER = reading("GetBucketReferer", RefererConfiguration, default=lambda _: DEFAULT)
