"""A suite that does not use the fixtures pays next to nothing for the plugin."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest_plugin.conftest import Run

pytest_plugins = ["pytester"]

IMPORT = """
import json, sys
import pytest
before = set(sys.modules)
import conftest_plugin
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def test_importing_the_plugin_imports_nothing_else() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["conftest_plugin", "conftest_plugin.fixtures"]


def test_a_run_without_fixtures_imports_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        import pytest

        @pytest.fixture(scope="module")
        def own():
            yield 1

        @pytest.mark.oss(buckets=["my-bucket"])
        def test_one(own, tmp_path):
            assert [name for name in sys.modules if name.split(".")[0] == "fakeoss"] == []
            assert "freezegun" not in sys.modules
        """
    )
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_a_test_that_imports_fakeoss_late_is_watched_too(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.fixture(scope="module")
        def oss():
            import fakeoss
            with fakeoss.mock_oss() as oss:
                yield oss

        def test_one(oss):
            oss.create_bucket("my-bucket")

        def test_two(oss):
            assert [view.name for view in oss.buckets()] == ["my-bucket"]

        def test_leaky():
            import fakeoss
            fakeoss.mock_oss().start()

        def test_clean():
            from fakeoss import activation
            assert len(activation.tokens()) == 1
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=4, errors=1)
