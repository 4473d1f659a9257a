"""The project's own facts, one row an operation."""
