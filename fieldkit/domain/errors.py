"""The root of every error that fieldkit raises on purpose.

An error carries a *code* and *data*; the sentence a person reads stands in one catalogue
(`fieldkit.languages.messages`), in their language, with the next step. Each package has a small
family of its own below one of these four, named by whose fault it is.

Data never holds the content of a record: paths, names of fields, sizes and counts only.
"""

from collections.abc import Mapping

Datum = str | int


class FieldkitError(Exception):
    """Something was refused or failed; `code` names it, `data` fills the sentence."""

    def __init__(self, code: str, **data: Datum) -> None:
        super().__init__(code)
        self.code = code
        self.data: Mapping[str, Datum] = data

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in sorted(self.data.items()))
        return f"{self.code} ({facts})" if facts else self.code


class ForeignFault(FieldkitError):
    """Bytes that came from outside are not what they should be; nothing was changed."""


class PersonFault(FieldkitError):
    """The person at the keyboard can put it right: a wrong phrase, a missing right, a missing step."""


class DeviceFault(FieldkitError):
    """This laptop or its disk failed: full, vanished, damaged."""


class ProgramFault(FieldkitError):
    """A mistake of ours: an order of calls that should not happen."""
