"""Static website hosting of a bucket: its pages, and the rules that send requests elsewhere.

What the rules do with a request is told by `fakeoss.state.routing`.
"""

from __future__ import annotations

import re

from fakeoss import errors
from fakeoss.schema import boolean, integer, nested, repeated, schema, text, texts

RULES_LIMIT = 20
INCLUDE_HEADERS_LIMIT = 10
MIRROR_HEADERS_LIMIT = 10
MIRROR_HEADER_LENGTH = 1024
"""Limits of reference 7.11.1; a header's length is in bytes."""

BAD = errors.InvalidWebsite
_HEADER = "[A-Za-z0-9-]+"
_URL = re.compile(r"https?://[^/\s?#]+(?:/[^\s?#]*)?/", re.IGNORECASE)
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?"
_CODES = r"[1-5][0-9]{2}(?:,[1-5][0-9]{2})*"


@schema()
class IndexDocument:
    """The page for keys that end in a slash, and what happens below directories.

    `subdirectory_type`: 0 sends `abc` to `abc/` where `abc/<suffix>` exists, 1 does nothing, 2 answers with
    `abc/<suffix>`. It counts only with `for_subdirectories`.
    """

    suffix: str = text("Suffix", shortest=1, bad=BAD)
    for_subdirectories: bool | None = boolean("SupportSubDir", default=None, bad=BAD)
    subdirectory_type: int | None = integer("Type", lowest=0, highest=2, default=None, bad=BAD)


@schema()
class ErrorDocument:
    """The page for objects that do not exist, and the status it goes out with: 404 or 200."""

    key: str = text("Key", shortest=1, bad=BAD)
    status: int | None = integer("HttpStatus", default=None, bad=BAD)

    def validate(self) -> None:
        """Refuse any other status."""
        if self.status not in (None, 200, 404):
            raise BAD(ArgumentName="HttpStatus", ArgumentValue=str(self.status))


@schema()
class IncludeHeader:
    """A header that a request must carry, and what its value must be; the last two are newer than the reference."""

    key: str = text("Key", shortest=1, bad=BAD)
    equals: str | None = text("Equals", default=None)
    starts_with: str | None = text("StartsWith", default=None)
    ends_with: str | None = text("EndsWith", default=None)


@schema()
class Condition:
    """When a rule is obeyed: all that is given must hold."""

    key_prefix: str | None = text("KeyPrefixEquals", default=None)
    key_suffix: str | None = text("KeySuffixEquals", default=None)
    error_code: int | None = integer("HttpErrorCodeReturnedEquals", lowest=400, highest=599, default=None, bad=BAD)
    headers: tuple[IncludeHeader, ...] = repeated("IncludeHeader", IncludeHeader, at_most=INCLUDE_HEADERS_LIMIT)


@schema()
class MirrorHeader:
    """A header and the value it is given."""

    key: str = text("Key", pattern=_HEADER, longest=MIRROR_HEADER_LENGTH, unit="bytes", bad=BAD)
    value: str = text("Value", pattern=r"[^\r\n]*", longest=MIRROR_HEADER_LENGTH, unit="bytes", bad=BAD)


def _names(element: str) -> tuple[str, ...]:
    """A field of header names."""
    names: tuple[str, ...] = texts(
        element,
        pattern=_HEADER,
        longest=MIRROR_HEADER_LENGTH,
        unit="bytes",
        at_most=MIRROR_HEADERS_LIMIT,
        bad=BAD,
    )
    return names


@schema()
class MirrorHeaders:
    """Which headers of a request go to the origin: all or those named, but for some, and with others set."""

    pass_all: bool | None = boolean("PassAll", default=None, bad=BAD)
    passed: tuple[str, ...] = _names("Pass")
    removed: tuple[str, ...] = _names("Remove")
    set: tuple[MirrorHeader, ...] = repeated("Set", MirrorHeader, at_most=MIRROR_HEADERS_LIMIT)


