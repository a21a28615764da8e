"""The forms that can be opened here: those that come with the program, and surveys that were imported.

1. Built-in protection forms name their roles (`protection.md` 4); headquarters may ask for a training (`training`).
2. A form from elsewhere is a survey: no case, no rules, no outcome, until a signed pack brings it
   (`protection.md` 13).
3. An interview goes on with the form version it was begun with, so old versions stay.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fieldkit.content import form_roles, regions
from fieldkit.content import packs as pack_content
from fieldkit.content.form_roles import FormAccess, FormKind
from fieldkit.domain.access import Action, may
from fieldkit.domain.entries import subject
from fieldkit.files import built, resources
from fieldkit.forms.definition import Form
from fieldkit.forms.reader import read_form
from fieldkit.forms.review_marks import ReviewMarks, read_review_marks
from fieldkit.services import own_lists, pack_forms, training
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.attachments import form_holder

FORM = "form"
KEPT = "form/"
"""How the built-in forms that were used here are named among the belongings of a vault."""


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A form that can be begun. `titles` by language tag; `allowed` says whether this person may open it,
    `untrained` that only a training is missing."""

    id: str
    version: str
    titles: Mapping[str, str]
    kind: FormKind
    languages: tuple[str, ...]
    allowed: bool
    untrained: bool = False

    def title(self, tag: str) -> str:
        """The title in a language, else in English, else any."""
        return self.titles.get(tag) or self.titles.get("en") or next(iter(self.titles.values()), self.id)


@dataclass(frozen=True, slots=True)
class HeldForm:
    """A form ready to be filled in. `marks` is None for a survey.

    `known` is how far the journal went for the lists this vault fills; None when the form has none (`own_lists`).
    """

    form: Form
    marks: ReviewMarks | None
    kind: FormKind
    known: int | None = None


def offered_forms(vault: OpenVault) -> tuple[OfferedForm, ...]:
    """Every form of this vault, protection forms first."""
    return (*_protection(vault), *_surveys(vault))


def offered(vault: OpenVault, form_id: str) -> OfferedForm | None:
    """One of them; None when this vault does not offer it."""
    found = _protection(vault, form_id) if form_id in accesses(vault) else _surveys(vault, form_id)
    return next(found, None)


def accesses(vault: OpenVault) -> Mapping[str, FormAccess]:
    """Who may open which form: the program's own forms, and those of the pack in force (rule 2)."""
    return pack_content.roles(vault.content[0])


def _protection(vault: OpenVault, only: str = "") -> Iterator[OfferedForm]:
    brought = pack_content.forms(vault.content[0])
    elsewhere = _of_other_regions(vault)
    lacking = training.lacking(vault)
    for form_id, access in accesses(vault).items():
        if form_id in elsewhere or only not in ("", form_id):
            continue
        if form_id in brought:
            marks = pack_forms.marks(vault.content[0], form_id)
        else:
            marks = _marks_of(built() / "forms" / f"{form_id}.drafts.json")
        has_role, is_trained = access.may_open(vault.person.roles), not lacking(form_id)
        yield OfferedForm(
            form_id,
            marks.version,
            marks.titles,
            access.kind,
            marks.languages,
            has_role and is_trained,
            has_role and not is_trained,
        )


def _of_other_regions(vault: OpenVault) -> frozenset[str]:
    """The built-in forms of regions that are not in force here (`services.region`, rule 3)."""
    here = regions.load(vault.content[0], vault.codebook)
    return regions.own_forms(resources()) - {here.form if here else ""}


def _surveys(vault: OpenVault, only: str = "") -> Iterator[OfferedForm]:
    allowed = may(vault.person.roles, Action.SURVEY)
    for form_id in vault.queries.survey_ids():
        if form_id in accesses(vault) or only not in ("", form_id):
            continue
        payload = _installed(vault, form_id)
        yield OfferedForm(
            payload["form"],
            payload["version"],
            payload["title"],
            FormKind.SURVEY,
            tuple(payload["languages"]),
            allowed,
        )


