"""What `protection.md` 13 asks to look at in a form from elsewhere.

1. Words that sound like a verdict, and scores: a form asks and refers, it never decides or ranks people.
2. Pictures, recordings and measures of the body; a talk that is recorded in the background.
3. A question that must be answered and offers no way to decline.
4. A sensitive question outside a group that opens only after privacy was asked.
5. These are warnings that name a word and a place; a person decides. The program's own forms are checked too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from fieldkit.forms.definition import Control, Form, TextSource
from fieldkit.forms.nodes import Node
from fieldkit.forms.places import Places
from fieldkit.forms.problems import Problem, warning
from fieldkit.forms.protection_words import BODY, DECLINE, GATE, MEASURE, SCORE, SENSITIVE, VERDICT

RECORDS: Final = "recordaudio"
"""The action that a row `background-audio` becomes."""

_NOT_REQUIRED: Final = frozenset({"", "false()", "false", "0"})
_RECORDINGS: Final = frozenset({"audio", "video"})
_FRONT_CAMERA: Final = re.compile(r"(?:^|\s)(?:new-front|selfie)(?:\s|$)")
_CHOOSE: Final = frozenset({"select1", "select", "rank"})


@dataclass(frozen=True, slots=True)
class _Choice:
    list_name: str
    value: str
    label: str


def protection_findings(form: Form, places: Places) -> tuple[Problem, ...]:
    """The findings in a form, in the order of its questions."""
    found = [problem for control in form.controls for problem in _Question(form, places, control).findings()]
    if RECORDS in form.unsupported:
        found.append(warning("form.records_in_background"))
    return tuple(found)


class _Question:
    def __init__(self, form: Form, places: Places, control: Control) -> None:
        self.form = form
        self.places = places
        self.control = control
        self.path = control.path or ()
        self.name = self.path[-1] if self.path else ""
        self.label = _text(form, control.label)
        self.said = " \n".join(filter(None, (self.label, _text(form, control.hint))))
        self.choices = _choices(form, control) if control.kind in _CHOOSE else ()

    def findings(self) -> Iterator[Problem]:
        yield from self._words("form.verdict_word", VERDICT)
        yield from self._words("form.score", SCORE)
        if self.control.kind in {"group", "repeat"}:
            return
        yield from self._body()
        yield from self._decline()
        yield from self._sensitive()

    def _place(self, part: str) -> dict[str, Any]:
        return self.places.question("/" + "/".join(self.path), part)

    def _words(self, code: str, words: re.Pattern[str]) -> Iterator[Problem]:
        found = words.search(self.said)
        if found:
            yield warning(code, word=found[0], **self._place("label"))
        elif words.search(self.name):
            yield warning(code, word=self.name, **self._place("name"))
        for choice in self.choices:
            in_choice = words.search(choice.label) or words.search(choice.value)
            if in_choice:
                place = self.places.choice(choice.list_name, choice.value)
                yield warning(code, word=in_choice[0], **place)

    def _body(self) -> Iterator[Problem]:
        said = f"{self.name.replace('_', ' ')} {self.said}"
        measured = MEASURE.search(said)
        if measured:
            yield warning("form.biometric", word=measured[0], **self._place("label"))
        elif self.control.kind == "upload":
            kind = self.control.media_type.partition("/")[0]
            shown = BODY.search(said) or _FRONT_CAMERA.search(self.control.appearance)
            if shown or kind in _RECORDINGS:
                yield warning(
                    "form.biometric", word=shown[0].strip() if shown else kind, **self._place("type")
                )
            elif kind == "image" and "signature" not in self.control.appearance:
                yield warning("form.picture", **self._place("type"))

    def _decline(self) -> Iterator[Problem]:
        bind = self.form.binds.get(self.path)
        required = bind.required.text.strip() if bind is not None and bind.required is not None else ""
        if required in _NOT_REQUIRED or (bind is not None and bind.attributes.get("decline") == "yes"):
            return
        if self.control.kind == "trigger":
            return  # "I have read this" asks for nothing
        if not any(
            DECLINE.search(choice.label) or DECLINE.fullmatch(choice.value) for choice in self.choices
        ):
            yield warning("form.no_way_to_decline", **self._place("required"))

    def _sensitive(self) -> Iterator[Problem]:
        found = SENSITIVE.search(self.said) or next(
            (match for choice in self.choices if (match := SENSITIVE.search(choice.label))), None
        )
        if found and not self._is_gated():
            yield warning("form.sensitive_outside_gate", word=found[0], **self._place("relevant"))

    def _is_gated(self) -> bool:
        """Whether the question, or a group around it, is relevant only after privacy was asked."""
        for depth in range(1, len(self.path) + 1):
            bind = self.form.binds.get(self.path[:depth])
            for read in bind.relevant.reads.reads if bind is not None and bind.relevant is not None else ():
                if read.path and (GATE.search(read.path[-1]) or GATE.search(self._label_at(read.path))):
                    return True
        return False

    def _label_at(self, path: tuple[str, ...]) -> str:
        shape = self.form.shapes.get(path)
        return (
            _text(self.form, shape.control.label) if shape is not None and shape.control is not None else ""
        )


def _text(form: Form, source: TextSource | None) -> str:
    """What a text says in every language of the form, without what is put in when it is shown."""
    if source is None:
        return ""
    if source.itext is None:
        return "".join(part for part in source.parts if isinstance(part, str))
    return " \n".join(filter(None, (_said(form, tag, source.itext) for tag in form.languages)))


def _said(form: Form, tag: str, name: str) -> str:
    entry = form.texts.entry(tag, name)
    pieces = entry.pieces("", "short", "long") if entry is not None else None
    return "".join(text for kind, text in pieces or () if kind == "text")


def _choices(form: Form, control: Control) -> tuple[_Choice, ...]:
    written = tuple(_Choice("", choice.value, _text(form, choice.label)) for choice in control.choices)
    lists = sorted(control.itemset.nodeset.reads.instances) if control.itemset is not None else []
    return written + tuple(choice for name in lists for choice in _listed(form, name))


def _listed(form: Form, name: str) -> Iterator[_Choice]:
    read = form.instances.get(name)
    tree = read() if read is not None else None
    for root in tree.children if tree is not None else ():
        for item in root.named.get("item", ()):
            text_id = _leaf(item, "itextId")
            texts = (
                (_said(form, tag, text_id) for tag in form.languages) if text_id else (_leaf(item, "label"),)
            )
            yield _Choice(name, _leaf(item, "name"), " \n".join(filter(None, texts)))


def _leaf(item: Node, name: str) -> str:
    return next((child.value for child in item.named.get(name, ())), "")
