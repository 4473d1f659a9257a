"""What crosses the wire: messages, parameter binding, XML, dates, ranges, checksums."""
