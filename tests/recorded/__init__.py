"""Answers of the service that others recorded, as shapes, and ours beside them."""
