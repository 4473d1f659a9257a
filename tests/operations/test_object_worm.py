"""Retention of single versions, by default and by hand, and legal holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest

import fakeoss
from tests.conftest import BUCKET, Raw
from tests.operations.conftest import Refused, ServiceError, Untouched, elements_of
from tests.operations.versions import at, enable, ids, suspend

CONFIGURATION = "<ObjectWormConfiguration><ObjectWormEnabled>Enabled</ObjectWormEnabled>{}</ObjectWormConfiguration>"
RULE = "<Rule><DefaultRetention><Mode>{}</Mode>{}</DefaultRetention></Rule>"
BYPASS = {"x-oss-bypass-governance-retention": "true"}


@pytest.fixture
def worm(bucket: oss2.Bucket, client: oss_v2.Client) -> oss2.Bucket:
    """A bucket whose objects may have retention."""
    enable(bucket)
    switch_on(client)
    return bucket


def switch_on(
    client: oss_v2.Client, mode: str | None = None, *, days: int | None = None, years: int | None = None
) -> None:
    default = oss_v2.ObjectWormConfigurationRuleDefaultRetention(mode=mode, days=days, years=years)
    rule = None if mode is None else oss_v2.ObjectWormConfigurationRule(default_retention=default)
    client.put_bucket_object_worm_configuration(
        oss_v2.PutBucketObjectWormConfigurationRequest(
            bucket=BUCKET,
            object_worm_configuration=oss_v2.ObjectWormConfiguration(object_worm_enabled="Enabled", rule=rule),
        )
    )


def spelled(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"


@pytest.fixture
def later(oss: fakeoss.FakeOSS) -> Callable[..., str]:
    """A moment from now on, as the service spells it: `later(days=1)`."""
    return lambda **duration: spelled(oss.clock.now() + timedelta(**duration))


def retain(client: oss_v2.Client, mode: str, until: str, version_id: str | None = None, **more: object) -> object:
    return client.put_object_retention(
        oss_v2.PutObjectRetentionRequest(
            bucket=BUCKET,
            key="a",
            version_id=version_id,
            retention=oss_v2.Retention(mode=mode, retain_until_date=until),
            **more,
        )
    )


def retention(client: oss_v2.Client, version_id: str | None = None) -> tuple[str | None, str | None]:
    request = oss_v2.GetObjectRetentionRequest(bucket=BUCKET, key="a", version_id=version_id)
    found = client.get_object_retention(request).retention
    return found.mode, found.retain_until_date


def hold(client: oss_v2.Client, status: str, version_id: str | None = None) -> None:
    client.put_object_legal_hold(
        oss_v2.PutObjectLegalHoldRequest(
            bucket=BUCKET, key="a", version_id=version_id, legal_hold=oss_v2.LegalHold(status=status)
        )
    )


def is_kept(bucket: oss2.Bucket, version_id: str, headers: dict[str, str] | None = None) -> bool:
    """Whether deleting the version is refused; it is gone otherwise."""
    try:
        bucket.delete_object("a", params=at(version_id), headers=headers)
    except oss2.exceptions.ServerError as error:
        if (error.status, error.code) != (409, "FileImmutable"):
            raise
        return True
    return False


# The bucket's configuration


def test_the_configuration_is_read_as_it_was_set(
    bucket: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError
) -> None:
    request = oss_v2.GetBucketObjectWormConfigurationRequest(bucket=BUCKET)
    assert service_error(client.get_bucket_object_worm_configuration, request).status_code == 404
    enable(bucket)
    switch_on(client, "GOVERNANCE", days=1)
    found = client.get_bucket_object_worm_configuration(request).object_worm_configuration
    default = found.rule.default_retention
    assert (found.object_worm_enabled, default.mode, default.days, default.years) == ("Enabled", "GOVERNANCE", 1, None)
    switch_on(client, "COMPLIANCE", years=2)
    default = client.get_bucket_object_worm_configuration(request).object_worm_configuration.rule.default_retention
    assert (default.mode, default.days, default.years) == ("COMPLIANCE", None, 2)
    switch_on(client)
    assert client.get_bucket_object_worm_configuration(request).object_worm_configuration.rule is None


@pytest.mark.parametrize("versioning", [None, "Suspended"])
def test_it_needs_versioning(bucket: oss2.Bucket, refused: Refused, versioning: str | None) -> None:
    if versioning:
        suspend(bucket)
    refused(400, "InvalidRequest", "PUT", "/?objectWorm", body=CONFIGURATION.format("").encode())


def test_it_and_a_policy_of_the_bucket_exclude_each_other(bucket: oss2.Bucket, refused: Refused) -> None:
    enable(bucket)
    bucket.init_bucket_worm(1)
    refused(400, "InvalidRequest", "PUT", "/?objectWorm", body=CONFIGURATION.format("").encode())
    bucket.abort_bucket_worm()


def test_a_policy_of_the_bucket_is_refused_beside_it(worm: oss2.Bucket, untouched: Untouched) -> None:
    with untouched(), pytest.raises(oss2.exceptions.InvalidRequest):
        worm.init_bucket_worm(1)


def test_versioning_can_not_be_suspended_any_more(worm: oss2.Bucket, untouched: Untouched) -> None:
    with untouched(), pytest.raises(oss2.exceptions.InvalidRequest):
        suspend(worm)
    enable(worm)


def test_it_can_not_be_undone(worm: oss2.Bucket, refused: Refused, raw: Raw) -> None:
    body = CONFIGURATION.replace(">Enabled<", ">Disabled<").format("").encode()
    refused(400, "MalformedXML", "PUT", "/?objectWorm", body=body)
    assert raw("DELETE", "/?objectWorm").status == 501


@pytest.mark.parametrize(
    "rule",
    [
        RULE.format("COMPLIANCE", ""),
        RULE.format("COMPLIANCE", "<Days>1</Days><Years>1</Years>"),
        RULE.format("OTHER", "<Days>1</Days>"),
        RULE.format("COMPLIANCE", "<Days>0</Days>"),
        RULE.format("COMPLIANCE", "<Days>36501</Days>"),
        RULE.format("COMPLIANCE", "<Years>101</Years>"),
        RULE.format("COMPLIANCE", "<Days>x</Days>"),
        "<Rule><DefaultRetention><Days>1</Days></DefaultRetention></Rule>",
    ],
)
def test_a_bad_default_is_malformed(bucket: oss2.Bucket, refused: Refused, rule: str) -> None:
    enable(bucket)
    refused(400, "MalformedXML", "PUT", "/?objectWorm", body=CONFIGURATION.format(rule).encode())


# By default and by header


@pytest.mark.parametrize(("asked", "days"), [({"days": 2}, 2), ({"years": 1}, 365)])
def test_new_objects_get_the_default_and_old_ones_do_not(
    bucket: oss2.Bucket, client: oss_v2.Client, asked: dict[str, int], days: int
) -> None:
    enable(bucket)
    old = bucket.put_object("a", b"old").versionid
    switch_on(client, "GOVERNANCE", **asked)
    new = bucket.put_object("a", b"new").versionid
    modified = datetime.fromtimestamp(bucket.head_object("a").last_modified, tz=timezone.utc)
    assert retention(client, new) == ("GOVERNANCE", spelled(modified + timedelta(days=days)))
    assert retention(client, old) == (None, None)
    assert is_kept(bucket, new)
    assert not is_kept(bucket, old)


def test_every_way_of_writing_gets_the_default(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    enable(bucket)
    switch_on(client, "COMPLIANCE", days=1)
    bucket.put_object("source", b"x")
    bucket.copy_object(BUCKET, "source", "copied")
    bucket.put_symlink("source", "linked")
    upload_id = bucket.init_multipart_upload("uploaded").upload_id
    part = oss2.models.PartInfo(1, bucket.upload_part("uploaded", upload_id, 1, b"x").etag)
    bucket.complete_multipart_upload("uploaded", upload_id, [part])
    for key in ("source", "copied", "linked", "uploaded"):
        found = client.get_object_retention(oss_v2.GetObjectRetentionRequest(bucket=BUCKET, key=key)).retention
        assert found.mode == "COMPLIANCE", key


def test_a_put_asks_for_retention_of_its_own(
    worm: oss2.Bucket, client: oss_v2.Client, later: Callable[..., str]
) -> None:
    switch_on(client, "GOVERNANCE", days=9)
    until = later(hours=5)
    client.put_object(
        oss_v2.PutObjectRequest(
            bucket=BUCKET,
            key="a",
            object_worm_mode="COMPLIANCE",
            object_worm_retain_until_date=until,
            object_worm_legal_hold="ON",
        )
    )
    assert retention(client) == ("COMPLIANCE", until)
    for found in (
        client.head_object(oss_v2.HeadObjectRequest(bucket=BUCKET, key="a")),
        client.get_object(oss_v2.GetObjectRequest(bucket=BUCKET, key="a")),
    ):
        told = (found.object_worm_mode, found.object_worm_retain_until_date, found.object_worm_legal_hold)
        assert told == ("COMPLIANCE", until, "ON")


def test_copies_and_uploads_ask_for_it_too(worm: oss2.Bucket, client: oss_v2.Client, later: Callable[..., str]) -> None:
    until = later(days=1)
    asked = {"object_worm_mode": "GOVERNANCE", "object_worm_retain_until_date": until, "object_worm_legal_hold": "ON"}
    worm.put_object("source", b"x")
    client.copy_object(oss_v2.CopyObjectRequest(bucket=BUCKET, key="a", source_key="source", **asked))
    assert retention(client) == ("GOVERNANCE", until)
    begun = client.initiate_multipart_upload(oss_v2.InitiateMultipartUploadRequest(bucket=BUCKET, key="a", **asked))
    part = worm.upload_part("a", begun.upload_id, 1, b"x")
    worm.complete_multipart_upload("a", begun.upload_id, [oss2.models.PartInfo(1, part.etag)])
    assert retention(client) == ("GOVERNANCE", until)
    assert worm.head_object("a").headers["x-oss-object-worm-legal-hold"] == "ON"


def test_an_object_without_retention_tells_of_none(worm: oss2.Bucket, client: oss_v2.Client) -> None:
    worm.put_object("a", b"")
    assert not [name for name in worm.head_object("a").headers if name.lower().startswith("x-oss-object-worm")]
    assert retention(client) == (None, None)


@pytest.mark.parametrize(
    "headers",
    [
        {"x-oss-object-worm-mode": "COMPLIANCE"},
        {"x-oss-object-worm-retain-until-date": "2999-01-01T00:00:00.000Z"},
        {"x-oss-object-worm-mode": "OTHER", "x-oss-object-worm-retain-until-date": "2999-01-01T00:00:00.000Z"},
        {"x-oss-object-worm-mode": "COMPLIANCE", "x-oss-object-worm-retain-until-date": "tomorrow"},
        {"x-oss-object-worm-mode": "COMPLIANCE", "x-oss-object-worm-retain-until-date": "2020-01-01T00:00:00.000Z"},
        {"x-oss-object-worm-legal-hold": "on"},
    ],
)
def test_bad_retention_headers_are_invalid_arguments(
    worm: oss2.Bucket, refused: Refused, headers: dict[str, str]
) -> None:
    refused(400, "InvalidArgument", "PUT", "/a", headers, b"x")


@pytest.mark.parametrize(
    "request_",
    [
        ("PUT", "/a", {"x-oss-object-worm-legal-hold": "ON"}, b"x"),
        ("PUT", "/a", {"x-oss-object-worm-mode": "COMPLIANCE"}, b"x"),
        ("GET", "/a?retention"),
        ("GET", "/a?legalHold"),
        ("PUT", "/a?retention", {}, b"<Retention/>"),
        ("PUT", "/a?legalHold", {}, b"<LegalHold><Status>ON</Status></LegalHold>"),
    ],
)
def test_without_the_bucket_allowing_it_there_is_no_retention(
    bucket: oss2.Bucket, refused: Refused, request_: tuple[str, ...]
) -> None:
    bucket.put_object("a", b"")
    refused(400, "InvalidRequest", *request_)


# PutObjectRetention


def test_a_version_is_kept_until_its_date_to_the_second(
    worm: oss2.Bucket, client: oss_v2.Client, oss: fakeoss.FakeOSS, later: Callable[..., str]
) -> None:
    version_id = worm.put_object("a", b"").versionid
    until = later(seconds=5)
    retain(client, "COMPLIANCE", until)
    assert retention(client) == ("COMPLIANCE", until)
    assert is_kept(worm, version_id)
    oss.clock.advance(seconds=6)
    assert retention(client) == ("COMPLIANCE", until)
    assert not is_kept(worm, version_id)


def test_retention_is_of_one_version_alone(worm: oss2.Bucket, client: oss_v2.Client, later: Callable[..., str]) -> None:
    first, second = (worm.put_object("a", data).versionid for data in (b"1", b"2"))
    retain(client, "COMPLIANCE", later(days=1), first)
    assert retention(client, second) == (None, None)
    assert is_kept(worm, first)
    third = worm.put_object("a", b"3").versionid
    marker = worm.delete_object("a").versionid
    assert ids(worm, "a") == [marker, third, second, first]
    assert not is_kept(worm, second)


def test_compliance_only_grows(
    worm: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError, later: Callable[..., str]
) -> None:
    worm.put_object("a", b"")
    retain(client, "COMPLIANCE", later(days=2))
    for bypass in (None, True):
        error = service_error(lambda: retain(client, "COMPLIANCE", later(days=1), bypass_governance_retention=bypass))  # noqa: B023  # called at once
        assert (error.status_code, error.code) == (403, "AccessDenied")
    longer = later(days=3)
    retain(client, "COMPLIANCE", longer)
    assert retention(client) == ("COMPLIANCE", longer)


def test_governance_yields_to_who_may_bypass_it(
    worm: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError, later: Callable[..., str]
) -> None:
    version_id = worm.put_object("a", b"").versionid
    retain(client, "GOVERNANCE", later(days=2))
    error = service_error(lambda: retain(client, "GOVERNANCE", later(days=1)))
    assert (error.status_code, error.code) == (403, "AccessDenied")
    shorter = later(days=1)
    retain(client, "GOVERNANCE", shorter, bypass_governance_retention=True)
    assert retention(client) == ("GOVERNANCE", shorter)
    assert is_kept(worm, version_id)
    assert is_kept(worm, version_id, {"x-oss-bypass-governance-retention": "false"})
    assert not is_kept(worm, version_id, BYPASS)


@pytest.mark.parametrize("bypass", [None, True])
def test_the_mode_of_retention_stays_as_long_as_it_holds(
    worm: oss2.Bucket,
    client: oss_v2.Client,
    service_error: ServiceError,
    later: Callable[..., str],
    oss: fakeoss.FakeOSS,
    bypass: bool | None,
) -> None:
    worm.put_object("a", b"")
    retain(client, "GOVERNANCE", later(days=1))
    error = service_error(lambda: retain(client, "COMPLIANCE", later(days=2), bypass_governance_retention=bypass))
    assert (error.status_code, error.code) == (409, "FileImmutable")
    oss.clock.advance(days=1)
    retain(client, "COMPLIANCE", until := later(days=2))
    assert retention(client) == ("COMPLIANCE", until)


def test_retention_that_is_over_is_replaced_by_any_other(
    worm: oss2.Bucket, client: oss_v2.Client, oss: fakeoss.FakeOSS, later: Callable[..., str]
) -> None:
    worm.put_object("a", b"")
    retain(client, "COMPLIANCE", later(days=2))
    oss.clock.advance(days=3)
    until = later(hours=1)
    retain(client, "GOVERNANCE", until)
    assert retention(client) == ("GOVERNANCE", until)


def test_who_may_not_bypass_does_not(worm: oss2.Bucket, oss: fakeoss.FakeOSS, untouched: Untouched) -> None:
    policy = {
        "Version": "1",
        "Statement": [
            {"Effect": "Allow", "Action": "oss:*", "Resource": "*"},
            {"Effect": "Deny", "Action": "oss:BypassGovernanceRetention", "Resource": "*"},
        ],
    }
    switch = {"x-oss-object-worm-mode": "GOVERNANCE", "x-oss-object-worm-retain-until-date": "2999-01-01T00:00:00Z"}
    version_id = worm.put_object("a", b"", headers=switch).versionid
    oss.add_credentials("clerk", "secret", policy=policy)
    clerk = oss2.Bucket(oss2.Auth("clerk", "secret"), "https://oss-cn-hangzhou.aliyuncs.com", BUCKET)
    with untouched(), pytest.raises(oss2.exceptions.AccessDenied):
        clerk.delete_object("a", params=at(version_id), headers=BYPASS)
    free = worm.put_object("a", b"").versionid
    assert clerk.delete_object("a", params=at(free), headers=BYPASS).status == 204


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<Other/>",
        "<Retention/>",
        "<Retention><Mode>COMPLIANCE</Mode></Retention>",
        "<Retention><Mode>OTHER</Mode><RetainUntilDate>2999-01-01T00:00:00.000Z</RetainUntilDate></Retention>",
        "<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>never</RetainUntilDate></Retention>",
    ],
)
def test_a_bad_retention_is_malformed(worm: oss2.Bucket, refused: Refused, body: str) -> None:
    worm.put_object("a", b"")
    refused(400, "MalformedXML", "PUT", "/a?retention", body=body.encode())


def test_a_date_that_has_passed_is_an_invalid_argument(
    worm: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError, later: Callable[..., str]
) -> None:
    worm.put_object("a", b"")
    error = service_error(lambda: retain(client, "COMPLIANCE", later(seconds=-5)))
    assert (error.status_code, error.code) == (400, "InvalidArgument")


def test_appendable_objects_have_no_retention_and_grow_no_more(
    bucket: oss2.Bucket,
    client: oss_v2.Client,
    untouched: Untouched,
    service_error: ServiceError,
    later: Callable[..., str],
) -> None:
    bucket.append_object("a", 0, b"x")
    enable(bucket)
    switch_on(client)
    error = service_error(lambda: retain(client, "COMPLIANCE", later(days=1)))
    assert error.code == "OperationNotSupported"
    with untouched():
        for key, position in (("a", 1), ("b", 0)):
            with pytest.raises(oss2.exceptions.ServerError, match="OperationNotSupported"):
                bucket.append_object(key, position, b"y")


def test_nothing_is_found_where_nothing_is(worm: oss2.Bucket, refused: Refused) -> None:
    for target in ("/a?retention", "/a?legalHold"):
        refused(404, "NoSuchKey", "GET", target)
    marker = worm.delete_object("a").versionid
    refused(404, "NoSuchKey", "GET", f"/a?retention&versionId={marker}")


def test_a_marker_is_never_kept(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    enable(bucket)
    switch_on(client, "COMPLIANCE", days=1)
    kept = bucket.put_object("a", b"").versionid
    marker = bucket.delete_object("a").versionid
    bucket.delete_object("a", params=at(marker))
    assert ids(bucket, "a") == [kept]


def test_one_kept_version_among_many_deletes_nothing(
    worm: oss2.Bucket, client: oss_v2.Client, service_error: ServiceError, later: Callable[..., str]
) -> None:
    free, kept = (worm.put_object("a", data).versionid for data in (b"1", b"2"))
    retain(client, "GOVERNANCE", later(days=1), kept)
    objects = [oss_v2.DeleteObject(key="a", version_id=version_id) for version_id in (free, kept)]
    error = service_error(
        client.delete_multiple_objects, oss_v2.DeleteMultipleObjectsRequest(bucket=BUCKET, objects=objects)
    )
    assert (error.status_code, error.code) == (409, "FileImmutable")
    client.delete_multiple_objects(
        oss_v2.DeleteMultipleObjectsRequest(bucket=BUCKET, objects=objects, bypass_governance_retention=True)
    )
    assert ids(worm, "a") == []


# Legal holds


def test_a_version_on_hold_stays_until_the_hold_is_lifted(
    worm: oss2.Bucket, client: oss_v2.Client, oss: fakeoss.FakeOSS
) -> None:
    version_id = worm.put_object("a", b"").versionid
    request = oss_v2.GetObjectLegalHoldRequest(bucket=BUCKET, key="a")
    assert client.get_object_legal_hold(request).legal_hold.status == "OFF"
    hold(client, "ON")
    assert client.get_object_legal_hold(request).legal_hold.status == "ON"
    oss.clock.advance(days=36500)
    assert is_kept(worm, version_id)
    assert is_kept(worm, version_id, BYPASS)
    why = oss.requests[-1].why
    assert why is not None
    assert "legal hold" in why
    hold(client, "OFF")
    assert client.get_object_legal_hold(request).legal_hold.status == "OFF"
    assert not is_kept(worm, version_id)


def test_holds_and_retention_answer_with_the_version(worm: oss2.Bucket, raw: Raw) -> None:
    version_id = worm.put_object("a", b"").versionid
    reply = raw("PUT", f"/a?legalHold&versionId={version_id}", {}, b"<LegalHold><Status>ON</Status></LegalHold>")
    assert (reply.status, reply.header("x-oss-version-id")) == (200, version_id)
    assert elements_of(raw("GET", "/a?legalHold")) == {"Status": "ON"}
    assert elements_of(raw("GET", "/a?retention")) == {"Mode": "", "RetainUntilDate": ""}


@pytest.mark.parametrize("body", ["", "<Other/>", "<LegalHold/>", "<LegalHold><Status>on</Status></LegalHold>"])
def test_a_bad_hold_is_malformed(worm: oss2.Bucket, refused: Refused, body: str) -> None:
    worm.put_object("a", b"")
    refused(400, "MalformedXML", "PUT", "/a?legalHold", body=body.encode())
