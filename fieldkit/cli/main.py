"""All words of the command line, and how it is started."""

import sys

from fieldkit import logs

# Each group puts its words into the program when it is loaded.
from fieldkit.cli import (
    backups,
    build,
    complaints,
    forms,
    leaflets,
    packs,
    papers,
    people,
    receipts,
    surveys,
    vaults,
    windows,
)
from fieldkit.cli.program import program

WORDS = (
    backups,
    build,
    complaints,
    forms,
    leaflets,
    packs,
    papers,
    people,
    receipts,
    surveys,
    vaults,
    windows,
)


def main() -> None:
    """Run the command line; every refusal is a sentence and exit code 1."""
    logs.no_dumps()
    if sys.argv[1:2] == [
        "convert-form-in-child"
    ]:  # the converter's child, when the program is one frozen file
        from fieldkit.forms import converter_child

        sys.exit(converter_child.main())
    program()
