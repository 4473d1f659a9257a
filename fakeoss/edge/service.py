"""The parts of one fake that requests are judged by and change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from fakeoss.edge.caller import Caller
from fakeoss.edge.journal import Journal
from fakeoss.edge.route import Router
from fakeoss.edge.scripts import Scripts
from fakeoss.edge.signature import KeyCache
from fakeoss.ids import Ids
from fakeoss.operations.catalogue import Catalogue
from fakeoss.settings import Settings
from fakeoss.state.accounts import Accounts
from fakeoss.state.store import Store
from fakeoss.wire.message import Request


@dataclass(slots=True)
class Service:
    """One fake's state, registries and settings, shared by the steps of the pipeline.

    Mutable cells, all changed under `lock`: `store`, `accounts`, `scripts` and `caller`. `further_moments`
    gives moments besides the fake's own by which the date of a request may be judged.
    """

    settings: Settings
    store: Store
    accounts: Accounts
    ids: Ids
    journal: Journal
    router: Router
    catalogue: Catalogue
    caller: Caller
    scripts: Scripts = field(default_factory=Scripts)
    signing_keys: KeyCache = field(default_factory=KeyCache)
    lock: threading.RLock = field(default_factory=threading.RLock)
    further_moments: Callable[[Request], tuple[datetime, ...]] = lambda request: ()
