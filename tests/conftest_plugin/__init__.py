"""The pytest plugin, run by pytest as a user would."""
