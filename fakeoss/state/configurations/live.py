"""Live channels of a bucket: how an RTMP stream would be cut into segments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fakeoss import errors
from fakeoss.schema import integer, nested, schema, text

DEFAULT_PLAYLIST = "playlist.m3u8"


@schema("Target")
class LiveTarget:
    """What the stream is turned into: HLS segments of `frag_duration` seconds, `frag_count` in a playlist."""

    type: str = text("Type", choices=("HLS",), bad=errors.InvalidArgument)
    frag_duration: int = integer("FragDuration", default=5, lowest=1, highest=100)
    frag_count: int = integer("FragCount", default=3, lowest=1, highest=100)
    playlist_name: str = text("PlaylistName", default=DEFAULT_PLAYLIST, longest=128)

    def validate(self) -> None:
        """Refuse a playlist whose name does not end in `.m3u8`; an empty one is the default's."""
        if self.playlist_name and not (self.playlist_name.endswith(".m3u8") and len(self.playlist_name) >= 6):
            raise errors.InvalidPlaylistName(PlaylistName=self.playlist_name)


@schema("Snapshot")
class LiveSnapshot:
    """Where pictures of the stream would go, every `interval` seconds."""

    role: str = text("RoleName")
    bucket: str = text("DestBucket")
    topic: str = text("NotifyTopic", default="")
    interval: int = integer("Interval", lowest=1, highest=100)


@schema("LiveChannelConfiguration")
class LiveConfiguration:
    """A channel as PutLiveChannel describes it."""

    description: str = text("Description", default="", longest=128, unit="bytes")
    status: str = text("Status", default="enabled", choices=("enabled", "disabled"), bad=errors.InvalidArgument)
    target: LiveTarget = nested("Target", LiveTarget)
    snapshot: LiveSnapshot | None = nested("Snapshot", LiveSnapshot, default=None)


@dataclass(frozen=True, slots=True)
class LiveChannel:
    """A channel by name; `changed` is when it was last put. Nobody can push to it, so it is never live."""

    name: str
    changed: datetime
    configuration: LiveConfiguration

    @property
    def playlist(self) -> str:
        """The playlist's name, the default's where none was given."""
        return self.configuration.target.playlist_name or DEFAULT_PLAYLIST
