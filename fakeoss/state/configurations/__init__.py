"""Bucket configurations that the service itself reads, as declared values."""
