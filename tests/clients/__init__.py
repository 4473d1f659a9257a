"""Every client library against the fake itself, end to end."""
