"""`python -m fakeoss`, also installed as `fakeoss`."""

from __future__ import annotations

from fakeoss.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
