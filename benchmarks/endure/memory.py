"""How much memory something takes at its worst, as the system counts it."""

import ctypes
import gc
import re
from contextlib import suppress
from pathlib import Path


class Peak:
    """The most memory of this process since `begin`, in MiB; 0 where the system does not say (it does on Linux)."""

    def __init__(self) -> None:
        """What stands now is not searched again for what nobody needs: that would be most of a short measure."""
        self.most = 0
        gc.collect()
        gc.freeze()

    def begin(self) -> None:
        """Forget what was before, such as the making of a bundle: also what was given back and is still held."""
        gc.collect()
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")

    def end(self) -> None:
        """Look."""
        self.most = max(self.most, self._said("VmHWM"))

    def now(self) -> int:
        """What this process holds now, in MiB."""
        return self._said("VmRSS")

    def _said(self, name: str) -> int:
        with suppress(OSError):
            status = Path("/proc/self/status").read_text(encoding="ascii")
            held = re.search(rf"{name}:\s+(\d+) kB", status)
            return int(held[1]) // 1024 if held else 0
        return 0
