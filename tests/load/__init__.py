"""Many callers at once, and many calls: nothing is lost, and memory stays flat."""
