"""Which authorities a fake answers for, and where a request to one of them goes."""

from __future__ import annotations

from collections.abc import Mapping

from fakeoss import errors
from fakeoss.edge import address
from fakeoss.edge.address import Address
from fakeoss.edge.service import Service
from fakeoss.state.configurations.access_point import ALIAS_SUFFIX, AccessPoint, alias_of_label
from fakeoss.wire.message import Request


def claims(service: Service, host: str) -> bool:
    """Whether an authority is OSS's by name, one of the settings' endpoints, or a domain bound to a bucket."""
    if address.is_oss_host(host) or address.is_endpoint(host, service.settings.endpoints):
        return True
    return bool(bound_domain(service, host))


def locate(service: Service, request: Request) -> Address:
    """The address of a request; raises what `address.parse` raises."""
    return address.parse(
        request.host,
        request.target,
        endpoints=service.settings.endpoints,
        cnames=bound_domain(service, request.host),
    )


def bound_domain(service: Service, host: str) -> Mapping[str, str]:
    """The bucket by the domain that `host` names, in lower case; empty where none is bound to it.

    A domain bound as `*.example.com` stands for every one directly below `example.com`.
    """
    domains = service.store.world.domains
    if not domains:
        return domains
    name = host.partition(":")[0].lower().removesuffix(".")
    bucket = domains.get(name) or domains.get(f"*.{name.partition('.')[2]}")
    return {} if bucket is None else {name: bucket}


def access_point(service: Service, where: Address) -> AccessPoint | None:
    """The access point that an address names by alias or by its own host, None where it names a bucket.

    Raises NoSuchBucket for a name that could only be an access point's and is not (assumption A247). Signatures
    are over the name as addressed (assumption A248).
    """
    name = where.bucket
    if name is None or not (where.kind == "access point" or name.endswith(ALIAS_SUFFIX)):
        return None
    alias = name if name.endswith(ALIAS_SUFFIX) else alias_of_label(name, where.region or "")
    point = None if alias is None else service.store.world.access_points.get(alias)
    if point is None:
        raise errors.NoSuchBucket(BucketName=name).because(f"no access point is called {name!r}")
    return point
