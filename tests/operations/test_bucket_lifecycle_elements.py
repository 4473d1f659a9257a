"""Elements of lifecycle rules: those that are refused by name, and those that clients send though they say nothing."""

from __future__ import annotations

import oss2
import pytest

from tests.conftest import Raw
from tests.operations.conftest import Refused

FULL = """<LifecycleConfiguration><Rule>
<ID>i</ID><Prefix>a/</Prefix><Status>Enabled</Status>
<Tag><Key>team</Key><Value>red</Value></Tag>
<Filter>
<ObjectSizeGreaterThan>1</ObjectSizeGreaterThan>
<Not><Prefix>a/b</Prefix><Tag><Key>kind</Key><Value>x</Value></Tag></Not>
</Filter>
<Expiration><Days>90</Days></Expiration>
<Transition><Days>30</Days><StorageClass>IA</StorageClass></Transition>
<NoncurrentVersionTransition>
<NoncurrentDays>3</NoncurrentDays><StorageClass>IA</StorageClass>
</NoncurrentVersionTransition>
<NoncurrentVersionExpiration><NoncurrentDays>9</NoncurrentDays></NoncurrentVersionExpiration>
</Rule></LifecycleConfiguration>"""
ABORTING = """<LifecycleConfiguration><Rule><Status>Enabled</Status>
<AbortMultipartUpload><Days>3</Days></AbortMultipartUpload></Rule></LifecycleConfiguration>"""


@pytest.mark.parametrize(
    ("document", "around", "element"),
    [
        (FULL, "Rule", "Color"),
        (FULL, "Rule", "days"),
        (FULL, "Rule", "AbortIncompleteMultipartUpload"),
        (FULL, "Rule", "ExpiredObjectDeleteMarker"),
        (FULL, "Tag", "Color"),
        (FULL, "Filter", "And"),
        (FULL, "Filter", "Prefix"),
        (FULL, "Not", "Color"),
        (FULL, "Not><Prefix>a/b</Prefix><Tag", "Color"),
        (FULL, "Expiration", "NoncurrentDays"),
        (FULL, "Transition", "AtimeBase"),
        (FULL, "Transition", "Date"),
        (FULL, "NoncurrentVersionTransition", "Days"),
        (FULL, "NoncurrentVersionExpiration", "NewerNoncurrentVersions"),
        (ABORTING, "AbortMultipartUpload", "DaysAfterInitiation"),
    ],
)
def test_what_a_rule_does_not_know_is_refused_by_name(
    bucket: oss2.Bucket, raw: Raw, refused: Refused, document: str, around: str, element: str
) -> None:
    more = document.replace(f"<{around}>", f"<{around}><{element}>1</{element}>", 1)
    assert more != document
    error = refused(400, "MalformedXML", "PUT", "/?lifecycle", body=more.encode())
    assert error["EC"] == "0014-00000017"
    parent = around.rpartition("<")[2]
    assert error["ErrorDetail"] == f"{element} is not allowed in {parent}."
    assert raw("PUT", "/?lifecycle", body=document.encode()).status == 200


@pytest.mark.parametrize("old", ["<Days>7</Days>", "<Date>2022-10-11T00:00:00.000Z</Date>"])
def test_the_old_form_of_ali_oss_is_taken(bucket: oss2.Bucket, raw: Raw, old: str) -> None:
    body = (
        f"<LifecycleConfiguration><Rule><Prefix>logs/</Prefix><Status>Enabled</Status>{old}"
        "<Expiration><Days>7</Days></Expiration></Rule></LifecycleConfiguration>"
    )
    assert raw("PUT", "/?lifecycle", body=body.encode()).status == 200
    assert [found.expiration.days for found in bucket.get_bucket_lifecycle().rules] == [7]
