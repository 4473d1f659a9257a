"""Signed URLs for one network or one VPC."""

from __future__ import annotations

import oss2
import pytest
import requests

import fakeoss
from tests.people import BUCKET, People

VERSIONS = ["v1", "v2", "v4"]
EC = {"v1": "0002-00000040", "v2": "0002-00000101", "v4": "0002-00000225"}


@pytest.fixture
def people(oss: fakeoss.FakeOSS) -> People:
    oss.create_bucket(BUCKET, objects={"a.txt": b"a"})
    return People(oss)


def url(people: People, version: str, **params: str) -> str:
    """A URL as it is handed out: without the network that was signed."""
    named = {f"x-oss-ac-{name.replace('_', '-')}": value for name, value in params.items()}
    bucket: oss2.Bucket = people.bucket("owner", version=version)
    signed = str(bucket.sign_url("GET", "a.txt", 60, params=named))
    start, _, query = signed.partition("?")
    return f"{start}?{'&'.join(part for part in query.split('&') if 'source-ip' not in part)}"


@pytest.mark.parametrize("version", VERSIONS)
class TestNetworks:
    @pytest.mark.parametrize(
        ("network", "mask", "inside", "outside"),
        [
            ("10.1.2.3", "32", "10.1.2.3", "10.1.2.4"),
            ("10.1.0.0", "16", "10.1.255.9", "10.2.0.1"),
            ("2001:db8::", "32", "2001:db8:1::1", "2001:db9::1"),
            ("10.1.0.0", "16", "::ffff:10.1.2.3", "::ffff:10.2.2.3"),
        ],
    )
    def test_a_url_is_good_within_its_network(
        self, people: People, version: str, network: str, mask: str, inside: str, outside: str
    ) -> None:
        link = url(people, version, source_ip=network, subnet_mask=mask)
        assert "source-ip" not in link
        with people.oss.calling_from(ip=inside):
            assert requests.get(link).content == b"a"
        with people.oss.calling_from(ip=outside):
            reply = requests.get(link)
        assert (reply.status_code, reply.headers["x-oss-ec"]) == (403, EC[version])
        assert "for one network alone, and the caller is in " in (people.oss.requests[-1].why or "")

    def test_another_mask_is_another_signature(self, people: People, version: str) -> None:
        link = url(people, version, source_ip="10.1.0.0", subnet_mask="16")
        with people.oss.calling_from(ip="10.1.0.0"):
            assert requests.get(link.replace("mask=16", "mask=8")).status_code == 403

    @pytest.mark.parametrize("mask", ["65536", "33", "-1", "x", "", "\u0661"])
    def test_a_mask_that_is_none(self, people: People, version: str, mask: str) -> None:
        reply = requests.get(url(people, version, subnet_mask=mask))
        assert (reply.status_code, reply.headers["x-oss-ec"]) == (400, "0002-00000601")

    def test_a_vpc(self, people: People, version: str) -> None:
        link = url(people, version, vpc_id="vpc-1")
        for elsewhere in (None, "vpc-2"):
            with people.oss.calling_from(vpc=elsewhere):
                assert requests.get(link).status_code == 403
                assert (
                    people.oss.requests[-1].why
                    == f"the URL was signed for use from vpc-1, the request came from {elsewhere}"
                )
        with people.oss.calling_from(vpc="vpc-1"):
            assert requests.get(link).content == b"a"

    def test_both(self, people: People, version: str) -> None:
        link = url(people, version, source_ip="10.1.0.0", subnet_mask="16", vpc_id="vpc-1", forward_allow="true")
        with people.oss.calling_from(ip="10.1.9.9", vpc="vpc-1"):
            assert requests.get(link).content == b"a"
        with people.oss.calling_from(ip="10.9.9.9", vpc="vpc-1"):
            assert requests.get(link).status_code == 403


def test_a_header_signature_is_not_restricted(people: People) -> None:
    bucket = people.bucket("owner", version="v4")
    assert bucket.get_object("a.txt", params={"x-oss-ac-subnet-mask": "none"}).read() == b"a"
