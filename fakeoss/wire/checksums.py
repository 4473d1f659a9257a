"""Checksums that clients send along: Content-MD5 and x-oss-hash-crc64ecma."""

from __future__ import annotations

import base64
import binascii
import hashlib

from fakeoss import errors


def md5(data: bytes) -> bytes:
    """The MD5 digest, 16 bytes."""
    return hashlib.md5(data, usedforsecurity=False).digest()


def encode_md5(digest: bytes) -> str:
    """A digest as `Content-MD5` spells it."""
    return binascii.b2a_base64(digest, newline=False).decode()


def check_md5(header: str | None, digest: bytes) -> None:
    """Compare `Content-MD5`, where given, with the digest of the body; raises InvalidDigest.

    What is not the base64 of 16 bytes is refused as well.
    """
    if header is not None and _decoded_md5(header) != digest:
        raise errors.InvalidDigest(**{"Content-MD5": header})


def _decoded_md5(header: str) -> bytes | None:
    try:
        return base64.b64decode(header.encode(), validate=True)
    except (binascii.Error, UnicodeError):
        return None


def check_crc64(header: str | None, crc64: int) -> None:
    """Compare `x-oss-hash-crc64ecma`, where a client sends it, with the body's; raises InvalidCRC64.

    The header is the CRC-64/ECMA-182 as an unsigned decimal number.
    """
    if header is not None and header.strip() != str(crc64):
        raise errors.InvalidCRC64().because(f"the client sent {header}, the body's is {crc64}")
