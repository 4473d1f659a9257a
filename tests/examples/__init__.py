"""The programs and projects under examples/."""
