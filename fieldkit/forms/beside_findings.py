"""What an author counts on that stands beside a question or beside the form: files of lists, texts of dates.

1. A file of a list that cannot be read gives an empty list (`secondary`, rule 2); that is told here, before anybody
   stands in front of an empty question.
2. A date that may be known in part needs a text beside it that says how much (`services/partly`); without it the
   date is asked whole.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from fieldkit.forms.definition import Bind, Form
from fieldkit.forms.places import Places
from fieldkit.forms.problems import Problem, warning
from fieldkit.forms.secondary import is_readable
from fieldkit.forms.shapes import TemplatePath

PARTLY: Final = "partly"
_LISTS: Final = (".csv", ".xml", ".geojson", ".json")


def list_findings(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Rule 1: the files beside a form that are no lists, whatever their names say."""
    for name, content in files.items():
        if name.lower().endswith(_LISTS) and not is_readable(name, content):
            yield warning("form.list_unreadable", file=name)


def partly_findings(form: Form, places: Places) -> Iterator[Problem]:
    """Rule 2: binds that name a text which is not there, or stand at something that is no date."""
    for bind in form.binds.values():
        named = bind.attributes.get(PARTLY)
        if named is not None and not (bind.type == "date" and _beside(form, bind.path, named)):
            place = places.question("/" + "/".join(bind.path), "bind::fk:partly")
            yield warning("form.partly_nowhere", wanted=named, **place)


def _beside(form: Form, path: TemplatePath, name: str) -> Bind | None:
    return form.binds.get((*path[:-1], name))
