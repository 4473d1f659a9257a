"""Custom domains: tokens, what binds and unbinds them, certificates. Being served: tests/edge/test_domains.py."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from fakeoss.state.configurations.cname import DOMAINS_LIMIT, TOKENS_LIMIT
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError
from tests.people import NOT_REFUSED, People, refusal
from tests.state.certificates import CERTIFICATES

DOMAIN = "www.example.com"
CERTIFICATE = CERTIFICATES["short"]
PEM = "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n"


def configuration(domain: str, **certificate: object) -> oss_v2.BucketCnameConfiguration:
    """The document of PutCname, with a certificate if anything is said of one."""
    said = oss_v2.CertificateConfiguration(**certificate) if certificate else None
    return oss_v2.BucketCnameConfiguration(cname=oss_v2.Cname(domain=domain, certificate_configuration=said))


def bind(client: oss_v2.Client, domain: str = DOMAIN, bucket: str = BUCKET, **certificate: object) -> None:
    """Bind a domain through SDK v2."""
    client.put_cname(oss_v2.PutCnameRequest(bucket, configuration(domain, **certificate)))


def bound(client: oss_v2.Client, bucket: str = BUCKET) -> dict[str, oss_v2.CnameInfo]:
    """What ListCname tells, by domain."""
    return {found.domain: found for found in client.list_cname(oss_v2.ListCnameRequest(bucket)).cnames or []}


def document(inner: str) -> bytes:
    """A document with this inside."""
    return f"<BucketCnameConfiguration><Cname>{inner}</Cname></BucketCnameConfiguration>".encode()


def test_a_domain_is_bound_listed_and_taken_away(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    client = oss.client()
    bucket.put_bucket_cname(oss2.models.PutBucketCnameRequest("WWW.Example.com"))
    found = bound(client)[DOMAIN]
    assert (found.status, found.is_wild_card, found.certificate) == ("Enabled", None, None)
    listed = bucket.list_bucket_cname()
    assert (listed.bucket, listed.owner, [shown.domain for shown in listed.cname]) == (
        BUCKET,
        client.list_cname(oss_v2.ListCnameRequest(BUCKET)).owner,
        [DOMAIN],
    )
    assert bucket.delete_bucket_cname(DOMAIN).status == 200
    assert bound(client) == {}


def test_nothing_bound_is_an_empty_list_and_nothing_to_take_away(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    assert bucket.list_bucket_cname().cname == []
    assert client.delete_cname(oss_v2.DeleteCnameRequest(BUCKET, configuration(DOMAIN))).status_code == 200


def test_domains_are_listed_by_name(client: oss_v2.Client, bucket: oss2.Bucket) -> None:
    for domain in ("b.example.com", "a.example.com", "*.example.org"):
        bind(client, domain)
    assert list(bound(client)) == ["*.example.org", "a.example.com", "b.example.com"]


class TestCertificates:
    """A certificate comes with the domain or later, is replaced by who knows the one before, or goes."""

    @pytest.fixture(autouse=True)
    def _bucket(self, bucket: oss2.Bucket) -> None:
        """All of these need the bucket."""

    def test_one_by_id(self, client: oss_v2.Client) -> None:
        bind(client, cert_id="493-cn-hangzhou")
        found = bound(client)[DOMAIN].certificate
        assert (found.type, found.cert_id, found.status) == ("CAS", "493-cn-hangzhou", "Enabled")

    def test_one_with_its_keys(self, oss: fakeoss.FakeOSS, client: oss_v2.Client) -> None:
        pem = PEM.format(base64.b64encode(b"certificate").decode())
        bind(client, certificate=pem, private_key="-----BEGIN RSA PRIVATE KEY-----")
        found = bound(client)[DOMAIN].certificate
        assert found.type == "Upload"
        assert found.cert_id.endswith("-cn-hangzhou")
        assert found.fingerprint == "73:5A:D5:71:C1:89:D7:BA:84:46:4B:F4:A9:F1:D2:28:01:75:B1:28"
        assert oss.clock.now() - parsedate_to_datetime(found.creation_date) < timedelta(minutes=1)
        bind(client)
        assert bound(client)[DOMAIN].certificate.cert_id == found.cert_id

    def test_a_certificate_tells_from_when_to_when_it_is_good(self, bucket: oss2.Bucket, client: oss_v2.Client) -> None:
        bind(client, certificate=CERTIFICATE, private_key="-----BEGIN PRIVATE KEY-----")
        found = bound(client)[DOMAIN].certificate
        told = ("Sun, 29 Nov 2026 13:17:03 GMT", "Wed, 26 Nov 2036 13:17:03 GMT")
        assert (found.valid_start_date, found.valid_end_date) == told
        (by_oss2,) = bucket.list_bucket_cname().cname
        assert (by_oss2.certificate.valid_start_date, by_oss2.certificate.valid_end_date) == told
        assert found.fingerprint == "31:9E:57:9C:8A:F3:EE:2E:45:02:45:CF:A3:91:91:23:5B:B7:68:CB"

    def test_replacing_needs_the_id_of_the_one_before(self, client: oss_v2.Client, service_error: ServiceError) -> None:
        bind(client, cert_id="1-cn-hangzhou")
        request = oss_v2.PutCnameRequest(BUCKET, configuration(DOMAIN, cert_id="2-cn-hangzhou", previous_cert_id="0"))
        error = service_error(client.put_cname, request)
        assert (error.status_code, error.code) == (400, "InvalidArgument")
        bind(client, cert_id="2-cn-hangzhou", previous_cert_id="1-cn-hangzhou")
        assert bound(client)[DOMAIN].certificate.cert_id == "2-cn-hangzhou"
        bind(client, cert_id="3-cn-hangzhou", force=True)
        assert bound(client)[DOMAIN].certificate.cert_id == "3-cn-hangzhou"

    def test_one_goes(self, client: oss_v2.Client) -> None:
        bind(client, cert_id="1-cn-hangzhou")
        bind(client, delete_certificate=True)
        assert bound(client)[DOMAIN].certificate is None


@pytest.mark.usefixtures("bucket")
class TestTokens:
    """A token is made once, and good for half a day."""

    def test_it_is_made_and_read(self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket, client: oss_v2.Client) -> None:
        made = bucket.create_bucket_cname_token(DOMAIN)
        assert (made.bucket, made.cname, len(made.token)) == (BUCKET, DOMAIN, 32)
        assert parsedate_to_datetime(made.expire_time) - oss.clock.now() > timedelta(hours=11, minutes=59)
        read = client.get_cname_token(oss_v2.GetCnameTokenRequest(BUCKET, cname=DOMAIN)).cname_token
        assert (read.bucket, read.cname, read.token, read.expire_time) == (BUCKET, DOMAIN, made.token, made.expire_time)
        assert bucket.get_bucket_cname_token(DOMAIN).token == made.token

    def test_it_stays_the_same_until_it_lapses(self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
        first = bucket.create_bucket_cname_token(DOMAIN).token
        assert bucket.create_bucket_cname_token(DOMAIN).token == first
        oss.clock.advance(hours=12)
        assert refusal(bucket.get_bucket_cname_token, DOMAIN)[:2] == (404, "CnameTokenNotFound")
        assert bucket.create_bucket_cname_token(DOMAIN).token != first

    def test_there_is_none_before(self, bucket: oss2.Bucket, refused: Refused) -> None:
        refused(404, "CnameTokenNotFound", "GET", f"/?comp=token&cname={DOMAIN}")

    def test_a_bound_domain_needs_none(
        self, client: oss_v2.Client, bucket: oss2.Bucket, service_error: ServiceError
    ) -> None:
        bind(client)
        request = oss_v2.CreateCnameTokenRequest(BUCKET, configuration(DOMAIN))
        assert service_error(client.create_cname_token, request).code == "NoNeedCreateCnameToken"

    def test_there_may_be_so_many(self, bucket: oss2.Bucket) -> None:
        for number in range(TOKENS_LIMIT):
            bucket.create_bucket_cname_token(f"www{number}.example.com")
        assert refusal(bucket.create_bucket_cname_token, DOMAIN)[1] == "TooManyCnameToken"
        assert bucket.create_bucket_cname_token("www7.example.com").status == 200


class TestRefusals:
    """Nothing is bound."""

    @pytest.mark.parametrize(
        ("domain", "code"),
        [
            ("", "InvalidArgument"),
            ("a.b", "InvalidArgument"),
            ("example", "InvalidArgument"),
            ("www..example.com", "InvalidArgument"),
            ("-www.example.com", "InvalidArgument"),
            ("www.example.com/path", "InvalidArgument"),
            ("www.*.example.com", "InvalidArgument"),
            ("例子.example", "InvalidArgument"),
            ("192.168.100.200", "InvalidArgument"),
            (f"{'a' * 64}.example.com", "InvalidArgument"),
            (f"{'a.' * 126}com", "InvalidArgument"),
            ("example-bucket.oss-cn-hangzhou.aliyuncs.com", "CnameIsForbidden"),
            ("www.taobao.com", "CnameIsForbidden"),
        ],
    )
    def test_bad_domains(self, bucket: oss2.Bucket, raw: Raw, refused: Refused, domain: str, code: str) -> None:
        for comp in ("add", "token", "delete"):
            body = document(f"<Domain>{domain}</Domain>")
            reply = raw("POST", f"/?cname&comp={comp}", {}, body)
            refused(reply.status, code, "POST", f"/?cname&comp={comp}", {}, body)
            assert reply.status in (400, 403)

    @pytest.mark.parametrize("body", [b"", b"<BucketCnameConfiguration>", b"<Other/>", b"<BucketCnameConfiguration/>"])
    def test_malformed_documents(self, bucket: oss2.Bucket, refused: Refused, body: bytes) -> None:
        refused(400, "MalformedXML", "POST", "/?cname&comp=add", {}, body)

    def test_a_domain_of_another_bucket(
        self, oss: fakeoss.FakeOSS, client: oss_v2.Client, bucket: oss2.Bucket, service_error: ServiceError
    ) -> None:
        oss.create_bucket("second")
        bind(client)
        request = oss_v2.PutCnameRequest("second", configuration(DOMAIN))
        assert service_error(client.put_cname, request).code == "CnameAlreadyExists"
        client.delete_cname(oss_v2.DeleteCnameRequest(BUCKET, configuration(DOMAIN)))
        bind(client, bucket="second")
        assert list(bound(client, "second")) == [DOMAIN]

    def test_a_domain_of_another_account(
        self, oss: fakeoss.FakeOSS, client: oss_v2.Client, bucket: oss2.Bucket
    ) -> None:
        people = People(oss)
        people.add("stranger", account="6543210987654321")
        theirs = people.bucket("stranger", "theirs")
        theirs.create_bucket()
        bind(client)
        assert refusal(theirs.put_bucket_cname, oss2.models.PutBucketCnameRequest(DOMAIN))[1] == "CnameDenied"
        assert list(bound(client)) == [DOMAIN]

    def test_a_hundred_domains_are_the_most(
        self, client: oss_v2.Client, bucket: oss2.Bucket, service_error: ServiceError
    ) -> None:
        for number in range(DOMAINS_LIMIT):
            bind(client, f"www{number}.example.com")
        request = oss_v2.PutCnameRequest(BUCKET, configuration(DOMAIN))
        assert service_error(client.put_cname, request).code == "TooManyCname"
        bind(client, "www7.example.com", cert_id="1-cn-hangzhou")


class TestProof:
    """With `verify_cname` only domains that are one's own can be bound."""

    def test_only_verified_domains_and_those_below_them(self) -> None:
        with fakeoss.mock_oss(verify_cname=True, verified_domains=("example.com",)) as oss:
            oss.create_bucket(BUCKET)
            bucket = oss.oss2_bucket(BUCKET)
            for domain in ("example.com", "www.example.com", "*.example.com"):
                bucket.put_bucket_cname(oss2.models.PutBucketCnameRequest(domain))
            for domain in ("example.org", "badexample.com"):
                found = refusal(bucket.put_bucket_cname, oss2.models.PutBucketCnameRequest(domain))
                assert found[:2] == (403, "NeedVerifyDomainOwnership")
                assert f"{domain} is not among settings.verified_domains" in (oss.requests[-1].why or "")
            assert len(bucket.list_bucket_cname().cname) == 3


