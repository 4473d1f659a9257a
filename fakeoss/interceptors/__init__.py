"""One small adapter a client library: foreign request to `Request`, `Reply` to foreign response."""
