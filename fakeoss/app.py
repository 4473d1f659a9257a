"""`FakeOSS`: the one place where a fake is put together."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fakeoss import activation, clients, errors, seeding, travel
from fakeoss.counting import counted
from fakeoss.edge import dispatch, hosts, scripts, settling
from fakeoss.edge.caller import Caller
from fakeoss.edge.defects import Defects
from fakeoss.edge.failure import Failure
from fakeoss.edge.journal import Journal
from fakeoss.edge.route import whole_router
from fakeoss.edge.scripts import Effect, Scripts, Where
from fakeoss.edge.service import Service
from fakeoss.faults import Fault
from fakeoss.ids import Ids
from fakeoss.interceptors.switch import Stay
from fakeoss.operations import catalogue
from fakeoss.settings import Settings, check_region, made_of
from fakeoss.state.accounts import Account, Accounts, Credential, Identity, account_of
from fakeoss.state.store import Store, World
from fakeoss.view import BucketView
from fakeoss.wire.message import Reply, Request

if TYPE_CHECKING:
    import alibabacloud_oss_v2
    import oss2

    from fakeoss.interceptors.server import Server

DEFAULT_ACCOUNT = "1234567890123456"
"""Id of the account that owns what nobody else does."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A fake at one moment: buckets, credentials, scripted failures and the id counter; `default` is its own key."""

    default: tuple[str, str]
    world: World
    accounts: Accounts
    scripts: Scripts
    counter: int


