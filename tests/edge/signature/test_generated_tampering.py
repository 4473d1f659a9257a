"""Whatever the SDKs signed is accepted as it is, and refused with one character changed, or one header more or less."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from functools import partial

import alibabacloud_oss_v2 as oss
import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeoss.errors import OSSError
from fakeoss.state.accounts import Credential
from tests.edge.signature import support
from tests.edge.signature.strategies import HEADERS, KEYS, PARAMS, known_to_oss2, spoilt
from tests.edge.signature.support import BUCKET, KEY, STS, Sent, judge

Texts = dict[str, str]

MOMENT = datetime(2024, 2, 29, 12, 30, tzinfo=timezone.utc)
"""When all of it happens: what is drawn is a place in what was signed, the same whenever it is drawn again."""


def oss2_header(version: str, who: Credential, key: str, params: Texts, headers: Texts) -> Sent:
    return support.oss2_call(who, version, "PUT", key, params=known_to_oss2(version, params), headers=headers)


def oss2_url(version: str, who: Credential, key: str, params: Texts, headers: Texts) -> Sent:
    return support.oss2_url(who, version, "PUT", key, 3600, params=known_to_oss2(version, params), headers=headers)


def v2_header(who: Credential, key: str, params: Texts, headers: Texts) -> Sent:
    return support.v2_call(who, "v4", "PUT", key, params=params, headers=headers)


def v2_url(who: Credential, key: str, _: Texts, __: Texts) -> Sent:
    return support.v2_url(who, "v4", oss.GetObjectRequest(BUCKET, key, response_content_type="a/b"))


WAYS: dict[str, Callable[[Credential, str, Texts, Texts], Sent]] = {
    **{f"oss2 {version} header": partial(oss2_header, version) for version in ("v1", "v2", "v4")},
    **{f"oss2 {version} URL": partial(oss2_url, version) for version in ("v1", "v2", "v4")},
    "SDK v2 v4 header": v2_header,
    "SDK v2 v4 URL": v2_url,
}


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=60, deadline=None)
@given(
    data=st.data(),
    who=st.sampled_from([KEY, STS]),
    key=KEYS.filter(lambda key: not key.startswith("?")),
    params=PARAMS,
    headers=HEADERS,
)
def test_one_change_is_refused(
    way: str, data: st.DataObject, who: Credential, key: str, params: Texts, headers: Texts
) -> None:
    with time_machine.travel(MOMENT, tick=False):
        sent = WAYS[way](who, key, params, headers)
        assert judge(sent).verified
        with pytest.raises(OSSError) as refused:
            judge(data.draw(spoilt(sent)))
    assert refused.value.status in {400, 403}
