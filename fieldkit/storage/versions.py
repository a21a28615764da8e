"""The versions of what lies on disk. A vault with a higher one is refused and left untouched."""

HEADER_FORMAT = 2
"""The header's file format."""

SCHEMA = 4
"""The database's `PRAGMA user_version` after the newest migration."""
