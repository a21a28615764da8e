"""The command line: the windows' jobs for scripts and tests. One module a group of words; `main` starts it."""

from fieldkit.cli.main import main

__all__ = ["main"]
