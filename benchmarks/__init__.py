"""Measurements: every figure beside the client's own floor, or a peer, in the same run. Nothing here is a test."""
