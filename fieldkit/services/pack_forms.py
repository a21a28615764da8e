"""The forms that content packs bring: offered in the newest version, held in every version that was ever in force.

A form of a pack that waits for its day is not offered; a draft goes on with the version it was begun with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from fieldkit.content import packs as pack_content
from fieldkit.content.form_roles import FormKind
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.shelf import Folder, Shelf
from fieldkit.forms.definition import Form
from fieldkit.forms.reader import read_form
from fieldkit.forms.review_marks import ReviewMarks, read_review_marks
from fieldkit.services.errors import ContentRefused
from fieldkit.services.form_files import LISTS
from fieldkit.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class PackForm:
    """A form of a pack, ready to be filled in."""

    form: Form
    marks: ReviewMarks
    kind: FormKind


def find(vault: OpenVault, form: str, version: str | None) -> PackForm | None:
    """The form of a pack in this version, or of the pack in force; None when no pack brings it."""
    content = vault.content[0]
    if form in pack_content.forms(content) and version in (None, marks(content, form).version):
        return read(content, form)
    if version is None:
        return None
    for pack in vault.packs.all():
        shelf = vault.packs.shelf(pack.number)
        if form in pack_content.forms(shelf) and marks(shelf, form).version == version:
            return read(shelf, form)
    return None


def read(folder: Folder, form: str) -> PackForm:
    """One form of a pack. Raises ContentRefused `pack.form_refused`."""
    kind = pack_content.roles(folder)[form].kind
    return PackForm(_read(_bytes(folder, f"{form}.xml"), _lists(folder, form)), marks(folder, form), kind)


def marks(folder: Folder, form: str) -> ReviewMarks:
    """How far its texts can be trusted. Raises ContentRefused `pack.form_refused`."""
    try:
        found = read_review_marks(_bytes(folder, f"{form}.drafts.json"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise ContentRefused("pack.form_refused", file=form) from fault
    if found.form_id != form:
        raise ContentRefused("pack.form_refused", file=form)
    return found


def media(folder: Folder, form: str) -> Mapping[str, bytes]:
    """Its pictures, sounds and films."""
    return {name: held for name, held in pack_content.beside(folder, form).items() if not _is_list(name)}


def check(folder: Folder) -> None:
    """Read every form as it will be used. Raises ContentRefused `pack.form_refused`."""
    for form in pack_content.forms(folder):
        try:
            held = read(folder, form)
        except FieldkitError as fault:
            raise ContentRefused("pack.form_refused", file=form) from fault
        if (held.form.id, held.form.version) != (form, held.marks.version):
            raise ContentRefused("pack.form_refused", file=form)


def _lists(folder: Folder, form: str) -> tuple[tuple[str, bytes], ...]:
    held = pack_content.beside(folder, form)
    return tuple(sorted((name, content) for name, content in held.items() if _is_list(name)))


def _is_list(name: str) -> bool:
    return name.lower().endswith(tuple(LISTS))


def _bytes(folder: Folder, name: str) -> bytes:
    content = folder.over.get(f"forms/{name}") if isinstance(folder, Shelf) else None
    if content is None:
        raise ContentRefused("pack.form_refused", file=name)
    return content


@lru_cache(maxsize=8)
def _read(content: bytes, lists: tuple[tuple[str, bytes], ...]) -> Form:
    return read_form(content, dict(lists))
