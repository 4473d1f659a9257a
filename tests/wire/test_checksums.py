"""Checksums that clients send are compared with the body's."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import errors
from fakeoss.wire import checksums

DIGEST = hashlib.md5(b"hello").digest()


def test_the_right_content_md5_passes_and_none_is_needed() -> None:
    checksums.check_md5("XUFAKrxLKna5cZ2REBfFkg==", DIGEST)
    checksums.check_md5(None, DIGEST)
    assert checksums.md5(b"hello") == DIGEST
    assert checksums.encode_md5(DIGEST) == "XUFAKrxLKna5cZ2REBfFkg=="


@pytest.mark.parametrize(
    "header",
    [
        "1B2M2Y8AsgTpgAmY7PhCfg==",
        "",
        "XUFAKrxLKna5cZ2REBfFkg",
        "5d41402abc4b2a76b9719d911017c592",
        "!",
        "é",
        "AAAA",
        "=" * 9,
    ],
)
def test_any_other_content_md5_is_an_invalid_digest(header: str) -> None:
    with pytest.raises(errors.OSSError) as caught:
        checksums.check_md5(header, DIGEST)
    assert (caught.value.code, caught.value.status) == ("InvalidDigest", 400)
    assert caught.value.elements == {"Content-MD5": header}


@given(st.binary(max_size=40))
def test_content_md5_of_any_body(body: bytes) -> None:
    digest = hashlib.md5(body).digest()
    assert checksums.encode_md5(digest) == base64.b64encode(digest).decode()
    checksums.check_md5(checksums.encode_md5(digest), checksums.md5(body))


def test_crc64() -> None:
    checksums.check_crc64(None, 5)
    checksums.check_crc64("18446744073709551615", (1 << 64) - 1)
    checksums.check_crc64(" 0 ", 0)


@pytest.mark.parametrize("header", ["", "6", "05", "0x5", "-5", "five"])
def test_another_crc64_is_refused(header: str) -> None:
    with pytest.raises(errors.OSSError) as caught:
        checksums.check_crc64(header, 5)
    assert (caught.value.code, caught.value.status) == ("InvalidCRC64", 400)
