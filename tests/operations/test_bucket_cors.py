"""CORS rules: what is set comes back, what is refused, and what a preflight is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

import fakeoss
from fakeoss.kit import from_schema
from fakeoss.state.configurations.cors import RULES_LIMIT, CorsConfiguration
from fakeoss.wire import schema_xml
from tests.conftest import BUCKET, Raw
from tests.operations.comeback import MODEST
from tests.operations.conftest import Refused, ServiceError

PUT = oss_v2.PutBucketCorsRequest
GET = oss_v2.GetBucketCorsRequest
OPTION = oss_v2.OptionObjectRequest
URL = f"https://{BUCKET}.oss-cn-hangzhou.aliyuncs.com/a.txt"
PAGE = "https://www.example.com"

Put: TypeAlias = Callable[..., None]


def rule(**fields: Any) -> oss_v2.CORSRule:
    """A rule for `PAGE` and GET, unless fields say otherwise."""
    return oss_v2.CORSRule(**{"allowed_origins": [PAGE], "allowed_methods": ["GET"], **fields})


def document(inner: str) -> bytes:
    """A document of one rule for `PAGE` and GET, with more in it."""
    given = f"<AllowedOrigin>{PAGE}</AllowedOrigin><AllowedMethod>GET</AllowedMethod>"
    return f"<CORSConfiguration><CORSRule>{given}{inner}</CORSRule></CORSConfiguration>".encode()


@pytest.fixture
def put(client: oss_v2.Client, bucket: oss2.Bucket) -> Put:
    """Sets rules through SDK v2."""

    def call(*rules: oss_v2.CORSRule, vary: bool | None = None) -> None:
        client.put_bucket_cors(PUT(BUCKET, oss_v2.CORSConfiguration(cors_rules=list(rules), response_vary=vary)))

    return call


def test_names_of_headers_come_back_in_lower_case(client: oss_v2.Client, put: Put) -> None:
    put(rule(allowed_headers=["X-Oss-*", "Authorization"], expose_headers=["ETag"]))
    read = client.get_bucket_cors(GET(BUCKET)).cors_configuration.cors_rules[0]
    assert (read.allowed_headers, read.expose_headers) == (["x-oss-*", "authorization"], ["ETag"])


def test_a_second_setting_replaces_the_first(bucket: oss2.Bucket) -> None:
    bucket.put_bucket_cors(oss2.models.BucketCors([oss2.models.CorsRule(["http://a.example"], ["GET"])]))
    bucket.put_bucket_cors(oss2.models.BucketCors([oss2.models.CorsRule(["http://b.example"], ["PUT"])]))
    assert [found.allowed_origins for found in bucket.get_bucket_cors().rules] == [["http://b.example"]]


def test_none_is_told(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    bucket.delete_bucket_cors()
    with pytest.raises(oss2.exceptions.NoSuchCors):
        bucket.get_bucket_cors()
    error = service_error(client.get_bucket_cors, GET(BUCKET))
    assert (error.status_code, error.code) == (404, "NoSuchCORSConfiguration")


class TestRefusals:
    """Nothing changes."""

    @pytest.fixture(autouse=True)
    def _before(self, put: Put) -> None:
        put(rule(allowed_origins=["http://before.example"]))

    @pytest.mark.parametrize(
        ("inner", "code", "argument", "value"),
        [
            ("<MaxAgeSeconds>-1</MaxAgeSeconds>", "InvalidArgument", "MaxAgeSeconds", "-1"),
            ("<MaxAgeSeconds>x</MaxAgeSeconds>", "MalformedXML", None, None),
            ("<AllowedOrigin>http://*.a.*</AllowedOrigin>", "InvalidArgument", "AllowedOrigin", "http://*.a.*"),
            ("<AllowedMethod>PATCH</AllowedMethod>", "InvalidArgument", "AllowedMethod", "PATCH"),
            ("<AllowedMethod>get</AllowedMethod>", "InvalidArgument", "AllowedMethod", "get"),
            ("<AllowedHeader>x-*-*</AllowedHeader>", "InvalidArgument", "AllowedHeader", "x-*-*"),
            ("<ExposeHeader>x-*</ExposeHeader>", "InvalidArgument", "ExposeHeader", "x-*"),
            ("<ExposeHeader>x-文</ExposeHeader>", "InvalidArgument", "ExposeHeader", "x-文"),
            ("<ExposeHeader>a&#13;&#10;b: c</ExposeHeader>", "InvalidArgument", "ExposeHeader", "a\r\nb: c"),
        ],
    )
    def test_bad_values_are_named(
        self, refused: Refused, inner: str, code: str, argument: str | None, value: str | None
    ) -> None:
        error = refused(400, code, "PUT", "/?cors", {}, document(inner))
        assert (error.get("ArgumentName"), error.get("ArgumentValue")) == (argument, value)

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"<CORSConfiguration><CORSRule>",
            b"<Other/>",
            b"<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>",
            b"<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>",
            document("<ExposeHeader>" + "x" * (16 << 10) + "</ExposeHeader>"),
        ],
    )
    def test_malformed_documents(self, refused: Refused, body: bytes) -> None:
        refused(400, "MalformedXML", "PUT", "/?cors", {}, body)

    def test_a_document_without_a_rule(self, refused: Refused) -> None:
        assert refused(400, "MalformedXML", "PUT", "/?cors", {}, b"<CORSConfiguration/>")["EC"] == "0034-00000002"

    def test_twenty_rules_are_the_most(self, put: Put, client: oss_v2.Client, service_error: ServiceError) -> None:
        many = [rule(allowed_origins=[f"http://{number}.example"]) for number in range(RULES_LIMIT)]
        put(*many)
        assert len(client.get_bucket_cors(GET(BUCKET)).cors_configuration.cors_rules) == 20
        assert service_error(put, *many, rule()).code == "CORSRuleBeyondLimit"


class TestPreflight:
    """OptionObject asks whether a request would be allowed; it needs neither a key nor an object."""

    @staticmethod
    def ask(origin: str | None = PAGE, method: str | None = "GET", headers: str | None = None) -> requests.Response:
        """What a browser does before it sends the real request."""
        said = {
            "Origin": origin,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": headers,
        }
        return requests.options(URL, headers={name: value for name, value in said.items() if value is not None})

    def test_what_the_rule_allows(self, put: Put, client: oss_v2.Client) -> None:
        names = {"allowed_headers": ["X-Oss-*"], "expose_headers": ["ETag", "x-oss-request-id"]}
        put(rule(allowed_methods=["GET", "PUT"], max_age_seconds=600, **names))
        answer = self.ask(method="PUT", headers="X-Oss-Test, x-oss-other")
        assert answer.status_code == 200
        told = {name: value for name, value in answer.headers.items() if name.startswith("Access-Control-")}
        assert told == {
            "Access-Control-Allow-Origin": PAGE,
            "Access-Control-Allow-Methods": "GET, PUT",
            "Access-Control-Allow-Headers": "X-Oss-Test, x-oss-other",
            "Access-Control-Expose-Headers": "ETag, x-oss-request-id",
            "Access-Control-Max-Age": "600",
        }
        result = client.option_object(
            OPTION(BUCKET, "a.txt", origin=PAGE, access_control_request_method="PUT",
                   access_control_request_headers="x-oss-a")
        )  # fmt: skip
        assert result.access_control_allow_origin == PAGE
        assert result.access_control_allow_methods == "GET, PUT"
        assert result.access_control_allow_headers == "x-oss-a"
        assert result.access_control_max_age == 600

    def test_headers_that_the_rule_does_not_have_are_left_out(self, put: Put) -> None:
        put(rule())
        answer = self.ask()
        told = [name for name in answer.headers if name.startswith("Access-Control-")]
        assert told == ["Access-Control-Allow-Origin", "Access-Control-Allow-Methods"]

    def test_every_origin_is_a_star(self, put: Put) -> None:
        put(rule(allowed_origins=["*"]))
        assert self.ask("http://anyone.example").headers["Access-Control-Allow-Origin"] == "*"

    def test_the_first_rule_that_fits_counts(self, put: Put) -> None:
        put(rule(allowed_methods=["POST"], max_age_seconds=1), rule(max_age_seconds=2), rule(max_age_seconds=3))
        assert self.ask().headers["Access-Control-Max-Age"] == "2"

    @pytest.mark.parametrize(
        ("origin", "method", "headers"),
        [
            ("https://elsewhere.example", "GET", None),
            (PAGE, "PUT", None),
            (PAGE, "GET", "x-other"),
            (PAGE, "GET", "x-oss-a, x-other"),
            (PAGE.upper(), "GET", None),
        ],
    )
    def test_what_no_rule_allows(
        self, oss: fakeoss.FakeOSS, put: Put, origin: str, method: str, headers: str | None
    ) -> None:
        put(rule(allowed_headers=["x-oss-*"]))
        answer = self.ask(origin, method, headers)
        assert (answer.status_code, answer.headers["x-oss-ec"]) == (403, "0003-00000602")
        assert "<Code>AccessForbidden</Code>" in answer.text
        assert "no CORS rule takes" in (oss.requests[-1].why or "")

    def test_a_bucket_without_rules(self, bucket: oss2.Bucket, oss: fakeoss.FakeOSS) -> None:
        answer = self.ask()
        assert (answer.status_code, "<Code>AccessForbidden</Code>" in answer.text) == (403, True)
        assert oss.requests[-1].operation == "OptionObject"

    @pytest.mark.parametrize("left_out", ["origin", "method"])
    def test_what_is_no_preflight(self, put: Put, left_out: str) -> None:
        put(rule())
        answer = self.ask(**{left_out: None})
        assert (answer.status_code, "<Code>BadRequest</Code>" in answer.text) == (400, True)

    def test_no_bucket(self, oss: fakeoss.FakeOSS) -> None:
        answer = self.ask()
        assert (answer.status_code, "<Code>NoSuchBucket</Code>" in answer.text) == (404, True)


@MODEST
@given(value=from_schema(CorsConfiguration), data=st.data())
def test_preflight_of_generated_rules(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, raw: Raw, value: CorsConfiguration, data: st.DataObject
) -> None:
    """A request made of a rule's own words, asterisks filled, is allowed by that rule or one before it."""
    assert raw("PUT", "/?cors", {}, schema_xml.write(value)).status == 200
    chosen = data.draw(st.sampled_from(value.rules))
    origin = data.draw(st.sampled_from(chosen.origins)).replace("*", "anything")
    if not origin.isascii() or origin != origin.strip():
        return
    method = data.draw(st.sampled_from(chosen.methods))
    reply = raw("OPTIONS", "/a", {"Origin": origin, "Access-Control-Request-Method": method}, signed=False)
    assert reply.status == 200
    assert reply.header("access-control-allow-origin") in (origin, "*")
    assert method in (reply.header("access-control-allow-methods") or "")
