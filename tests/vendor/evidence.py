"""Writes the table of `docs/evidence.md` from a run of the vendor's tests: `python -m tests.vendor.evidence`.

Needs `FAKEOSS_VENDOR`, the folder with the vendor's source archive. With `--failures` it prints what failed.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from tests.vendor import runner

PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"
BEGIN, END = "<!-- vendor table -->", "<!-- end of vendor table -->"


def main() -> None:
    """Run the suite and put its table between the page's two marks."""
    with tempfile.TemporaryDirectory() as folder:
        outcomes = runner.run([("tests", "on")], Path(folder))["tests", "on"]
    if "--failures" in sys.argv:
        failed = (f"{outcome.test}\n{outcome.text}\n\n" for outcome in outcomes if outcome.result == "failed")
        sys.stdout.writelines(failed)
    text = PAGE.read_text()
    middle = f"{BEGIN}\n{runner.table(outcomes)}\n{END}"
    PAGE.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: middle, text, flags=re.DOTALL))


if __name__ == "__main__":
    main()
