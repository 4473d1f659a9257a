"""Buckets from and to real folders."""
