"""The reference model: a bucket in lists and dictionaries, as the documentation tells it.

It is written for being read, without regard to speed and without a look at the fake's own state. It answers the
kit's steps; its time is a number of days that only `Advance` moves.
"""

from __future__ import annotations

from fakeoss.kit.model.bucket import Model

__all__ = ["Model"]
