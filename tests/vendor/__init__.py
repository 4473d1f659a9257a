"""The vendor's own tests of oss2, run against the fake; nothing of them is kept here."""
