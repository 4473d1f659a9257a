"""Every table: `python -m benchmarks`. Takes some minutes, best on a machine that does nothing else."""

from __future__ import annotations

from importlib import import_module

TABLES = ("startup", "calls", "calls_async", "signatures", "scale", "bodies", "effects", "carriers", "peer")
"""The modules that print them. `startup` is the first: it measures suites into which nothing has imported fakeoss."""

if __name__ == "__main__":
    for name in TABLES:
        import_module(f"benchmarks.{name}").main()