@schema()
class MirrorTag:
    """A tag that mirrored objects get."""

    key: str = text("Key", shortest=1)
    value: str = text("Value", default="")


@schema()
class MirrorAuth:
    """How the origin wants requests signed; kept, not used."""

    access_key_id: str | None = text("AccessKeyId", default=None)
    access_key_secret: str | None = text("AccessKeySecret", default=None)
    auth_type: str | None = text("AuthType", default=None)
    region: str | None = text("Region", default=None)


@schema()
class MirrorAlternate:
    """A further origin, asked in order of number where those before it fail."""

    number: int = integer("MirrorMultiAlternateNumber", lowest=1, bad=BAD)
    url: str = text("MirrorMultiAlternateURL")
    vpc_id: str | None = text("MirrorMultiAlternateVpcId", default=None)
    region: str | None = text("MirrorMultiAlternateDstRegion", default=None)


@schema()
class ReturnHeader:
    """A header that answers of mirrored objects get."""

    key: str = text("Key", pattern=_HEADER, bad=BAD)
    value: str = text("Value", default="", pattern=r"[^\r\n]*", bad=BAD)


@schema()
class Redirect:
    """What a rule does (reference 7.11.1; elements it does not know: SDK v2, RoutingRuleRedirect).

    Kept without effect, since the fake has neither roles nor private networks: what concerns roles, signed
    origins, tunnels, networks, SNI, probes, snapshots, image details, asynchronous fetching and original slashes.
    """

    kind: str = text("RedirectType", choices=("Mirror", "External", "AliCDN", "Internal"), bad=BAD)
    protocol: str | None = text("Protocol", choices=("http", "https"), default=None, bad=BAD)
    host: str | None = text("HostName", pattern=_HOST, default=None, bad=BAD)
    pass_query: bool | None = boolean("PassQueryString", default=None, bad=BAD)
    code: int | None = integer("HttpRedirectCode", lowest=300, highest=399, default=None, bad=BAD)
    replace_key_with: str | None = text("ReplaceKeyWith", default=None)
    replace_prefix_with: str | None = text("ReplaceKeyPrefixWith", default=None)
    replace_prefix: bool | None = boolean("EnableReplacePrefix", default=None, bad=BAD)
    mirror_url: str | None = text("MirrorURL", default=None)
    mirror_url_slave: str | None = text("MirrorURLSlave", default=None)
    mirror_url_probe: str | None = text("MirrorURLProbe", default=None)
    mirror_alternates: tuple[MirrorAlternate, ...] | None = repeated(
        "MirrorMultiAlternate", MirrorAlternate, inside="MirrorMultiAlternates", default=None
    )
    mirror_switch_all_errors: bool | None = boolean("MirrorSwitchAllErrors", default=None, bad=BAD)
    mirror_pass_query: bool | None = boolean("MirrorPassQueryString", default=None, bad=BAD)
    mirror_follow: bool | None = boolean("MirrorFollowRedirect", default=None, bad=BAD)
    mirror_check_md5: bool | None = boolean("MirrorCheckMd5", default=None, bad=BAD)
    mirror_headers: MirrorHeaders | None = nested("MirrorHeaders", MirrorHeaders, default=None)
    mirror_transparent: str | None = text("TransparentMirrorResponseCodes", pattern=_CODES, default=None, bad=BAD)
    mirror_return_headers: tuple[ReturnHeader, ...] | None = repeated(
        "ReturnHeader", ReturnHeader, inside="MirrorReturnHeaders", default=None
    )
    mirror_tags: tuple[MirrorTag, ...] | None = repeated("Taggings", MirrorTag, inside="MirrorTaggings", default=None)
    mirror_save_meta: bool | None = boolean("MirrorSaveOssMeta", default=None, bad=BAD)
    mirror_last_modified: bool | None = boolean("MirrorUserLastModified", default=None, bad=BAD)
    mirror_proxy_pass: bool | None = boolean("MirrorProxyPass", default=None, bad=BAD)
    mirror_allow_head: bool | None = boolean("MirrorAllowHeadObject", default=None, bad=BAD)
    mirror_original_slashes: bool | None = boolean("MirrorPassOriginalSlashes", default=None, bad=BAD)
    mirror_sni: bool | None = boolean("MirrorSNI", default=None, bad=BAD)
    mirror_auth: MirrorAuth | None = nested("MirrorAuth", MirrorAuth, default=None)
    mirror_using_role: bool | None = boolean("MirrorUsingRole", default=None, bad=BAD)
    mirror_role: str | None = text("MirrorRole", default=None)
    mirror_express_tunnel: bool | None = boolean("MirrorIsExpressTunnel", default=None, bad=BAD)
    mirror_region: str | None = text("MirrorDstRegion", default=None)
    mirror_vpc_id: str | None = text("MirrorDstVpcId", default=None)
    mirror_slave_vpc_id: str | None = text("MirrorDstSlaveVpcId", default=None)
    mirror_tunnel_id: str | None = text("MirrorTunnelId", default=None)
    mirror_async_status: int | None = integer("MirrorAsyncStatus", default=None, bad=BAD)
    mirror_snapshot: bool | None = boolean("MirrorAllowVideoSnapshot", default=None, bad=BAD)
    mirror_image_info: bool | None = boolean("MirrorAllowGetImageInfo", default=None, bad=BAD)

    def validate(self) -> None:
        """Refuse a mirror without a good origin, and two ways of naming the new key."""
        if self.replace_key_with and (self.replace_prefix_with or self.replace_prefix):
            raise BAD(ArgumentName="ReplaceKeyWith", ArgumentValue=self.replace_key_with)
        if self.kind != "Mirror":
            return
        if self.mirror_url is None:
            raise BAD(ArgumentName="MirrorURL", ArgumentValue="")
        slave = () if self.mirror_url_slave is None else (("MirrorURLSlave", self.mirror_url_slave),)
        further = (("MirrorMultiAlternateURL", alternate.url) for alternate in self.mirror_alternates or ())
        for name, url in (("MirrorURL", self.mirror_url), *slave, *further):
            if not _URL.fullmatch(url):
                raise BAD(ArgumentName=name, ArgumentValue=url)


