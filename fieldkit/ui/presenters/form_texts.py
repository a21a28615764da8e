"""What questions and sections are called in the forms that asked them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fieldkit.domain.errors import FieldkitError
from fieldkit.forms.session import Session
from fieldkit.services import forms_held

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault

_SECTIONS = frozenset({"group", "repeat"})


class FormTexts:
    """`forms` are ids with their version (None: the one in force); the texts are in the language `tag`.

    A form that is not here any more gives no texts: what was answered then stands with its codebook name.
    """

    def __init__(self, vault: OpenVault, forms: Iterable[tuple[str, str | None]], tag: str) -> None:
        self._tag = tag
        self._forms = tuple(_read(vault, dict.fromkeys(forms)))

    def question(self, name: str) -> str:
        """The label of a question; empty when no form here asks it."""
        return next(self._labels(name, sections=False), "")

    def section(self, name: str) -> str:
        """The title of a section; empty when no form here has it."""
        return next(self._labels(name, sections=True), "")

    def _labels(self, name: str, *, sections: bool) -> Iterator[str]:
        for session, refs in self._forms:
            ref = refs.get((name, sections))
            if ref is None:
                continue
            try:
                text = session.label(ref, self._tag).text
            except FieldkitError:
                continue  # a row of a repeat that nobody opened has no label of its own
            if text:
                yield text


def _read(
    vault: OpenVault, forms: Iterable[tuple[str, str | None]]
) -> Iterator[tuple[Session, dict[tuple[str, bool], str]]]:
    for form_id, version in forms:
        try:
            form = forms_held.hold(vault, form_id, version).form
        except FieldkitError:
            continue
        refs: dict[tuple[str, bool], str] = {}
        for control in form.controls:
            if control.path is not None:
                key = (control.path[-1], control.kind in _SECTIONS)
                refs.setdefault(key, "/" + "/".join(control.path))
        yield Session(form, clock=vault.world.clock, randomness=vault.world.randomness), refs
