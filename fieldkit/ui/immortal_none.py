"""Keeps Python's `None` alive under the Qt binding.

PySide6 6.12's stable-ABI wheels are compiled for interpreters in which `None` is not counted (Python 3.12 and
later, PEP 683). On Python 3.11 every Qt call that returns nothing takes away one reference to `None`; after
some five thousand the interpreter stops with "deallocating None". Here the count is put out of reach, once.
"""

import ctypes
import sys

COUNTED_BEFORE = (3, 12)
_OUT_OF_REACH = 1 << (ctypes.sizeof(ctypes.c_ssize_t) * 8 - 4)
"""References: a call a microsecond would need thirty thousand years to use them up (64 bits)."""


def keep_none_alive() -> None:
    """Call before the first Qt call. Does nothing where `None` is not counted."""
    if sys.version_info >= COUNTED_BEFORE:
        return
    count = ctypes.c_ssize_t.from_address(id(None))
    count.value = max(count.value, _OUT_OF_REACH)
