"""One module an API group; an operation is a value, see `declare` and `call`."""
