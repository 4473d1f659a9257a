"""What a request is addressed to: the host and the path say which bucket, which object, and how.

Sources: help pages "Regions and endpoints", "Access OSS by using bucket domain names", "Access points";
SDK v2's endpoints. Names are compared without regard to case, without a trailing dot and, except
for endpoints named with one, without port.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote_to_bytes

from fakeoss import errors
from fakeoss.data.regions import region_of_endpoint
from fakeoss.values import quickly_made

Kind = Literal["service", "virtual", "path", "cname", "access point"]
Scope = Literal["service", "bucket", "object"]

_SUFFIX = ".aliyuncs.com"
_ENDPOINT = re.compile(r"(?:vpc100-)?oss-(?P<region>[a-z]{2,4}-[a-z0-9-]*[a-z0-9])")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
_AUTHORITY = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\[\]:@/\\\s]+)(?::(?P<port>[0-9]{1,5}))?")
_ACCELERATE = {"oss-accelerate", "oss-accelerate-overseas"}
_PRODUCTS = {
    "oss-vectors": "vector buckets",
    "oss-tables": "table buckets",
    "oss-cloudbox": "cloud boxes",
    "oss-cloudbox-control": "cloud boxes",
}
_ALIAS = "-ossalias"

KNOWN_HOSTS = 256
"""Hosts of which is remembered what they stand for: a host says the same whoever asks, and clients ask on and on."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Address:
    """Where a request goes.

    `bucket` is the name in host or path, for an access point its alias or the first label of its host;
    `raw_key` is the rest of the path as sent, percent-encoding untouched, None where there is none;
    `query` is the raw query. `endpoint` is the authority without the bucket, as clients append it to a
    bucket's name. `region` is None where the host does not tell it (accelerate, custom domains, IP addresses).
    """

    kind: Kind
    endpoint: str
    query: str = ""
    bucket: str | None = None
    raw_key: str | None = None
    region: str | None = None
    internal: bool = False
    accelerate: bool = False
    dualstack: bool = False

    @property
    def scope(self) -> Scope:
        """What the request is about: the service, a bucket or an object."""
        if self.raw_key is not None:
            return "object"
        return "service" if self.bucket is None else "bucket"

    @property
    def of_settings(self) -> bool:
        """Whether it is one of the further authorities; those that put the bucket in front tell no region."""
        return self.path_style or (self.kind == "virtual" and self.region is None and not self.accelerate)

    @property
    def path_style(self) -> bool:
        """Whether the bucket stands in the path."""
        return self.kind == "path"

    @property
    def key(self) -> str | None:
        """The object's key, decoded; raises InvalidObjectName where it is not UTF-8."""
        return None if self.raw_key is None else decoded_key(self.raw_key)


def decoded_key(raw: str) -> str:
    """A key from its percent-encoded form; raises InvalidObjectName where it is not UTF-8.

    `raw` may hold bytes above 127 as latin-1 characters, as carriers hand them out.
    """
    if "%" not in raw and raw.isascii():
        return raw
    try:
        return unquote_to_bytes(raw.encode("latin-1")).decode()
    except UnicodeError:
        raise errors.ObjectNameNotText(ObjectName=ascii(raw[:64])[1:-1]).because("the key is not UTF-8") from None


@lru_cache(KNOWN_HOSTS)
@lru_cache(KNOWN_HOSTS)
def is_oss_host(host: str) -> bool:
    """Whether an authority belongs to OSS by its name: no request to it may leave the process."""
    name = _host_name(host)
    if not name.endswith(_SUFFIX):
        return False
    label = name[: -len(_SUFFIX)].rpartition(".")[2]
    return label == "oss" or label.startswith(("oss-", "vpc100-oss-"))


def is_endpoint(host: str, endpoints: Collection[str]) -> bool:
    """Whether an authority is one of `endpoints`, or a bucket's name before one."""
    return bool(endpoints) and _named(host, endpoints) is not None


def parse(
    host: str, target: str, *, endpoints: Collection[str] = (), cnames: Mapping[str, str] | None = None
) -> Address:
    """The address of a request to authority `host` with origin-form `target`.

    `endpoints` are further authorities to be served in path style and, unless they are IP addresses, with
    the bucket in the host; `cnames` gives the bucket by bound domain, in lower case. Raises
    NonStandardHostForbidden for a host of nobody's, SecondLevelDomainForbidden for a bucket in the path of a
    public endpoint, InvalidBucketName, BadRequest, and NotImplemented naming a product that is not built.
    """
    path, _, query = target.partition("?")
    if not path.startswith("/"):
        raise errors.BadRequest().because(f"the request target {target[:80]!r} does not begin with a slash")
    found = _named(host, endpoints) if endpoints else None
    if found is None:
        found = _public_host(host)
    if found is None:
        name = _host_name(host)
        if not cnames or name not in cnames:
            raise errors.NonStandardHostForbidden().because(f"{host[:255]!r} is no host of OSS")
        found = Address("cname", host, bucket=cnames[name])
    return _with_path(found, path, query)


