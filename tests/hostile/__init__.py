"""Requests that no client would send: every one gets a 4xx of the service, and changes nothing."""