def hold(vault: OpenVault, form_id: str, version: str | None = None, known: int | None = None) -> HeldForm:
    """The form in the newest version, or in the one asked for; its own lists as they stood at `known`, or now.

    Raises DeskFault `form.unknown`, `form.version_unknown`; FormFault.
    """
    brought = pack_forms.find(vault, form_id, version)
    if brought is not None:
        return HeldForm(brought.form, brought.marks, brought.kind)
    access = form_roles.load(resources()).get(form_id)
    if access is None:
        return _held_survey(vault, form_id, version, known)
    folder = built() / "forms"
    marks = _marks_of(folder / f"{form_id}.drafts.json")
    if version in (None, marks.version):
        content, kept = (folder / f"{form_id}.xml").read_bytes(), marks
        _keep(vault, form_id, marks.version, content, folder / f"{form_id}.drafts.json")
    else:
        content, kept = _kept(vault, form_id, str(version))
    return HeldForm(_read(content), kept, access.kind)


def medium(vault: OpenVault, form_id: str, version: str, name: str) -> bytes | None:
    """A picture, sound or film that came with a form; None when it did not. Raises DatabaseFault."""
    holder = form_holder(form_id, version)
    return vault.attachments.content(holder, name) if vault.attachments.find(holder, name) else None


def _held_survey(vault: OpenVault, form_id: str, version: str | None, known: int | None) -> HeldForm:
    payload = _installed(vault, form_id, version)
    xform = payload["xform"].encode("utf-8")
    files = {name: text.encode("utf-8") for name, text in payload.get("resources", {}).items()}
    if not own_lists.wanted(xform, frozenset(files)):
        return HeldForm(read_form(xform, files), None, FormKind.SURVEY)
    until = own_lists.now(vault) if known is None else known
    own = own_lists.lists(
        vault, form_id, until, lambda *key: _installed(vault, *key)["xform"].encode("utf-8")
    )
    return HeldForm(read_form(xform, {**own, **files}), None, FormKind.SURVEY, until)


def _installed(vault: OpenVault, form_id: str, version: str | None = None) -> dict[str, Any]:
    newest: dict[str, Any] | None = None
    for entry, _ in vault.journal.about(subject(FORM, form_id)):
        payload = vault.journal.payload(entry.payload)
        if entry.kind == "form.installed" and payload is not None:
            value = payload.value()
            if version in (None, value["version"]):
                newest = value
    if newest is None:
        raise DeskFault("form.unknown")
    return newest


def _keep(vault: OpenVault, form_id: str, version: str, content: bytes, marks: Path) -> None:
    """Lay the form beside the drafts that use it, so that they can be opened after an update (rule 3)."""
    name = f"{KEPT}{form_id}/{version}"
    if vault.belongings.get(name) is None:
        vault.belongings.put(name, content)
        vault.belongings.put(name + "/marks", marks.read_bytes())


def _kept(vault: OpenVault, form_id: str, version: str) -> tuple[bytes, ReviewMarks]:
    name = f"{KEPT}{form_id}/{version}"
    content, marks = vault.belongings.get(name), vault.belongings.get(name + "/marks")
    if content is None or marks is None:
        raise DeskFault("form.version_unknown")
    return content, read_review_marks(marks)


def _marks_of(path: Path) -> ReviewMarks:
    if not path.is_file():
        raise DeskFault("form.not_built")
    held = path.stat()
    return _read_marks(path, held.st_mtime_ns, held.st_size)


@lru_cache(maxsize=96)  # every form at every look at the list of forms
def _read_marks(path: Path, _changed: int, _size: int) -> ReviewMarks:
    return read_review_marks(path.read_bytes())


@lru_cache(maxsize=48)  # figures look into every built-in form
def _read(content: bytes) -> Form:
    # A form does not change while it is filled in; sessions work on copies of its instance.
    return read_form(content)