class FakeOSS:
    """One fake of the service; two of them share nothing.

    `handle` answers requests directly; `fakeoss.mock_oss` and the pytest fixtures put it in the way of
    client libraries. Keyword arguments are the fields of `Settings`.
    """

    def __init__(self, **settings: Any) -> None:
        """An empty service with one account; raises TypeError for a setting nobody knows."""
        self.settings = made_of(settings)
        self.clock = travel.Clock()
        self._defects = Defects()
        ids = Ids(self.settings.seed)
        self.credentials: tuple[str, str] = ("LTAI5tFakeOssDefaultKey", ids.hex("secret", 30))
        ids.restore(0)
        credential = Credential(*self.credentials, account_id=DEFAULT_ACCOUNT)
        accounts = Accounts.of(Account(DEFAULT_ACCOUNT), credential)
        self._service = Service(
            settings=self.settings,
            store=Store(),
            accounts=accounts,
            ids=ids,
            journal=Journal(self.settings.journal_length, catalogue.canonical_name),
            router=whole_router(),
            catalogue=catalogue.catalogue(),
            caller=Caller(),
            further_moments=travel.further_moments,
        )

    # Answering

    def handle(self, request: Request) -> Reply:
        """Answer one neutral request; raises only for a defect of the fake itself."""
        reply = dispatch.handle(self._service, request)
        travel.warn_of_standstill(request, reply)
        return reply

    def claims(self, scheme: str, host: str) -> bool:
        """Whether an authority is OSS's, one of the settings' endpoints, or a bound domain."""
        return hosts.claims(self._service, host)

    @property
    def sealed(self) -> bool:
        """Whether every other non-local host is refused while this fake is on top."""
        return self.settings.sealed

    def report(self, defect: Exception) -> None:
        """Keep a defect that a client library may swallow; it is raised when the activation ends."""
        self._defects.keep(defect)

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """A block in which no other thread is in the middle of a request; a fork of the process happens in one."""
        with self._service.lock, self._service.ids.lock:
            yield

    def raise_defects(self, under_way: BaseException | None = None) -> None:
        """Raise the first defect kept, if any, and forget them all; attach them to an exception under way."""
        self._defects.settle(under_way)

    def drop_defects_shown_by(self, error: BaseException) -> None:
        """Do not raise again what a traceback of `error` shows anyway."""
        self._defects.drop_shown_by(error)

    @contextmanager
    def serve(self, host: str = "127.0.0.1", port: int = 0) -> Iterator[Server]:
        """This fake behind a real port within the block, for other processes and languages.

        Give clients `server.endpoint` with path-style access, or `localhost` and the port with the bucket in front. A
        `port` of 0 takes a free one; raises OSError where it cannot be had. Dates of requests may go by the
        real clock as well as by the moved one.
        """
        from fakeoss.interceptors.server import Server

        with Server(self, host, port, report=self.report) as server:
            names = (server.endpoint, f"localhost:{server.endpoint.rpartition(':')[2]}")
            self._set(replace(self.settings, endpoints=(*self.settings.endpoints, *names)))
            try:
                yield server
            finally:
                kept = tuple(name for name in self.settings.endpoints if name not in names)
                self._set(replace(self.settings, endpoints=kept))

    def _set(self, settings: Settings) -> None:
        self.settings = self._service.settings = settings

    # Seeding and looking

    @property
    def requests(self) -> Journal:
        """The journal of requests, oldest first."""
        return self._service.journal

    def bucket(self, name: str) -> BucketView:
        """A view of a bucket for assertions; raises NoSuchBucket for one that is not there."""
        seeding.check_name(name)
        view = BucketView(name, lambda: settling.bucket(self._service, name, self.clock.now()))
        try:
            _ = view.value
        except errors.OSSError as error:
            raise error.because(f"there are {', '.join(self._service.store.world.buckets) or 'none'}") from None
        return view

    def buckets(self) -> list[BucketView]:
        """Views of all buckets, by name."""
        return [self.bucket(name) for name, _ in self._service.store.world.buckets.items()]

    def create_bucket(
        self,
        name: str,
        *,
        region: str | None = None,
        acl: str | None = None,
        versioning: str | bool | None = None,
        storage_class: str | None = None,
        objects: Mapping[str, bytes | str] | None = None,
        account: str | None = None,
    ) -> BucketView:
        """A new bucket without a client, with objects by key; raises the service's own refusals.

        It belongs to `account` (as in `add_credentials`), the default account's if not given.
        """
        with seeding.whole_or_not_at_all(self._service):
            seeding.create_bucket(
                self._service,
                name,
                region=region,
                acl=acl,
                versioning=versioning,
                storage_class=storage_class,
                account=None if account is None else account_of(account).id,
            )
            seeding.put_objects(self._service, name, objects or {})
        return self.bucket(name)

    def put(self, bucket: str, key: str, data: bytes | str, **headers: str) -> None:
        """Put one object without a client; `headers` as `content_type="text/plain"`.

        Raises TypeError for a header that PutObject would pass over, and the service's own refusals.
        """
        seeding.check_headers(headers)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with self._service.lock:
            seeding.put_object(self._service, bucket, key, data, named)

    def load(self, directory: str | os.PathLike[str], bucket: str, prefix: str = "") -> int:
        """Put every file below `directory` into `bucket` (made if absent); gives the number of objects."""
        from fakeoss import files

        return files.load(self._service, Path(directory), bucket, prefix)

    def dump(self, bucket: str, directory: str | os.PathLike[str]) -> int:
        """Write every object of `bucket` below `directory`; gives the number of files."""
        from fakeoss import files

        return files.dump(self.bucket(bucket).value, Path(directory))

    # Identities

    def add_credentials(
        self,
        access_key_id: str,
        access_key_secret: str,
        *,
        account: str | None = None,
        user: str | None = None,
        role: str | None = None,
        security_token: str | None = None,
        expires: datetime | None = None,
        policy: str | Mapping[str, Any] | None = None,
        enabled: bool = True,
    ) -> Identity:
        """Register a key and tell whose it is: `.user_id` and `.arn` are what a policy's Principal may name.

        The key is that of `account` (its 16 digits, or a name that stands for some; made if new; the default account
        if not given) itself, of a RAM user of it (`user`, or a `policy`, which says what he may), or with a
        `security_token` a temporary one of a role (`role`, or `role/session`), narrowed by `policy` and good until
        `expires`. With `enabled=False` it is one that was switched off. Raises ValueError.
        """
        from fakeoss.state.credentials import checked_credential

        whose = account_of(account or DEFAULT_ACCOUNT)
        credential = checked_credential(
            access_key_id,
            access_key_secret,
            whose.id,
            user=user,
            role=role,
            policy=policy,
            security_token=security_token,
            expires=expires,
            enabled=enabled,
        )
        with self._service.lock:
            accounts = self._service.accounts
            if accounts.account(whose.id) is None:
                accounts = accounts.with_account(whose)
            self._service.accounts = accounts.with_credential(credential)
            return self._service.accounts.identity(credential)

    def calling_from(
        self, *, ip: str | None = None, vpc: str | None = None, tls: str | None = None
    ) -> AbstractContextManager[object]:
        """Say where callers come from, as policies, access points and TLS rules see it.

        Holds from now on, or with `with` until the end of the block. `tls` is `1.2` or `TLSv1.2`. At first it is
        127.0.0.1, no VPC, TLS 1.2. Raises ValueError.
        """
        from fakeoss.edge import origin

        before = self._service.caller
        self._service.caller = origin.moved(before, ip=ip, vpc=vpc, tls=tls)
        block = ExitStack()
        block.callback(setattr, self._service, "caller", before)
        return block

    # Failing

    def fail(
        self,
        operation: str,
        *,
        status: int | None = None,
        code: str | None = None,
        fault: Fault | None = None,
        times: int | None = 1,
        skip: int = 0,
        where: Where | None = None,
        effect: Effect = "before",
    ) -> Failure:
        """Make matching requests fail: with an error reply (`status`, `code`) or on the wire (`fault`).

        `operation` is a name, an alias or `*`; the first `skip` matches pass, the next `times` (None: all) fail.
        `where` is a predicate or a mapping of glob patterns for `bucket`, `key`, `method`. With `effect="after"` the
        request takes effect first; so it does under a fault that breaks off the reply's body, which needs a reply.
        What the service itself refuses is not counted. Raises ValueError for an unknown name.
        """
        name = "*" if operation == "*" else catalogue.canonical_name(operation)
        script = scripts.write(
            name, status=status, code=code, fault=fault, times=times, skip=skip, where=where, effect=effect
        )
        with self._service.lock:
            self._service.scripts = self._service.scripts.add(script)
        return Failure(self._service, script)

    # Time travel of the state

    def snapshot(self) -> Snapshot:
        """The state as it is now; costs nothing, whatever is stored."""
        with self._service.lock:
            of = self._service
            return Snapshot(self.credentials, of.store.world, of.accounts, of.scripts, of.ids.counter)

    def restore(self, snapshot: Snapshot) -> None:
        """Make the state what it was, here or in another fake; journal, settings, time and the fake's own key stay.

        Raises TypeError for what no `snapshot` gave.
        """
        if not isinstance(snapshot, Snapshot):
            raise TypeError(f"restore takes what snapshot() gave, not {snapshot!r}")
        accounts = snapshot.accounts
        if snapshot.default != self.credentials:
            accounts = accounts.with_credential(Credential(*self.credentials, account_id=DEFAULT_ACCOUNT))
        with self._service.lock:
            service = self._service
            service.store.world, service.accounts = snapshot.world, accounts
            service.scripts = snapshot.scripts
            service.ids.restore(snapshot.counter)

    @contextmanager
    def fork(self, **settings: Any) -> Iterator[FakeOSS]:
        """A fake of its own that begins as this one is now; active within the block if this one is.

        It has this one's settings but for those given, and a journal and a clock of its own. Costs
        nothing, whatever is stored.
        """
        child = FakeOSS(**{field.name: getattr(self.settings, field.name) for field in fields(Settings)} | settings)
        child.credentials = self.credentials
        child.restore(self.snapshot())
        if activation.is_active(self):
            with Stay(child):
                yield child
            return
        try:
            yield child
        finally:
            child.clock.come_back()

    def reset(self) -> None:
        """Empty buckets, journal and scripted failures; credentials and settings stay."""
        with self._service.lock:
            self._service.store.world = World()
            self._service.scripts = Scripts()
            self._service.journal.clear()

    # Ready-made clients

    def client(self, region: str | None = None) -> alibabacloud_oss_v2.Client:
        """An SDK v2 client of the default account; raises ValueError for an endpoint in the place of a region."""
        check_region(region or self.settings.region)
        return clients.sdk_v2(self.credentials, region or self.settings.region)

    def oss2_bucket(self, name: str, region: str | None = None) -> oss2.Bucket:
        """An oss2 bucket object of the default account; nothing is created.

        Raises TypeError for a name that is no text, ValueError for an endpoint in the place of a region.
        """
        seeding.check_name(name)
        check_region(region or self.settings.region)
        return clients.oss2_bucket(self.credentials, name, region or self.settings.region)

    def __repr__(self) -> str:
        buckets = counted(len(self._service.store.world.buckets), "bucket")
        return f"<FakeOSS: {buckets}, {counted(self.requests.count(), 'request')}>"
