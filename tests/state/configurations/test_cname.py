"""Domains and certificates."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import errors
from fakeoss.state.configurations.cname import Certificate, CertificateConfiguration, checked_domain

LABEL = st.from_regex(r"[a-z0-9_]([a-z0-9_-]{0,20}[a-z0-9_])?", fullmatch=True)
DOMAIN = st.lists(LABEL, min_size=1, max_size=4).map(lambda labels: ".".join([*labels, "example"]))
NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


@given(domain=DOMAIN, prefix=st.sampled_from(["", "*."]), dot=st.sampled_from(["", "."]))
def test_domains_are_taken_in_any_case(domain: str, prefix: str, dot: str) -> None:
    assert checked_domain(f" {prefix}{domain.upper()}{dot} ") == prefix + domain


@given(text=st.text(max_size=30))
def test_whatever_is_given_is_taken_or_refused(text: str) -> None:
    try:
        domain = checked_domain(text)
    except errors.OSSError:
        return
    assert "." in domain.removeprefix("*.")
    assert domain == checked_domain(domain)


@pytest.mark.parametrize("pem", ["", "nothing", "-----BEGIN CERTIFICATE-----é-----END CERTIFICATE-----"])
def test_a_certificate_that_is_none_is_told_by_its_text(pem: str) -> None:
    made = Certificate.of(CertificateConfiguration(certificate=pem), "1-cn-hangzhou", NOW)
    assert made.fingerprint == hashlib.sha1(pem.encode()).digest().hex(":").upper()


@given(content=st.binary(min_size=1, max_size=100))
def test_a_certificate_is_told_by_what_its_armour_holds(content: bytes) -> None:
    encoded = b64encode(content).decode()
    lines = "\n".join(encoded[start : start + 64] for start in range(0, len(encoded), 64))
    pem = f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n"
    made = Certificate.of(CertificateConfiguration(certificate=pem), "1-cn-hangzhou", NOW)
    assert made.fingerprint == hashlib.sha1(content).digest().hex(":").upper()
