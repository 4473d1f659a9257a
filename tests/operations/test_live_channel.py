"""Live channels: what oss2 makes of them, and what is refused."""

from __future__ import annotations

import oss2
import pytest
from oss2.models import LiveChannelInfo, LiveChannelInfoTarget

import fakeoss
from tests.conftest import BUCKET, Raw

HOST = f"{BUCKET}.oss-cn-hangzhou.aliyuncs.com"


def channel(**target: object) -> LiveChannelInfo:
    """A channel as oss2 describes it."""
    return LiveChannelInfo(description="about", target=LiveChannelInfoTarget(**target))


def test_a_channel_is_made_with_its_urls_and_described_again(bucket: oss2.Bucket) -> None:
    made = bucket.create_live_channel("channel", channel(playlist_name="list.m3u8", frag_duration=7, frag_count=4))
    assert made.publish_url == f"rtmp://{HOST}/live/channel"
    assert made.play_url == f"http://{HOST}/channel/list.m3u8"
    found = bucket.get_live_channel("channel")
    assert (found.status, found.description) == ("enabled", "about")
    target = found.target
    assert (target.type, target.frag_duration, target.frag_count) == ("HLS", "7", "4")
    assert target.playlist_name == "list.m3u8"


def test_channels_are_listed_by_name_page_by_page(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    names = [f"channel-{number}" for number in range(5)]
    for name in reversed(names):
        bucket.create_live_channel(name, channel())
    first = bucket.list_live_channel(max_keys=2)
    assert [info.name for info in first.channels] == names[:2]
    assert (first.is_truncated, first.next_marker) == (True, "channel-1")
    assert [info.name for info in oss2.LiveChannelIterator(bucket, max_keys=2)] == names
    assert [info.name for info in bucket.list_live_channel(prefix="channel-3").channels] == ["channel-3"]
    assert bucket.get_bucket_stat().live_channel_count == 5


def test_status_statistics_and_history_of_a_channel_nobody_pushes_to(bucket: oss2.Bucket) -> None:
    bucket.create_live_channel("channel", channel())
    assert bucket.get_live_channel_stat("channel").status == "Idle"
    bucket.put_live_channel_status("channel", "disabled")
    assert bucket.get_live_channel("channel").status == "disabled"
    assert bucket.get_live_channel_stat("channel").status == "Disabled"
    assert bucket.get_live_channel_history("channel").records == []


def test_a_deleted_channel_is_gone(bucket: oss2.Bucket) -> None:
    bucket.create_live_channel("channel", channel())
    bucket.delete_live_channel("channel")
    for call in (bucket.get_live_channel, bucket.delete_live_channel, bucket.get_live_channel_stat):
        with pytest.raises(oss2.exceptions.NoSuchLiveChannel):
            call("channel")


def test_there_is_no_playlist_without_segments(bucket: oss2.Bucket) -> None:
    bucket.create_live_channel("channel", channel())
    with pytest.raises(oss2.exceptions.InvalidArgument):
        bucket.post_vod_playlist("channel", "vod.m3u8", start_time=1000, end_time=2000)
    with pytest.raises(oss2.exceptions.InvalidArgument):
        bucket.get_vod_playlist("channel", start_time=2000, end_time=1000)


@pytest.mark.parametrize(
    ("name", "target", "code"),
    [
        ("a" * 65, "<Target><Type>HLS</Type></Target>", "InvalidChannelName"),
        ("c", "", "MalformedXML"),
        ("c", "<Target><Type>DASH</Type></Target>", "InvalidArgument"),
        ("c", "<Target><Type>HLS</Type><FragCount>0</FragCount></Target>", "InvalidArgument"),
        ("c", "<Target><Type>HLS</Type><PlaylistName>list.txt</PlaylistName></Target>", "InvalidRequest"),
    ],
)
def test_a_bad_channel_is_refused(bucket: oss2.Bucket, raw: Raw, name: str, target: str, code: str) -> None:
    body = f"<LiveChannelConfiguration>{target}</LiveChannelConfiguration>"
    assert f"<Code>{code}</Code>".encode() in raw("PUT", f"/{name}?live", body=body.encode()).data()
    assert bucket.list_live_channel().channels == []


def test_a_bad_status_is_refused(bucket: oss2.Bucket) -> None:
    bucket.create_live_channel("channel", channel())
    with pytest.raises(oss2.exceptions.InvalidArgument):
        bucket.put_live_channel_status("channel", "paused")
    assert bucket.get_live_channel("channel").status == "enabled"