class TestAuthorities:
    """Domains that are risky, or without a filing, are what the settings say."""

    @pytest.fixture
    def strict(self) -> Iterator[fakeoss.FakeOSS]:
        with fakeoss.mock_oss(unfiled_domains=("example.org",), risky_domains=("example.net",)) as fake:
            yield fake

    @pytest.mark.parametrize("domain", ["example.net", "*.example.net", "www.Example.net"])
    @pytest.mark.parametrize("region", ["cn-hangzhou", "us-west-1"])
    def test_a_risky_one_is_bound_to_no_bucket(self, strict: fakeoss.FakeOSS, domain: str, region: str) -> None:
        strict.create_bucket(BUCKET, region=region)
        bucket = People(strict).bucket("owner", endpoint=f"https://oss-{region}.aliyuncs.com")
        found = refusal(bucket.put_bucket_cname, oss2.models.PutBucketCnameRequest(domain))
        assert found[:2] == (403, "CnameIsRisk")
        assert f"{domain.lower()} is among settings.risky_domains" in (strict.requests[-1].why or "")
        assert bound(strict.client(region)) == {}

    @pytest.mark.parametrize(
        ("region", "expected"),
        [
            ("cn-hangzhou", (404, "NoSuchCnameInRecord")),
            ("cn-beijing", (404, "NoSuchCnameInRecord")),
            ("cn-hongkong", NOT_REFUSED[:2]),
            ("us-west-1", NOT_REFUSED[:2]),
        ],
    )
    def test_the_mainland_asks_for_a_filing(
        self, strict: fakeoss.FakeOSS, region: str, expected: tuple[int, str]
    ) -> None:
        strict.create_bucket(BUCKET, region=region)
        request = oss_v2.PutCnameRequest(BUCKET, configuration("www.example.org"))
        assert refusal(strict.client(region).put_cname, request)[:2] == expected
        bind(strict.client(region), "www.example.com")


def test_a_deleted_bucket_leaves_its_domains_free(
    oss: fakeoss.FakeOSS, client: oss_v2.Client, bucket: oss2.Bucket
) -> None:
    oss.create_bucket("second")
    bind(client)
    bucket.delete_bucket()
    bind(client, bucket="second")
    assert list(bound(client, "second")) == [DOMAIN]
