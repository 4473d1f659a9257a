"""What an operation's body sees of the request it answers, and how it changes the world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Protocol

from fakeoss import errors
from fakeoss.ids import Ids
from fakeoss.settings import Settings
from fakeoss.state.accounts import Accounts, Identity
from fakeoss.state.acl import Access
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.access_point import AccessPoint
from fakeoss.state.store import Store, World
from fakeoss.wire.message import Body, Request
from fakeoss.wire.xml import Node, parse


class Judge(Protocol):
    """Judges what turns up within a request: further things to be done, and forms."""

    def permit(
        self,
        action: str,
        bucket: Bucket,
        key: str | None,
        access: Access,
        version_id: str | None = None,
        through: AccessPoint | None = None,
    ) -> None:
        """Return if the caller may do a second thing, such as read a copy's source; else raise AccessDenied.

        `through` is the access point that names the bucket.
        """

    def judge_form(self, fields: Mapping[str, str], key: str) -> Identity:
        """Whose form it is, if he may write what it asks for; else raise the refusal. Only PostObject has one.

        `fields` are those before the file, by name in lower case.
        """


class Addressed(Protocol):
    """How the request was addressed.

    A host that is one of the settings', such as a server's port, stands for every region.
    """

    @property
    def endpoint(self) -> str:
        """The authority as sent, the bucket's label left out."""

    @property
    def region(self) -> str | None:
        """The region that the authority tells, or None."""

    @property
    def path_style(self) -> bool:
        """Whether the path names the bucket."""

    @property
    def of_settings(self) -> bool:
        """Whether it is none of the service's own hosts."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What follows the reply: `bring` fetches something while no lock is held, `settle` keeps what it brought."""

    bring: Callable[[], Any]
    settle: Callable[[Any], None]


@dataclass(slots=True)
class Call:
    """One request on its way through an operation.

    `now` is the request's one moment; `arguments` the decoded query parameters, `headers` the first
    values by lower-case name. Every change goes through `save` and its neighbours, which replace the
    world; the dispatcher puts the old world back when the body raises.
    """

    request: Request
    operation: str
    address: Addressed
    bucket_name: str
    key: str
    arguments: Mapping[str, str]
    headers: Mapping[str, str]
    now: datetime
    request_id: str
    store: Store
    ids: Ids
    settings: Settings
    accounts: Accounts
    identity: Identity
    judge: Judge
    after: list[Deed]

    @property
    def world(self) -> World:
        """The world as it is within this request."""
        return self.store.world

    @property
    def body(self) -> Body:
        """The request's body."""
        return self.request.body

    @property
    def region(self) -> str:
        """The region that serves the request, the settings' where its host tells none."""
        return self.address.region or self.settings.region

    def bucket(self, name: str | None = None) -> Bucket:
        """The bucket addressed, or the one called `name`; raises NoSuchBucket."""
        wanted = self.bucket_name if name is None else name
        bucket = self.store.world.buckets.get(wanted)
        if bucket is None:
            raise errors.NoSuchBucket(BucketName=wanted)
        return bucket

    def save(self, bucket: Bucket) -> None:
        """Put the changed bucket in the place of the old one."""
        self.store.world = self.store.world.with_bucket(bucket)

    def save_world(self, world: World) -> None:
        """Replace the whole world; for what is not a bucket's own."""
        self.store.world = world

    def admit_form(self, fields: Mapping[str, str], key: str) -> None:
        """Take identity and key from a form, whose fields are given by lower-case name; raises the refusal."""
        self.identity = self.judge.judge_form(fields, key)
        self.key = key

    def document(self, limit: int = 2 << 20) -> Node:
        """The body as an XML document of at most `limit` bytes; raises MalformedXML."""
        return parse(self.request.data(), limit)

    @property
    def second(self) -> datetime:
        """`now` cut to whole seconds, as the service stores times of modification."""
        return self.now.replace(microsecond=0, tzinfo=timezone.utc)
