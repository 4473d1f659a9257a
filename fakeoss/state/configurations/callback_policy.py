"""Callbacks that uploads to a bucket may ask for by name."""

from __future__ import annotations

import base64
import binascii
import json

from fakeoss import errors
from fakeoss.schema import repeated, schema, text


@schema("PolicyItem")
class CallbackPolicyItem:
    """One named callback: base64 of the JSON objects that `x-oss-callback` and `x-oss-callback-var` would carry."""

    name: str = text("PolicyName", shortest=1)
    callback: str = text("Callback", shortest=1)
    variables: str = text("CallbackVar", default="")

    def validate(self) -> None:
        """Refuse what no request could carry (rows of the callback headers; assumption A253)."""
        _check(self.callback, "Callback", errors.CallbackNotJson)
        if self.variables:
            _check(self.variables, "CallbackVar", errors.CallbackVarNotJson)


@schema("BucketCallbackPolicy")
class BucketCallbackPolicy:
    """The named callbacks of a bucket (oss2, put_bucket_callback_policy); none at all is accepted."""

    items: tuple[CallbackPolicyItem, ...] = repeated("PolicyItem", CallbackPolicyItem)

    def item(self, name: str) -> CallbackPolicyItem | None:
        """The callback called `name`, which a request asks for by `{"callbackPolicy": name}`, or None."""
        return next((item for item in self.items if item.name == name), None)


def _check(value: str, element: str, not_json: errors.Row) -> None:
    try:
        document = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise errors.CallbackNotBase64(ArgumentName=element, ArgumentValue=value) from None
    try:
        is_object = isinstance(json.loads(document), dict)
    except (ValueError, RecursionError):
        is_object = False
    if not is_object:
        raise not_json(ArgumentName=element, ArgumentValue=value)
