"""What certificates say of their own time."""

from __future__ import annotations

import ssl
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss.state.x509 import validity
from tests.moments import utc
from tests.state.certificates import CERTIFICATES

SHORT = ssl.PEM_cert_to_DER_cert(CERTIFICATES["short"])


@pytest.mark.parametrize(
    ("name", "ends"), [("short", utc(2036, 11, 26, 13, 17, 3)), ("long", utc(2136, 6, 5, 13, 17, 3))]
)
def test_both_spellings_of_times(name: str, ends: datetime) -> None:
    assert validity(ssl.PEM_cert_to_DER_cert(CERTIFICATES[name])) == (utc(2026, 11, 29, 13, 17, 3), ends)


def test_years_of_the_last_century() -> None:
    found = validity(SHORT.replace(b"261129131703Z", b"991231235959Z"))
    assert found is not None
    assert found.starts == utc(1999, 12, 31, 23, 59, 59)


@pytest.mark.parametrize("data", [b"", b"certificate", b"\x30", b"\x30\x84\xff\xff\xff\xff", SHORT[:-1], b"\x30\x00"])
def test_what_is_no_certificate(data: bytes) -> None:
    assert validity(data) is None


@given(st.binary(max_size=64), st.integers(0, len(SHORT)))
def test_no_bytes_are_too_odd(noise: bytes, place: int) -> None:
    for data in (noise, SHORT[:place] + noise + SHORT[place:], SHORT[:place] + noise):
        found = validity(data)
        assert found is None or found.starts.tzinfo is timezone.utc