@schema()
class LuaConfig:
    """A script for the rule; kept, not run."""

    script: str | None = text("Script", default=None)


@schema()
class RoutingRule:
    """One rule; rules are tried in order of their numbers, and only the first that fits is obeyed."""

    number: int = integer("RuleNumber", lowest=1, bad=BAD)
    condition: Condition = nested("Condition", Condition)
    redirect: Redirect = nested("Redirect", Redirect)
    lua: LuaConfig | None = nested("LuaConfig", LuaConfig, default=None)

    def validate(self) -> None:
        """Refuse a mirror for another status than 404."""
        code = self.condition.error_code
        if self.redirect.kind == "Mirror" and code not in (None, 404):
            raise BAD(ArgumentName="HttpErrorCodeReturnedEquals", ArgumentValue=str(code))


@schema("WebsiteConfiguration")
class WebsiteConfiguration:
    """The website of a bucket (reference 7.11.1): at least one of its three parts."""

    index: IndexDocument | None = nested("IndexDocument", IndexDocument, default=None)
    error: ErrorDocument | None = nested("ErrorDocument", ErrorDocument, default=None)
    rules: tuple[RoutingRule, ...] = repeated(
        "RoutingRule", RoutingRule, inside="RoutingRules", at_most=RULES_LIMIT, default=()
    )

    def validate(self) -> None:
        """Refuse a website without any of them: MalformedXML."""
        if self.index is None and self.error is None and not self.rules:
            raise errors.MalformedXML(ErrorDetail="IndexDocument, ErrorDocument or RoutingRules must be given.")
