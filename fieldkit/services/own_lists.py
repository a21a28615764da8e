"""Lists that this vault itself fills, for surveys that go on where others ended: entities, and the last answers.

1. Only surveys have them: what is said in a protection interview is never offered to another one.
2. A talk sees what stood when it began, also when it is opened again tomorrow: the answers that were worked out
   from a list stay what they were.
3. A survey that a correction takes the place of does not count; its correction does.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fieldkit.domain.entries import digest
from fieldkit.domain.errors import FieldkitError
from fieldkit.forms import entities
from fieldkit.services.case_file import FINISHED
from fieldkit.services.vault import OpenVault

LAST_SAVED = "last-saved"
_SOURCE = b"jr://instance/last-saved"
_FILE = re.compile(rb"""src=["']jr://file(?:-csv)?/([^"']+)["']""")


@dataclass(frozen=True, slots=True)
class _Survey:
    form: str
    version: str
    content: bytes


def now(vault: OpenVault) -> int:
    """How far the journal goes: what a talk that begins now may see (rule 2)."""
    return vault.journal.head(vault.stream).number


def wanted(xform: bytes, installed: frozenset[str]) -> bool:
    """Whether a form asks for the last answers, or for a list that did not come with it."""
    return _SOURCE in xform or any(
        name.decode("utf-8", "replace") not in installed for name in _FILE.findall(xform)
    )


def lists(vault: OpenVault, form: str, until: int, xform_of: Callable[[str, str], bytes]) -> dict[str, bytes]:
    """The files beside `form` that this vault fills; `xform_of` finds a form's bytes by id and version."""
    known: entities.Lists = {}
    saved: dict[tuple[str, str], dict[entities.Path, str]] = {}
    files: dict[str, bytes] = {}
    for survey in _surveys(vault, until):
        if survey.form == form:
            files[LAST_SAVED] = survey.content
        key = (survey.form, survey.version)
        try:
            if key not in saved:
                saved[key] = dict(entities.saved_as(xform_of(*key)))
            entities.take(known, entities.declared(survey.content, saved[key]))
        except FieldkitError:
            continue  # a form that cannot be read any more tells nothing to others
    return {**files, **{f"{name}.csv": entities.as_csv(held.values()) for name, held in known.items()}}


def _surveys(vault: OpenVault, until: int) -> Iterator[_Survey]:
    finished = []
    replaced: set[str] = set()
    for entry, content in vault.journal.entries(vault.stream):
        if entry.number > until:
            break
        if entry.kind == FINISHED:
            replaced.update(entry.replaces)
            finished.append((entry, content))
    for entry, content in finished:
        payload = vault.journal.payload(entry.payload) if digest(content) not in replaced else None
        value = payload.value() if payload is not None else {}
        if value.get("survey") and value.get("xml"):
            yield _Survey(value["form"], value["version"], str(value["xml"]).encode("utf-8"))
