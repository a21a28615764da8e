"""How a content pack lies in its folder on a stick, and how large it may be.

1. The program names every file it reads; a name that stands in a pack is never used as a path. What a pack calls
   its files are keys in memory, and they lie on the stick under the digest of their bytes.
2. Each limit is checked before anything is read or derived.
"""

import re
from collections.abc import Callable

ANCHOR = "anchor.fkp"
TIMESTAMP = "timestamp.json"
TARGETS_FOLDER = "targets"

MAX_ANCHOR = 16 * 1024
MAX_ROLE = 64 * 1024
"""Bytes of root, timestamp and snapshot; three keys make about 2 KB."""
MAX_TARGETS = 512 * 1024
MAX_FILES = 1000
MAX_FILE = 32 * 1024 * 1024
MAX_TOTAL = 256 * 1024 * 1024
MAX_ROTATIONS = 64
"""Roots, and certificate keys, that are followed, one after the other, to the newest."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}(/[A-Za-z0-9][A-Za-z0-9._-]{0,79}){0,3}")

Read = Callable[[str, int], bytes | None]
"""Gives the bytes of a file by its name in the folder, of at most so many bytes; None when there is none."""


def succession_file(number: int) -> str:
    """The name of the statement by which one certificate key vouches for the next (`sync.succession`)."""
    return f"{number}.succession.fks"


def root_file(version: int) -> str:
    """The name of a root."""
    return f"{version}.root.json"


def snapshot_file(number: int) -> str:
    """The name of a snapshot."""
    return f"{number}.snapshot.json"


def targets_file(number: int) -> str:
    """The name of the list of files."""
    return f"{number}.targets.json"


def content_file(sha256: str) -> str:
    """Where a file lies whose bytes have this digest."""
    return f"{TARGETS_FOLDER}/{sha256}"


def is_name(text: str) -> bool:
    """Whether a pack may call a file so: up to four plain parts, none that points elsewhere."""
    return _NAME.fullmatch(text) is not None and ".." not in text
