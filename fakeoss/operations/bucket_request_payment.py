"""PutBucketRequestPayment and GetBucketRequestPayment."""

from __future__ import annotations

from fakeoss.operations.configuring import reading, setting
from fakeoss.state.configurations.request_payment import RequestPayment

PUT_BUCKET_REQUEST_PAYMENT = setting("PutBucketRequestPayment", RequestPayment)
GET_BUCKET_REQUEST_PAYMENT = reading(
    "GetBucketRequestPayment", RequestPayment, default=lambda _: RequestPayment(payer="BucketOwner")
)
