#!/usr/bin/env python3
"""Makes what people install: a Debian package, and an installer for Windows. For maintainers.

    python3 build_installer.py deb
    python3 build_installer.py windows --embedded-python FILE.zip --sha256 HEX

1. Only what is committed is packed, from a copy of the last commit; work in progress never slips in.
2. The same commit with the same Python gives the same bytes: hash seed fixed, every time is that of the commit.
3. Everything packed is pinned: libraries by the hashes of `requirements-installer.lock` and
   `requirements.lock`, the embeddable Python by the SHA-256 given on the command line.
4. Installing and uninstalling touch the program's own files and nothing else. A vault is never deleted: no
   folder is removed with its contents, only files that the installer laid, each by its name.
5. A package that cannot work is not written: every library that a packed one needs is packed too or is named
   as the system's, and the frozen program must answer before it is packed.

Standard library only. Tools: git; for Debian dpkg-deb and binutils; for Windows makensis (package nsis).
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from installers.debian import build_deb
from installers.tools import ROOT, Stopped, sha256_of
from installers.windows import build_windows


def main(words: Sequence[str]) -> int:
    """Build what `words` names. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Make what people install, into dist/.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    kinds.add_parser("deb", help="a package for Debian 12 or newer")
    windows = kinds.add_parser("windows", help="an installer for 64-bit Windows 10 or newer")
    windows.add_argument("--embedded-python", type=Path, required=True, help="the official embeddable zip")
    windows.add_argument("--sha256", required=True, help="its SHA-256 as its publisher names it")
    asked = parser.parse_args(words)
    try:
        made = build_deb() if asked.kind == "deb" else build_windows(asked.embedded_python, asked.sha256)
    except Stopped as stop:
        print(stop, file=sys.stderr)
        return 1
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size:,} bytes, sha256 {sha256_of(made)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
