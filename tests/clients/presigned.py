"""URLs signed by the tests themselves (V1: "Add signatures to URLs"), independent of any SDK."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from urllib.parse import parse_qsl, quote

from tests.clients.client import Pairs
from tests.clients.places import Place

_SIGNED = ("uploads", "uploadId", "partNumber", "versionId", "acl", "tagging")
"""Sub-resources that enter the signature; only those that the matrix uses."""


def presigned(place: Place, method: str, bucket: str, key: str, query: str = "", headers: Pairs = ()) -> str:
    """A URL that is good for ten minutes, for a request with these headers; `query` goes into it as it is."""
    key_id, secret = place.credentials
    expires = str(int(time.time()) + 600)
    lowered = {name.lower(): value for name, value in headers}
    own = sorted((name, value) for name, value in lowered.items() if name.startswith("x-oss-"))
    asked = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name in _SIGNED]
    resource = f"/{bucket}/{key}"
    if asked:
        resource += "?" + "&".join(f"{name}={value}" if value else name for name, value in sorted(asked))
    lines = [method, lowered.get("content-md5", ""), lowered.get("content-type", ""), expires]
    text = "\n".join([*lines, *(f"{name}:{value}" for name, value in own), resource])
    signature = base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest()).decode()
    signed = f"OSSAccessKeyId={key_id}&Expires={expires}&Signature={quote(signature, safe='')}"
    return f"{place.url(bucket)}/{quote(key, safe='~')}?{query + '&' if query else ''}{signed}"
