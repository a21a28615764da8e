"""Codes of errors to sentences: what happened, what it means for the data, what to do next.

Each part of the program keeps its sentences in a table here. The tables are found, not listed: a new part
adds its file and nothing else. A test proves that every code that is raised has a sentence, and one only.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.catalogues import Words
from fieldkit.languages.isolates import shown_name
from fieldkit.languages.marking import mark
from fieldkit.languages.messages.actions import in_words

NOT_ALLOWED, ACTION = "access.not_allowed", "action"
"""The refusal that names an action, and under which name its data do."""

UNKNOWN_CODE = mark(
    "Something went wrong that fieldkit has no sentence for. What was saved stays saved. "
    "Write down this code and give it to your coordinator: {code}"
)


def sentence(error: FieldkitError, words: Words) -> str:
    """The error in the reader's language. A code without a sentence says so and names itself.

    What fills it may be a name from a stick, and is shown as such (`isolates.shown_name`).
    """
    source = sentences().get(error.code)
    if source is None:
        return words.say(UNKNOWN_CODE, code=error.code)
    data = {
        name: shown_name(value) if isinstance(value, str) else value for name, value in error.data.items()
    }
    if error.code == NOT_ALLOWED:
        data[ACTION] = words.say(in_words(str(error.data.get(ACTION, ""))))
    return words.say(source, **data)


@cache
def sentences() -> Mapping[str, str]:
    """Every code with its English sentence, from all parts."""
    found: dict[str, str] = {}
    for table in tables().values():
        found.update(table)
    return MappingProxyType(found)


def tables() -> Mapping[str, Mapping[str, str]]:
    """The table of each part, by the part's name."""
    parts = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {part: importlib.import_module(f"{__name__}.{part}").MESSAGES for part in parts}
