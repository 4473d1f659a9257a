"""Who pays for requests to a bucket."""

from __future__ import annotations

from fakeoss.schema import schema, text


@schema("RequestPaymentConfiguration")
class RequestPayment:
    """`BucketOwner`, or `Requester`, who must say so in each request (reference 7.15.1)."""

    payer: str = text("Payer", choices=("BucketOwner", "Requester"))

    @property
    def requester_pays(self) -> bool:
        """Whether requests of others must say that they pay."""
        return self.payer == "Requester"
