"""The pytest plugin of fakeoss; nothing of fakeoss is imported until a fixture is used."""

from __future__ import annotations

import sys

import pytest

from conftest_plugin.fixtures import (
    INITIAL,
    fake_oss,
    fake_oss_class,
    fake_oss_module,
    fake_oss_session,
    oss_bucket,
    oss_server,
    watch_of,
)

__all__ = ["fake_oss", "fake_oss_class", "fake_oss_module", "fake_oss_session", "oss_bucket", "oss_server"]

MARKER = (
    "oss(buckets=[...], versioning=True, region=..., strict_auth=..., **settings): what the fake_oss fixtures begin"
    " with; `buckets` are names, or a mapping of names to objects by key"
)


NAMES = ("fakeoss", "conftest_plugin")
"""The name of the entry point, and that of the module, by which a run may ask for the plugin again."""


def pytest_plugin_registered(plugin: object, manager: pytest.PytestPluginManager) -> None:
    """Let whoever asks for the plugin by its other name have it once: pytest refuses a plugin with two names."""
    if plugin is sys.modules[__name__]:
        for name in NAMES:
            if manager.get_plugin(name) is not plugin:
                manager.set_blocked(name)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options and the settings for the configuration file."""
    group = parser.getgroup("fakeoss", "fakeoss: a fake of Alibaba Cloud OSS")
    group.addoption(
        "--fake-oss-strict",
        action="store_true",
        help="the fake_oss fixtures refuse access keys that nobody registered (strict_auth)",
    )
    group.addoption("--fake-oss-seed", type=int, metavar="N", help="the ids that the fake_oss fixtures give out")
    parser.addini("fake_oss_region", "region of the fake_oss fixtures (default: cn-hangzhou)")
    parser.addini("fake_oss_strict", "as --fake-oss-strict", type="bool", default=False)
    parser.addini("fake_oss_seed", "as --fake-oss-seed (default: 0)", default="")
    parser.addini("fake_oss_endpoints", "further authorities to be served, such as 127.0.0.1:9000", type="linelist")
    parser.addini("fake_oss_sealed", "refuse every other host but the local one too", type="bool", default=False)
    parser.addini("fake_oss_report", "requests shown when a test fails (default: 10)", default="10")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker, and look out for the first sign of fakeoss."""
    config.addinivalue_line("markers", MARKER)
    activation = sys.modules.get("fakeoss.activation")
    config.stash[INITIAL] = () if activation is None else activation.tokens()
    config.pluginmanager.register(Lookout(config), "fakeoss-lookout")


class Lookout:
    """Begins the watch over fakes once there can be any; until then this is all that a test pays for."""

    def __init__(self, config: pytest.Config) -> None:
        """One a run."""
        self._config = config

    def pytest_collection_finish(self) -> None:
        """Look whether a test module has imported fakeoss."""
        if "fakeoss" in sys.modules:
            watch_of(self._config)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Look whether a test before this one has."""
        if "fakeoss" in sys.modules:
            watch_of(self._config).pytest_runtest_setup(item)
