"""Live channels: made, listed, described, deleted. No stream ever arrives, so they stay idle and without segments."""

from __future__ import annotations

from dataclasses import replace

from fakeoss import errors
from fakeoss.operations import paging
from fakeoss.operations.call import Call
from fakeoss.operations.configuring import checked_body
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import XML_TYPE, document, empty, timestamp
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.live import LiveChannel, LiveConfiguration
from fakeoss.wire import schema_xml
from fakeoss.wire.bind import integer, params, query, refuse
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Element

NAME_LIMIT = 64
"""Bytes in a channel's name."""

LONGEST_PERIOD = 24 * 3600
"""Seconds that a playlist of recorded segments may span."""


@operation("PutLiveChannel")
def put_live_channel(call: Call) -> Reply:
    """Make a channel or describe it anew; answers where to push and to play. Raises InvalidChannelName."""
    if len(call.key.encode()) > NAME_LIMIT or "/" in call.key:
        raise errors.InvalidChannelName(ChannelName=call.key)
    configuration = schema_xml.parse(LiveConfiguration, checked_body(call))
    channel = LiveChannel(call.key, call.second, configuration)
    call.save(call.bucket().with_keyed(channel.name, channel))
    return document("CreateLiveChannelResult", _urls(call, channel))


@params
class ListLiveChannel:
    """What ListLiveChannel takes."""

    prefix: str = query("prefix", paging.name, default="")
    marker: str = query("marker", paging.name, default="")
    limit: int = query("max-keys", integer(1, 1000), default=100)


@operation("ListLiveChannel", ListLiveChannel)
def list_live_channel(call: Call, ask: ListLiveChannel) -> Reply:
    """A page of channels by name, after `marker`."""
    named = [
        channel
        for channel in call.bucket().keyed_configurations(LiveChannel)
        if channel.name.startswith(ask.prefix) and channel.name > ask.marker
    ]
    page, rest = named[: ask.limit], named[ask.limit :]
    return document(
        "ListLiveChannelResult",
        [
            ("Prefix", ask.prefix),
            ("Marker", ask.marker),
            ("MaxKeys", ask.limit),
            ("IsTruncated", bool(rest)),
            ("NextMarker", page[-1].name if rest else ""),
            *(("LiveChannel", _listed(call, channel)) for channel in page),
        ],
    )


def _listed(call: Call, channel: LiveChannel) -> list[Element]:
    return [
        ("Name", channel.name),
        ("Description", channel.configuration.description),
        ("Status", channel.configuration.status),
        ("LastModified", timestamp(channel.changed)),
        *_urls(call, channel),
    ]


def _urls(call: Call, channel: LiveChannel) -> list[Element]:
    """Where a stream would be pushed to, and where its playlist would be."""
    host = f"{call.bucket_name}.{call.address.endpoint}"
    return [
        ("PublishUrls", [("Url", f"rtmp://{host}/live/{channel.name}")]),
        ("PlayUrls", [("Url", f"http://{host}/{channel.name}/{channel.playlist}")]),
    ]


def _channel(bucket: Bucket, name: str) -> LiveChannel:
    channel = bucket.keyed_configuration(LiveChannel, name)
    if channel is None:
        raise errors.NoSuchLiveChannel(LiveChannel=name)
    return channel


@operation("DeleteLiveChannel")
def delete_live_channel(call: Call) -> Reply:
    """Remove a channel; raises NoSuchLiveChannel."""
    bucket = call.bucket()
    _channel(bucket, call.key)
    call.save(bucket.without_keyed(LiveChannel, call.key))
    return empty(204)


@params
class PutLiveChannelStatus:
    """What PutLiveChannelStatus takes."""

    status: str = query("status")


@operation("PutLiveChannelStatus", PutLiveChannelStatus)
def put_live_channel_status(call: Call, ask: PutLiveChannelStatus) -> Reply:
    """Enable or disable a channel; raises NoSuchLiveChannel, InvalidArgument."""
    if ask.status not in ("enabled", "disabled"):
        raise refuse("status", ask.status)
    bucket = call.bucket()
    channel = _channel(bucket, call.key)
    changed = replace(channel, configuration=replace(channel.configuration, status=ask.status))
    call.save(bucket.with_keyed(channel.name, changed))
    return empty()


@operation("GetLiveChannelInfo")
def get_live_channel_info(call: Call) -> Reply:
    """The channel as it was described; raises NoSuchLiveChannel."""
    channel = _channel(call.bucket(), call.key)
    return Reply(200, (XML_TYPE,), (schema_xml.write(channel.configuration),))


@operation("GetLiveChannelStat")
def get_live_channel_stat(call: Call) -> Reply:
    """`Idle`, or `Disabled`: nobody can push to the fake."""
    channel = _channel(call.bucket(), call.key)
    enabled = channel.configuration.status == "enabled"
    return document("LiveChannelStat", [("Status", "Idle" if enabled else "Disabled")])


@operation("GetLiveChannelHistory")
def get_live_channel_history(call: Call) -> Reply:
    """The pushes so far: none, since nobody can push to the fake."""
    _channel(call.bucket(), call.key)
    return document("LiveChannelHistory", [])


@params
class VodPlaylist:
    """The period of a playlist of recorded segments, in Unix seconds."""

    start: int = query("startTime", integer(0))
    end: int = query("endTime", integer(0))


def _no_segments(call: Call, name: str, ask: VodPlaylist) -> errors.OSSError:
    _channel(call.bucket(), name)
    if not 0 < ask.end - ask.start < LONGEST_PERIOD:
        return refuse("endTime", str(ask.end))
    return errors.NoPlaylistSegments(ChannelName=name)


@operation("PostVodPlaylist", VodPlaylist)
def post_vod_playlist(call: Call, ask: VodPlaylist) -> Reply:
    """Store a playlist of a period; refused, because no segment was ever recorded."""
    raise _no_segments(call, call.key.rpartition("/")[0], ask)


@operation("GetVodPlaylist", VodPlaylist)
def get_vod_playlist(call: Call, ask: VodPlaylist) -> Reply:
    """Answer a playlist of a period; refused, because no segment was ever recorded."""
    raise _no_segments(call, call.key, ask)
