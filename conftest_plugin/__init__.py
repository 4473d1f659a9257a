"""The pytest plugin of fakeoss; nothing of fakeoss is imported until a fixture is used."""
