"""PutBucketCors, GetBucketCors, DeleteBucketCors and OptionObject."""

from __future__ import annotations

from fakeoss import errors
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import deleting, reading, setting
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import empty
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.cors import DOCUMENT_LIMIT, CorsConfiguration, CorsRule
from fakeoss.wire.message import Reply

Pairs = list[tuple[str, str]]


def _stored(call: Call, _bucket: Bucket, cors: CorsConfiguration) -> CorsConfiguration:
    """What the service keeps; a document beyond 16 KB is MalformedXML (assumption A170)."""
    if call.request.size > DOCUMENT_LIMIT:
        raise errors.MalformedXML(ErrorDetail=f"The document exceeds {DOCUMENT_LIMIT} bytes.")
    return cors.stored


PUT_BUCKET_CORS = setting("PutBucketCors", CorsConfiguration, before=_stored)
GET_BUCKET_CORS = reading("GetBucketCors", CorsConfiguration, missing=errors.NoSuchCORSConfiguration)
DELETE_BUCKET_CORS = deleting("DeleteBucketCors", CorsConfiguration)


@operation("OptionObject")
def option_object(call: Call) -> Reply:
    """A preflight: what the first rule it meets allows; nobody is asked for a key (reference 7.16.5).

    Raises BadRequest without Origin or Access-Control-Request-Method, AccessForbidden where no rule is met.
    """
    bucket = call.bucket()
    origin, method = call.headers.get("origin"), call.headers.get("access-control-request-method")
    if not origin:
        raise errors.PreflightOriginMissing()
    if not method:
        raise errors.PreflightMethodMissing()
    cors = bucket.configuration(CorsConfiguration)
    if cors is None:
        raise errors.AccessForbidden().because("the bucket has no CORS rules")
    asked = call.headers.get("access-control-request-headers", "")
    rule = cors.rule_for(origin, method, [name for name in map(str.strip, asked.split(",")) if name])
    if rule is None:
        raise errors.AccessForbiddenByCorsRules().because(
            f"no CORS rule takes {method} with headers {asked!r} from {origin}"
        )
    pairs = allowed(rule, origin)
    if asked:
        pairs.insert(2, ("Access-Control-Allow-Headers", asked))
    return empty(200, pairs)


def allowed(rule: CorsRule, origin: str) -> Pairs:
    """The headers that tell a browser what a rule allows to a page of `origin`."""
    pairs = [
        ("Access-Control-Allow-Origin", rule.origin_for(origin) or origin),
        ("Access-Control-Allow-Methods", ", ".join(rule.methods)),
    ]
    if rule.exposed:
        pairs.append(("Access-Control-Expose-Headers", ", ".join(rule.exposed)))
    if rule.max_age is not None:
        pairs.append(("Access-Control-Max-Age", str(rule.max_age)))
    return pairs
