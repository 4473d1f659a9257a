"""A reply's body as the file object a client library reads from."""

from __future__ import annotations

from collections.abc import Iterator


class ReplyStream:
    """Stands where urllib3 expects an `http.client.HTTPResponse`.

    Like that one it counts as closed as soon as its last byte was read, and gives nothing from then on.
    Whole segments are handed out as they are, without a copy.
    """

    def __init__(self, segments: tuple[bytes, ...]) -> None:
        """A stream over these segments."""
        self._segments = segments
        self._left = sum(map(len, segments))
        self._index = 0
        self._offset = 0
        self._ended = False
        self.closed = False

    def read(self, amt: int | None = None) -> bytes:
        """Up to `amt` bytes, or all that is left."""
        wanted = self._left if amt is None or amt < 0 else min(amt, self._left)
        pieces = list(self._take(wanted))
        self._left -= wanted
        if not self._left:
            self._ended = True
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def read1(self, amt: int | None = None) -> bytes:
        """As `read`: everything is there already."""
        return self.read(amt)

    def _take(self, wanted: int) -> Iterator[bytes]:
        while wanted:
            segment = self._segments[self._index]
            piece = segment[self._offset : self._offset + wanted]
            wanted -= len(piece)
            self._offset += len(piece)
            if self._offset == len(segment):
                self._index += 1
                self._offset = 0
            yield piece

    def isclosed(self) -> bool:
        """Whether everything was read, or the stream closed."""
        return self._ended

    def close(self) -> None:
        """Drop what was not read."""
        self._left = 0
        self._ended = True
        self.closed = True

    def flush(self) -> None:
        """There is nothing to flush."""
