"""The fixtures: a fake for a test, a class, a module or the session; a bucket in it; a port before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from _pytest.nodes import Node

    from conftest_plugin.watch import Watch
    from fakeoss.app import FakeOSS
    from fakeoss.interceptors.server import Server
    from fakeoss.view import BucketView

WIDER = ("fake_oss_session", "fake_oss_module", "fake_oss_class")
"""The fixtures that `fake_oss` forks, the widest first."""

OF_BUCKETS = ("buckets", "versioning")
"""The keywords of the marker that are no settings of the fake."""


@pytest.fixture
def fake_oss(request: pytest.FixtureRequest) -> Iterator[FakeOSS]:
    """An OSS of the test's own, active; a fork of the widest fake_oss_* fixture that the test asks for as well."""
    asked = request.fixturenames
    wider = next((name for name in WIDER if name in asked), None)
    if wider is None:
        yield from _active(request)
        return
    parent: FakeOSS = request.getfixturevalue(wider)
    marked = _marked(request.node)
    with parent.fork(**_settings_in(marked)) as oss, watch_of(request.config).trusting(oss):
        _furnish(oss, marked)
        yield oss


@pytest.fixture(scope="class")
def fake_oss_class(request: pytest.FixtureRequest) -> Iterator[FakeOSS]:
    """An OSS for a test class, active from its first test that asks for it to its last."""
    yield from _active(request)


@pytest.fixture(scope="module")
def fake_oss_module(request: pytest.FixtureRequest) -> Iterator[FakeOSS]:
    """An OSS for a module, active from its first test that asks for it to its last."""
    yield from _active(request)


@pytest.fixture(scope="session")
def fake_oss_session(request: pytest.FixtureRequest) -> Iterator[FakeOSS]:
    """An OSS for the whole run, active from the first test that asks for it."""
    yield from _active(request)


@pytest.fixture
def oss_bucket(fake_oss: FakeOSS, request: pytest.FixtureRequest) -> BucketView:
    """A view of a new bucket in `fake_oss`; `.name` is its name."""
    taken = {view.name for view in fake_oss.buckets()}
    names = ("test-bucket", *(f"test-bucket-{number}" for number in range(2, len(taken) + 3)))
    name = next(name for name in names if name not in taken)
    return _create(fake_oss, name, _marked(request.node))


@pytest.fixture
def oss_server(fake_oss: FakeOSS) -> Iterator[Server]:
    """`fake_oss` behind a real port, for other processes and languages; `.url` and `.endpoint` tell where."""
    with fake_oss.serve() as server:
        yield server


def _active(request: pytest.FixtureRequest) -> Iterator[FakeOSS]:
    """A new fake, active until the fixture's end."""
    from fakeoss import FakeOSS, mock_oss

    marked = _marked(request.node)
    settings = {**_configured(request.config), **_settings_in(marked)}
    fake = _made(FakeOSS, settings)
    with watch_of(request.config).trusting(fake), mock_oss(fake) as oss:
        _furnish(oss, marked)
        yield oss


def _made(make: type[FakeOSS], settings: Mapping[str, Any]) -> FakeOSS:
    """A fake with these settings; what is wrong with them fails the test."""
    try:
        return make(**settings)
    except (TypeError, ValueError) as error:
        mistake = f"the settings of the fixture are refused: {error}"
    pytest.fail(mistake, pytrace=False)


_WATCH = pytest.StashKey["Watch"]()

INITIAL = pytest.StashKey[tuple[Any, ...]]()
"""The activations that were under way before the run: those of a run around this one."""


def watch_of(config: pytest.Config) -> Watch:
    """The watch over the fakes of this run, begun with the first call."""
    if _WATCH not in config.stash:
        from conftest_plugin.watch import Watch

        initial: tuple[Any, ...] = config.stash[INITIAL]
        config.stash[_WATCH] = Watch(_number(config, "fake_oss_report"), initial)
        config.pluginmanager.register(config.stash[_WATCH], "fakeoss-watch")
        config.pluginmanager.unregister(name="fakeoss-lookout")
    return config.stash[_WATCH]


def _configured(config: pytest.Config) -> dict[str, Any]:
    """The settings of the command line and the configuration file."""
    seed = config.getoption("fake_oss_seed")
    found: dict[str, Any] = {
        "strict_auth": config.getoption("fake_oss_strict") or config.getini("fake_oss_strict"),
        "seed": _number(config, "fake_oss_seed") if seed is None else seed,
        "endpoints": tuple(config.getini("fake_oss_endpoints")),
        "sealed": config.getini("fake_oss_sealed"),
    }
    region = config.getini("fake_oss_region")
    return {**found, "region": region} if region else found


def _number(config: pytest.Config, name: str) -> int:
    """A number of the configuration file, 0 if it is empty; raises UsageError for what is none."""
    text: str = config.getini(name)
    try:
        return int(text or 0)
    except ValueError:
        raise pytest.UsageError(f"{name} = {text}: it is a whole number") from None


def _marked(node: Node) -> dict[str, Any]:
    """What `@pytest.mark.oss` says of a test or a class, the nearest having the last word."""
    found: dict[str, Any] = {}
    for mark in reversed(list(node.iter_markers("oss"))):
        if mark.args:
            pytest.fail(f"@pytest.mark.oss takes keywords only, not {mark.args[0]!r}", pytrace=False)
        found |= mark.kwargs
    return found


def _settings_in(marked: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of the fake among the marker's keywords; fails the test for a word that nobody knows."""
    if not marked:
        return {}
    from fakeoss.settings import NAMES
    from fakeoss.spelling import hint

    words = (*OF_BUCKETS, *NAMES)
    for name in marked:
        if name not in words:
            near = hint(name, words) or f"; it takes {', '.join(words)}"
            pytest.fail(f"@pytest.mark.oss knows no {name!r}{near}", pytrace=False)
    return {name: value for name, value in marked.items() if name not in OF_BUCKETS}


def _furnish(oss: FakeOSS, marked: Mapping[str, Any]) -> None:
    """Make the marker's buckets, unless a wider fake has them already; fails the test for what cannot be made."""
    buckets = marked.get("buckets", ())
    if isinstance(buckets, str):
        told = f"buckets={buckets!r}: give a list of names, or a mapping of names to objects by key"
        pytest.fail(f"@pytest.mark.oss, {told}", pytrace=False)
    objects = buckets if isinstance(buckets, Mapping) else dict.fromkeys(buckets)
    if not objects:
        return
    there = {view.name for view in oss.buckets()}
    for name in objects:
        if name not in there:
            _create(oss, name, marked, objects[name])


def _create(oss: FakeOSS, name: str, marked: Mapping[str, Any], objects: Any = None) -> BucketView:
    """A bucket as the marker has it; what is wrong with that fails the test, naming the marker."""
    from fakeoss.errors import OSSError

    try:
        return oss.create_bucket(name, versioning=marked.get("versioning"), objects=objects)
    except (OSSError, TypeError) as error:
        mistake = f"bucket {name!r}: {error}"
    pytest.fail(f"@pytest.mark.oss, {mistake}", pytrace=False)
