"""The process in which a form is converted: a request on standard input, the reply on standard output.

It may use a bounded amount of memory where the system can bound it, so that a hostile form ends the child and
nothing else.
"""

import os
import sys
from typing import BinaryIO, Final, TextIO

from fieldkit.forms.authoring import convert_here

MAX_MEMORY_BYTES: Final = 2 * 1024**3


def main() -> int:
    """Convert one form and end. Called by `python -m` and, in a frozen program, by the hidden word."""
    _bound_memory()
    output = _binary(sys.stdout, 1, "wb")
    sys.stdout = sys.stderr  # whatever a library prints must not stand in the reply
    output.write(convert_here(_binary(sys.stdin, 0, "rb").read()))
    output.flush()
    return 0


def _binary(stream: TextIO | None, descriptor: int, mode: str) -> BinaryIO:
    # A frozen program without a console has no text streams, but the pipes are there.
    return stream.buffer if stream is not None else os.fdopen(descriptor, mode)  # type: ignore[return-value]


def _bound_memory() -> None:
    if sys.platform == "win32":
        return  # no such call; there the limits on unpacked bytes and time must do
    import resource  # noqa: PLC0415 (not on Windows)

    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    raise SystemExit(main())
