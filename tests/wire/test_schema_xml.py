"""Declared configurations read from what clients send and written as clients read it."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timezone

import alibabacloud_oss_v2 as v2
import oss2
import pytest
from alibabacloud_oss_v2 import serde
from hypothesis import given
from hypothesis import strategies as st
from oss2 import xml_utils

from fakeoss import errors
from fakeoss.wire import schema_xml, xml
from tests.schemas import Expiration, Inventory, Lifecycle, Referer, Rule, Tag

MIDNIGHT = datetime(2022, 7, 13, tzinfo=timezone.utc)
INVENTORY = Inventory(
    id="i",
    account="1",
    bucket="b",
    by_service=True,
    classes=("Standard", "IA"),
    actions=("PUT",),
    since=MIDNIGHT.replace(microsecond=5000),
    until=MIDNIGHT.replace(second=1),
    changed=MIDNIGHT,
    size=5,
)
INVENTORY_XML = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b"<InventoryConfiguration><Id>i</Id>"
    b"<Destination><OSSBucketDestination><AccountId>1</AccountId><Bucket>b</Bucket>"
    b"<Encryption><SSE-OSS></SSE-OSS></Encryption></OSSBucketDestination></Destination>"
    b"<StorageClass>Standard,IA</StorageClass><Action>PUT</Action><Since>2022-07-13T00:00:00.005Z</Since>"
    b"<Until>2022-07-13T00:00:01Z</Until><Changed>Wed, 13 Jul 2022 00:00:00 GMT</Changed><Size>5</Size>"
    b"</InventoryConfiguration>"
)


def test_a_whole_document_is_written_and_read_back() -> None:
    assert schema_xml.write(INVENTORY) == INVENTORY_XML
    assert schema_xml.parse(Inventory, INVENTORY_XML) == INVENTORY


def test_what_is_none_is_left_out() -> None:
    bare = Inventory(id="i", account="1", bucket="b", by_service=False)
    written = schema_xml.write(bare)
    assert b"Encryption" not in written
    assert b"StorageClass" not in written
    assert b"Action" not in written
    assert schema_xml.parse(Inventory, written) == bare


@pytest.mark.parametrize(
    ("content", "actions"),
    [("", ()), (" ", ()), ("PUT", ("PUT",)), ("PUT,DELETE", ("PUT", "DELETE")), ("A, B", ("A", "B"))],
)
def test_a_list_within_one_element(content: str, actions: tuple[str, ...]) -> None:
    document = INVENTORY_XML.replace(b"<Action>PUT<", f"<Action>{content}<".encode())
    assert schema_xml.parse(Inventory, document).actions == actions


def test_a_gap_in_a_list_is_refused() -> None:
    with pytest.raises(errors.OSSError) as caught:
        schema_xml.parse(Inventory, INVENTORY_XML.replace(b"<Action>PUT<", b"<Action>PUT,,DELETE<"))
    assert caught.value.elements["ArgumentName"] == "Action"


def test_lists_within_their_elements() -> None:
    none = Referer(allow_empty=True, referers=())
    assert b"<RefererList></RefererList>" in schema_xml.write(none)
    assert b"RefererBlacklist" not in schema_xml.write(none)
    assert schema_xml.parse(Referer, schema_xml.write(none)) == none
    empty = dataclasses.replace(none, blocked=())
    assert b"<RefererBlacklist></RefererBlacklist>" in schema_xml.write(empty)
    assert schema_xml.parse(Referer, schema_xml.write(empty)) == empty


def test_elements_can_be_embedded() -> None:
    rule = Rule(status="Enabled", tags=(Tag(key="a", value="b"),))
    assert schema_xml.elements(rule) == [("Status", "Enabled"), ("Tag", [("Key", "a"), ("Value", "b")])]


def test_a_document_of_sdk_v2() -> None:
    configuration = v2.RefererConfiguration(
        allow_empty_referer=False,
        allow_truncate_query_string=False,
        referer_list=v2.RefererList(referers=["http://a.com/?x=1&y=<2>", "b"]),
        referer_blacklist=v2.RefererBlacklist(referers=["c"]),
    )
    read = schema_xml.parse(Referer, serde.serialize_xml(configuration))
    assert read == Referer(
        allow_empty=False, truncate_query=False, referers=("http://a.com/?x=1&y=<2>", "b"), blocked=("c",)
    )
    back = v2.RefererConfiguration()
    serde.deserialize_xml(schema_xml.write(read), back)
    assert serde.serialize_xml(back) == serde.serialize_xml(configuration)


def test_a_document_of_oss2() -> None:
    rule = oss2.models.LifecycleRule("r", "p", status="Enabled", expiration=oss2.models.LifecycleExpiration(days=3))
    document = xml_utils.to_put_bucket_lifecycle(oss2.models.BucketLifecycle([rule]))
    read = schema_xml.parse(Lifecycle, document)
    assert read.rules == (Rule(id="r", status="Enabled", expiration=Expiration(days=3)),)


def lifecycle(rule: str) -> Lifecycle:
    document = f"<LifecycleConfiguration><Rule>{rule}</Rule></LifecycleConfiguration>"
    return schema_xml.parse(Lifecycle, document.encode())


def test_numbers_booleans_and_times_may_have_space_around_them() -> None:
    rule = lifecycle("<Status>Enabled</Status><Expiration><Days>\n +007 </Days></Expiration>").rules[0]
    assert rule.expiration == Expiration(days=7)
    for spelled in ("true", " true\n", "True"):
        document = f"<RefererConfiguration><AllowEmptyReferer>{spelled}</AllowEmptyReferer></RefererConfiguration>"
        assert schema_xml.parse(Referer, document.encode()).allow_empty


@pytest.mark.parametrize(
    "spelled", ["2022-07-13T00:00:00.000Z", "2022-07-13T00:00:00Z", "2022-07-13", "2022-07-13T00:00:00.000999Z"]
)
def test_times_as_every_sdk_writes_them(spelled: str) -> None:
    expiration = f"<Expiration><CreatedBeforeDate>{spelled}</CreatedBeforeDate></Expiration>"
    assert lifecycle(f"<Status>Enabled</Status>{expiration}").rules[0].expiration == Expiration(before=MIDNIGHT)


@pytest.mark.parametrize(
    ("rule", "detail"),
    [
        ("", "Status is missing"),
        ("<Status/>", "Status must not be ''"),
        ("<Status> Enabled</Status>", "Status must not be ' Enabled'"),
        ("<Status>Enabled</Status><Status>Enabled</Status>", "Status is given 2 times in Rule"),
        ("<Status><b/></Status>", "Status must not hold elements"),
        ("<Status>Enabled</Status><Expiration><Days>one</Days></Expiration>", "Days must not be 'one'"),
        ("<Status>Enabled</Status><Expiration><Days></Days></Expiration>", "Days must not be ''"),
        ("<Status>Enabled</Status><Expiration><Days>1.5</Days></Expiration>", "Days must not be '1.5'"),
        ("<Status>Enabled</Status><Expiration><Days>\u0661</Days></Expiration>", "Days must not be"),
        ("<Status>Enabled</Status><Tag><Key>a</Key></Tag>", "Value is missing"),
    ],
)
def test_what_breaks_the_schema_is_malformed(rule: str, detail: str) -> None:
    with pytest.raises(errors.OSSError) as caught:
        lifecycle(rule)
    assert caught.value.code == "MalformedXML"
    assert detail in caught.value.elements["ErrorDetail"]


def test_unknown_elements_are_ignored_unless_the_class_refuses_them() -> None:
    assert lifecycle("<Status>Enabled</Status><Color>red</Color>").rules == (Rule(status="Enabled"),)
    document = b"<LifecycleConfiguration><Rule><Status>Enabled</Status></Rule><Color/></LifecycleConfiguration>"
    with pytest.raises(errors.OSSError) as caught:
        schema_xml.parse(Lifecycle, document)
    assert caught.value.elements == {"ErrorDetail": "Color is not allowed in LifecycleConfiguration."}


def test_unknown_elements_are_refused_within_wrappers_too() -> None:
    document = INVENTORY_XML.replace(b"<AccountId>", b"<Color></Color><AccountId>")
    with pytest.raises(errors.OSSError) as caught:
        schema_xml.parse(Inventory, document)
    assert caught.value.elements == {"ErrorDetail": "Color is not allowed in OSSBucketDestination."}


@pytest.mark.parametrize("days", ["0", "-1", "9223372036854775808", "9" * 10_000, "-" + "9" * 10_000])
def test_numbers_out_of_bounds_are_refused_by_name(days: str) -> None:
    with pytest.raises(errors.OSSError) as caught:
        lifecycle(f"<Status>Enabled</Status><Expiration><Days>{days}</Days></Expiration>")
    assert caught.value.code == "InvalidArgument"
    assert caught.value.elements["ArgumentName"] == "Days"


@pytest.mark.parametrize(
    "document",
    [
        "<Other/>",
        "<lifecycleConfiguration><Rule><Status>Enabled</Status></Rule></lifecycleConfiguration>",
        "<LifecycleConfiguration/>",
        "<LifecycleConfiguration><rule><Status>Enabled</Status></rule></LifecycleConfiguration>",
        "<LifecycleConfiguration>",
        "",
    ],
)
def test_other_documents_are_malformed(document: str) -> None:
    with pytest.raises(errors.OSSError, match="MalformedXML"):
        schema_xml.parse(Lifecycle, document.encode())


def test_a_second_root_is_accepted_where_declared() -> None:
    lower = INVENTORY_XML.replace(b"InventoryConfiguration", b"inventoryConfiguration")
    assert schema_xml.parse(Inventory, lower) == INVENTORY
    assert schema_xml.write(schema_xml.parse(Inventory, lower)) == INVENTORY_XML


def test_wrappers_given_twice_are_malformed() -> None:
    document = xml.render(
        "RefererConfiguration", [("AllowEmptyReferer", True), ("RefererList", ""), ("RefererList", "")]
    )
    with pytest.raises(errors.OSSError) as caught:
        schema_xml.parse(Referer, document)
    assert "RefererList is given 2 times" in caught.value.elements["ErrorDetail"]


def test_a_missing_element_has_its_own_refusal() -> None:
    with pytest.raises(errors.OSSError) as caught:
        schema_xml.parse(Inventory, b"<InventoryConfiguration/>")
    assert caught.value.row is errors.MissingArgument
    assert caught.value.elements == {"ArgumentName": "Id", "ArgumentValue": ""}


SPEAKABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
TIMES = st.datetimes(timezones=st.just(timezone.utc))
SECONDS = TIMES.map(lambda moment: moment.replace(microsecond=0))
MILLISECONDS = TIMES.map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000))


@given(
    st.builds(
        Inventory,
        id=SPEAKABLE,
        account=SPEAKABLE,
        bucket=SPEAKABLE,
        by_service=st.booleans(),
        classes=st.none() | st.lists(st.sampled_from(["IA", "Standard"])).map(tuple),
        actions=st.lists(st.sampled_from(["PUT", "DELETE", "ABORT"])).map(tuple),
        since=st.none() | MILLISECONDS,
        until=st.none() | SECONDS,
        changed=st.none() | SECONDS,
        size=st.integers(-(1 << 63), (1 << 63) - 1),
    )
    | st.builds(
        Referer,
        allow_empty=st.booleans(),
        truncate_query=st.booleans(),
        referers=st.lists(SPEAKABLE, max_size=3).map(tuple),
        blocked=st.none() | st.lists(SPEAKABLE).map(tuple),
    )
)
def test_whatever_is_written_is_read_back(instance: Inventory | Referer) -> None:
    assert schema_xml.parse(type(instance), schema_xml.write(instance)) == instance


NAMES = st.sampled_from(
    ["RefererConfiguration", "RefererList", "RefererBlacklist", "Referer", "AllowEmptyReferer", "x"]
)
NODES = st.recursive(
    st.builds(xml.Node, NAMES, st.sampled_from(["", "true", "x", "\0"])),
    lambda inner: st.builds(xml.Node, NAMES, st.just(""), st.lists(inner, max_size=4).map(tuple)),
)


@given(NODES)
def test_no_document_raises_anything_but_a_refusal(node: xml.Node) -> None:
    try:
        read = schema_xml.read(Referer, node)
    except errors.OSSError as error:
        assert error.status == 400  # noqa: PT017 - most documents are refused
    else:
        assert len(read.referers) <= 3
