"""Tests of declared configurations."""
