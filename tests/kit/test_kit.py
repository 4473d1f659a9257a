"""The kit is imported piece by piece, and says what it needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from fakeoss import kit


def test_every_name_is_there() -> None:
    assert set(kit.__all__) <= set(dir(kit))
    assert all(getattr(kit, name) is not None for name in kit.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        kit.nothing  # type: ignore[attr-defined]  # noqa: B018 - asking is the test


def test_without_hypothesis_the_extra_is_named() -> None:
    code = "import sys; sys.modules['hypothesis'] = None; from fakeoss import kit; kit.object_keys"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr
    assert "fakeoss.kit.object_keys needs Hypothesis: pip install 'fakeoss[kit]'" in told


def test_importing_the_kit_imports_nothing_else() -> None:
    code = "import sys, fakeoss.kit; print(*(name for name in ('hypothesis', 'lxml', 'oss2') if name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
