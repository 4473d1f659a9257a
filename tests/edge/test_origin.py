"""Where callers come from, as somebody says."""

from __future__ import annotations

import pytest

import fakeoss
from fakeoss.edge.authorise import Caller
from fakeoss.edge.origin import moved
from tests.people import BUCKET, NOT_REFUSED, OTHER, People, allow, deny, document, refusal


def test_what_is_not_said_stays() -> None:
    first = moved(Caller(), ip="10.0.0.1", vpc="vpc-1", tls="1.3")
    assert (first.ip, first.vpc, first.tls) == ("10.0.0.1", "vpc-1", "TLSv1.3")
    assert moved(first) == first
    assert moved(first, tls="TLSv1.1").tls == "TLSv1.1"
    assert moved(first, ip="2001:db8::1").ip == "2001:db8::1"


@pytest.mark.parametrize("wrong", [{"ip": "somewhere"}, {"ip": "10.0.0.0/8"}, {"tls": "1.4"}, {"tls": "SSLv3"}])
def test_what_is_no_place(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong.values()))):
        moved(Caller(), **wrong)


class TestInAFake:
    def test_conditions_on_addresses(self, oss: fakeoss.FakeOSS) -> None:
        oss.create_bucket(BUCKET, objects={"a.txt": b"a"})
        people = People(oss)
        people.add("other", account=OTHER)
        office = {"IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}}
        oss.oss2_bucket(BUCKET).put_bucket_policy(document(allow("oss:GetObject", Principal=[OTHER], Condition=office)))
        theirs = people.bucket("other")
        assert refusal(theirs.get_object, "a.txt")[0] == 403
        with oss.calling_from(ip="10.1.2.3"):
            assert theirs.get_object("a.txt").read() == b"a"
            with oss.calling_from(ip="11.1.2.3"):
                assert refusal(theirs.get_object, "a.txt")[0] == 403
            assert theirs.get_object("a.txt").read() == b"a"
        assert refusal(theirs.get_object, "a.txt")[0] == 403

    def test_conditions_on_the_vpc(self, oss: fakeoss.FakeOSS) -> None:
        oss.create_bucket(BUCKET, objects={"a.txt": b"a"})
        outside = {"StringNotEquals": {"acs:SourceVpc": ["vpc-1"]}}
        bucket = oss.oss2_bucket(BUCKET)
        bucket.put_bucket_policy(document(deny("oss:GetObject", Principal=["*"], Condition=outside)))
        assert refusal(bucket.get_object, "a.txt")[0] == 403
        with oss.calling_from(vpc="vpc-1"):
            assert refusal(bucket.get_object, "a.txt") == NOT_REFUSED

    def test_without_a_block_it_holds_from_now_on(self, oss: fakeoss.FakeOSS) -> None:
        oss.calling_from(ip="10.1.2.3")
        oss.calling_from(tls="1.3")
        assert oss._service.caller == Caller(ip="10.1.2.3", tls="TLSv1.3")
        with oss.calling_from(ip="11.1.2.3"):
            assert oss._service.caller.ip == "11.1.2.3"
        assert oss._service.caller == Caller(ip="10.1.2.3", tls="TLSv1.3")
        with pytest.raises(ValueError, match="nowhere"):
            oss.calling_from(ip="nowhere")

    def test_an_error_in_the_block_brings_the_caller_back(self, oss: fakeoss.FakeOSS) -> None:
        with pytest.raises(KeyError), oss.calling_from(ip="10.0.0.1"):
            raise KeyError
        assert oss._service.caller == Caller()
