"""The configuration of a website: what is set comes back, what is refused. Its effects: tests/edge/test_website.py."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fakeoss
from fakeoss.state.configurations.website import (
    RULES_LIMIT,
    Condition,
    ErrorDocument,
    IncludeHeader,
    IndexDocument,
    Redirect,
    RoutingRule,
    WebsiteConfiguration,
)
from tests.conftest import BUCKET, Raw
from tests.operations.comeback import MODEST, model_of, plain, worded
from tests.operations.conftest import Refused, ServiceError

PUT = oss_v2.PutBucketWebsiteRequest
GET = oss_v2.GetBucketWebsiteRequest
DELETE = oss_v2.DeleteBucketWebsiteRequest
INDEX = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>"
EXTERNAL = "<RedirectType>External</RedirectType><HostName>www.example.com</HostName>"
MIRROR = "<RedirectType>Mirror</RedirectType>"

_NAMED = worded(IncludeHeader, equals=st.just("x"))
_CONDITION = worded(
    Condition, key_prefix=st.just("x/"), error_code=st.just(404), headers=st.lists(_NAMED, max_size=3).map(tuple)
)
_REDIRECT = worded(Redirect, mirror_url_probe=st.just("http://probe.example.com/"))
FOR_OSS2 = worded(
    WebsiteConfiguration,
    index=worded(IndexDocument),
    error=worded(ErrorDocument),
    rules=st.lists(worded(RoutingRule, condition=_CONDITION, redirect=_REDIRECT), max_size=3).map(tuple),
)
"""What oss2 can read: both pages, conditions of prefix and status, headers that equal something, probes."""


def document(inner: str) -> bytes:
    """A document with this inside."""
    return f"<WebsiteConfiguration>{inner}</WebsiteConfiguration>".encode()


def ruled(redirect: str, condition: str = "", number: int | str = 1) -> str:
    """One rule among routing rules."""
    return (
        f"<RoutingRules><RoutingRule><RuleNumber>{number}</RuleNumber><Condition>{condition}</Condition>"
        f"<Redirect>{redirect}</Redirect></RoutingRule></RoutingRules>"
    )


@MODEST
@given(value=FOR_OSS2)
def test_what_oss2_reads_it_can_set_again(
    oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client, value: WebsiteConfiguration
) -> None:
    client.put_bucket_website(PUT(BUCKET, model_of(oss_v2.WebsiteConfiguration, value)))
    read = bucket.get_bucket_website()
    bucket.put_bucket_website(oss2.models.BucketWebsite(read.index_file, read.error_file, read.rules))
    again = bucket.get_bucket_website()
    assert [plain(rule) for rule in again.rules] == [plain(rule) for rule in read.rules]
    assert (again.index_file, again.error_file) == (value.index and value.index.suffix, value.error and value.error.key)


def test_every_part_alone_is_a_website(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    client.put_bucket_website(
        PUT(BUCKET, oss_v2.WebsiteConfiguration(error_document=oss_v2.ErrorDocument(key="e.html")))
    )
    read = client.get_bucket_website(GET(BUCKET)).website_configuration
    assert (read.index_document, read.error_document.key, read.error_document.http_status) == (None, "e.html", None)


def test_none_is_told(bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError) -> None:
    client.delete_bucket_website(DELETE(BUCKET))
    with pytest.raises(oss2.exceptions.NoSuchWebsite):
        bucket.get_bucket_website()
    assert service_error(client.get_bucket_website, GET(BUCKET)).code == "NoSuchWebsiteConfiguration"


def test_deleted_is_gone(bucket: oss2.Bucket) -> None:
    bucket.put_bucket_website(oss2.models.BucketWebsite("index.html", "error.html"))
    assert bucket.delete_bucket_website().status == 204
    with pytest.raises(oss2.exceptions.NoSuchWebsite):
        bucket.get_bucket_website()


@pytest.mark.parametrize("code", ["300", "305", "399"])
def test_any_redirecting_status_will_do(bucket: oss2.Bucket, raw: Raw, code: str) -> None:
    inner = ruled(f"{EXTERNAL}<HttpRedirectCode>{code}</HttpRedirectCode>")
    assert raw("PUT", "/?website", {}, document(inner)).status == 200


class TestRefusals:
    """Nothing changes."""

    @pytest.fixture(autouse=True)
    def _before(self, bucket: oss2.Bucket) -> None:
        bucket.put_bucket_website(oss2.models.BucketWebsite("before.html", "error.html"))

    @pytest.mark.parametrize(
        ("inner", "argument", "value"),
        [
            ("<IndexDocument><Suffix></Suffix></IndexDocument>", "Suffix", ""),
            ("<IndexDocument><Suffix>i</Suffix><Type>3</Type></IndexDocument>", "Type", "3"),
            ("<IndexDocument><Suffix>i</Suffix><SupportSubDir>perhaps</SupportSubDir></IndexDocument>",
             "SupportSubDir", "perhaps"),
            ("<ErrorDocument><Key></Key></ErrorDocument>", "Key", ""),
            ("<ErrorDocument><Key>e</Key><HttpStatus>403</HttpStatus></ErrorDocument>", "HttpStatus", "403"),
            (ruled(EXTERNAL, number=0), "RuleNumber", "0"),
            (ruled("<RedirectType>Elsewhere</RedirectType>"), "RedirectType", "Elsewhere"),
            (ruled(f"{EXTERNAL}<Protocol>ftp</Protocol>"), "Protocol", "ftp"),
            (ruled(f"{EXTERNAL}<HttpRedirectCode>200</HttpRedirectCode>"), "HttpRedirectCode", "200"),
            (ruled("<RedirectType>External</RedirectType><HostName>a b</HostName>"), "HostName", "a b"),
            (ruled(f"{EXTERNAL}<ReplaceKeyWith>a</ReplaceKeyWith><ReplaceKeyPrefixWith>b</ReplaceKeyPrefixWith>"),
             "ReplaceKeyWith", "a"),
            (ruled(EXTERNAL, "<HttpErrorCodeReturnedEquals>200</HttpErrorCodeReturnedEquals>"),
             "HttpErrorCodeReturnedEquals", "200"),
            (ruled(MIRROR), "MirrorURL", ""),
            (ruled(f"{MIRROR}<MirrorURL>origin.example</MirrorURL>"), "MirrorURL", "origin.example"),
            (ruled(f"{MIRROR}<MirrorURL>http://origin.example</MirrorURL>"), "MirrorURL", "http://origin.example"),
            (ruled(f"{MIRROR}<MirrorURL>http://a.example/</MirrorURL><MirrorURLSlave>b</MirrorURLSlave>"),
             "MirrorURLSlave", "b"),
            (ruled(f"{MIRROR}<MirrorURL>http://a.example/</MirrorURL>",
                   "<HttpErrorCodeReturnedEquals>403</HttpErrorCodeReturnedEquals>"),
             "HttpErrorCodeReturnedEquals", "403"),
            (ruled(f"{MIRROR}<MirrorURL>http://a.example/</MirrorURL><MirrorHeaders><Pass>a b</Pass></MirrorHeaders>"),
             "Pass", "a b"),
        ],
    )  # fmt: skip
    def test_bad_values_are_named(self, refused: Refused, inner: str, argument: str, value: str) -> None:
        error = refused(400, "InvalidArgument", "PUT", "/?website", {}, document(inner))
        assert (error["ArgumentName"], error["ArgumentValue"], error["EC"]) == (argument, value, "0019-00000002")
        assert error["Message"] == f"{argument} is Invalid"

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"<WebsiteConfiguration>",
            b"<Other/>",
            document(""),
            document("<IndexDocument/>"),
            document("<RoutingRules><RoutingRule><RuleNumber>1</RuleNumber></RoutingRule></RoutingRules>"),
        ],
    )
    def test_malformed_documents(self, refused: Refused, body: bytes) -> None:
        refused(400, "MalformedXML", "PUT", "/?website", {}, body)

    def test_twenty_rules_are_the_most(self, raw: Raw, refused: Refused) -> None:
        rules = [
            f"<RoutingRule><RuleNumber>{number}</RuleNumber><Condition/><Redirect>{EXTERNAL}</Redirect></RoutingRule>"
            for number in range(1, RULES_LIMIT + 2)
        ]
        fitting = document(f"<RoutingRules>{''.join(rules[:-1])}</RoutingRules>")
        assert raw("PUT", "/?website", {}, fitting).status == 200
        refused(400, "MalformedXML", "PUT", "/?website", {}, document(f"<RoutingRules>{''.join(rules)}</RoutingRules>"))
