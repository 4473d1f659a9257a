"""Refusals of live channels."""

from __future__ import annotations

from fakeoss.errors.base import Row

NoSuchLiveChannel = Row(
    "NoSuchLiveChannel", 404, "The specified live channel does not exist", source="docs: HTTP 404; oss2 exceptions"
)
ChannelStillLive = Row(
    "ChannelStillLive",
    409,
    "Live channel couldn't be updated or deleted when channel is live",
    source="docs: HTTP 409; oss2 exceptions",
)
LiveChannelDisabled = Row(
    "LiveChannelDisabled", 409, "Live channel is disabled by owner", source="docs: HTTP 409; oss2 exceptions"
)
InvalidChannelName = Row(
    "InvalidChannelName", 400, "The Length of channel name must be less than 64.", source="docs: HTTP 400"
)
InvalidPlaylistName = Row("InvalidRequest", 400, 'Playlist name must ends with ".m3u8".', source="docs: HTTP 400")
NoPlaylistSegments = Row(
    "InvalidArgument", 400, "No ts found in the playlist.", source="docs: HTTP 400 (message); SDK tests (code)"
)