def _with_path(address: Address, path: str, query: str) -> Address:
    """The address completed by the path; the bucket's name is judged here."""
    bucket, key = address.bucket, path[1:]
    if address.kind == "service" and key:
        raise errors.SecondLevelDomainForbidden().because(
            f"the path {path[:80]!r} names a bucket; {address.endpoint} takes it in the host only"
        )
    if address.kind == "path":
        raw_bucket, _, key = key.partition("/")
        bucket = _text(raw_bucket)
    if bucket is not None and not _BUCKET.fullmatch(bucket):
        raise errors.InvalidBucketName(BucketName=bucket[:255])
    # Written out, since `replace` takes several times as long and every request comes by.
    return Address(
        address.kind,
        address.endpoint,
        query,
        bucket,
        key or None,
        address.region,
        address.internal,
        address.accelerate,
        address.dualstack,
    )


def _text(raw_bucket: str) -> str | None:
    """The bucket's name in a path, or None where the path names none."""
    if not raw_bucket:
        return None
    return unquote_to_bytes(raw_bucket.encode("utf-8", "replace")).decode("utf-8", "replace")


def _host_name(host: str) -> str:
    """The name in an authority, in lower case, without port and trailing dot; empty for what is no authority."""
    match = _AUTHORITY.fullmatch(host)
    return "" if match is None else match["name"].lower().removesuffix(".")


@lru_cache(KNOWN_HOSTS)
def _public_host(host: str) -> Address | None:
    """The address of an authority below aliyuncs.com, before the path is known; None for any other."""
    name = _host_name(host)
    return _public(name) if name.endswith(_SUFFIX) else None


def _public(name: str) -> Address:
    """The address that a name below aliyuncs.com stands for, before the path is known."""
    *front, last = name[: -len(_SUFFIX)].split(".")
    if last in _PRODUCTS:
        raise _unbuilt(name, _PRODUCTS[last])
    if last == "oss-accesspoint":
        return _access_point(name, front)
    if last == "oss":
        return _dualstack(name, front)
    if front and front[-1] == "s3" and last.startswith("oss-"):
        raise _unbuilt(name, "the S3-compatible endpoint")
    return _placed(name, front, _endpoint(name, last))


def _endpoint(name: str, label: str) -> Address:
    """The service's address for the label of an endpoint such as `oss-cn-hangzhou-internal`."""
    host = label + _SUFFIX
    if label in _ACCELERATE:
        return Address("service", host, accelerate=True)
    match = _ENDPOINT.fullmatch(label)
    if match is None:
        raise errors.NonStandardHostForbidden().because(f"{name[:255]!r} is no host of OSS")
    internal = label.endswith("-internal") or label.startswith("vpc100-")
    region = region_of_endpoint().get(host) or match["region"].removesuffix("-internal")
    return Address("service", host, region=region, internal=internal)


def _dualstack(name: str, front: list[str]) -> Address:
    """`<region>.oss.aliyuncs.com` with or without a bucket; without a region it is the oldest name of Hangzhou."""
    region = region_of_endpoint().get(f"{front[-1]}.oss{_SUFFIX}") if front else None
    if region is None:
        return _placed(name, front, Address("service", f"oss{_SUFFIX}", region="cn-hangzhou"))
    endpoint = f"{front[-1]}.oss{_SUFFIX}"
    return _placed(name, front[:-1], Address("service", endpoint, region=region, dualstack=True))


def _access_point(name: str, front: list[str]) -> Address:
    """`<name>-<account>.oss-<region>.oss-accesspoint.aliyuncs.com`."""
    if len(front) != 2:
        raise errors.NonStandardHostForbidden().because(f"{name[:255]!r} is no access point's host")
    service = _endpoint(name, front[1])
    return replace(service, kind="access point", bucket=front[0], endpoint=f"{front[1]}.oss-accesspoint{_SUFFIX}")


def _placed(name: str, front: list[str], service: Address) -> Address:
    """The address of the bucket whose label stands before an endpoint, or the endpoint's own.

    An empty label is none: the official client for Node sends one with ListBuckets to an address in numbers.
    """
    if front in ([], [""]):
        return service
    if len(front) > 1:
        raise errors.InvalidBucketName(BucketName=".".join(front)[:255]).because(f"{name[:255]!r} has too many labels")
    kind: Kind = "access point" if front[0].endswith(_ALIAS) else "virtual"
    return replace(service, kind=kind, bucket=front[0])


def _unbuilt(name: str, product: str) -> errors.OSSError:
    return errors.NotImplemented(message=f"This fake does not serve {product} ({name[:255]}).")


def _named(host: str, endpoints: Collection[str]) -> Address | None:
    """The address of an authority among `endpoints`, or None."""
    match = _AUTHORITY.fullmatch(host)
    if match is None:
        return None
    name, port = match["name"].lower().removesuffix("."), match["port"]
    for endpoint in endpoints:
        named = _AUTHORITY.fullmatch(endpoint.partition("://")[2].partition("/")[0] or endpoint)
        if named is None or not _same_port(named["port"], port):
            continue
        wanted = named["name"].lower().removesuffix(".")
        if name == wanted:
            return Address("path", host)
        if name.endswith(f".{wanted}") and not _is_ip(wanted):
            bucket = name[: -len(wanted) - 1]
            return Address("virtual", host[len(bucket) + 1 :], bucket=bucket)
    return None


def _same_port(named: str | None, sent: str | None) -> bool:
    """Whether a port is the endpoint's; none named means any, none sent one that URLs leave out."""
    return named in (None, sent) or (sent is None and named in ("80", "443"))


def _is_ip(name: str) -> bool:
    return name.startswith("[") or name.replace(".", "").isdigit()
