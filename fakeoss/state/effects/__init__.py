"""What the passing of time, and changes elsewhere, do to buckets: functions of the world and a moment, no threads."""
