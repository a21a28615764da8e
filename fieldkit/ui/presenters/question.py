"""One question as it stands on its card: everything that is shown, as a value that can be compared.

1. A text stands in two languages. Where there is none in the person's language, that is said; the text that
   stands for it is shown unless the officer's side has the very same.
2. Two equal views look the same: a card is touched only when its view is another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from fieldkit.domain.outcome import Mark
from fieldkit.services import partly as services_partly
from fieldkit.services.shown import NOTHING, ShownChoice, ShownText
from fieldkit.ui.presenters.attached import NO_MEDIA, Media, Upload, media_of
from fieldkit.ui.presenters.kinds import MOST_BUTTONS, SAYS_NOTHING, Kind, kind_of, missing_of

if TYPE_CHECKING:
    from fieldkit.forms.definition import Control
    from fieldkit.forms.items import Choice, QuestionItem
    from fieldkit.services.interview import Interview
    from fieldkit.storage.attachments import Attachment
    from fieldkit.ui.presenters.attached import InterviewFiles

OFFERED_MARKS: Final = (Mark.SKIPPED, Mark.DECLINED, Mark.UNKNOWN)
"""What stands below a question, in this order."""


@dataclass(frozen=True, slots=True)
class Both:
    """A text in the officer's and the person's language. `lacks` names the person's language where the form has
    nothing better for it than the officer's text; `person` is empty then, and where both read the same language."""

    officer: ShownText = NOTHING
    person: ShownText = NOTHING
    lacks: str = ""

    def __bool__(self) -> bool:
        return bool(self.officer.text or self.person.text)

    def texts(self) -> Iterator[ShownText]:
        """The texts that are there, the officer's first."""
        yield from (one for one in (self.officer, self.person) if one.text)


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """An answer that can be chosen."""

    value: str
    text: Both
    media: Media = NO_MEDIA


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question's card. `value` is what was typed or chosen; `fault` is "", "type", "constraint" or
    "required", with what the form says about it; `missing` names what this version cannot do."""

    ref: str
    kind: Kind
    label: Both
    hint: Both = Both()
    guidance: ShownText = NOTHING
    choices: tuple[ChoiceView, ...] = ()
    value: str = ""
    mark: Mark = Mark.NOT_ASKED
    marks: tuple[Mark, ...] = ()
    required: bool = False
    readonly: bool = False
    fault: str = ""
    told: Both = Both()
    missing: str = ""
    media: Media = NO_MEDIA
    appearance: frozenset[str] = frozenset()
    options: Mapping[str, str] = field(default_factory=dict)
    zone: str = ""
    """The offset of the place, such as `+03:00`, for answers that hold a time of day."""
    partly: bool = False
    """Whether a day may be known in part; `value` is then what was said of it (`languages/partly`)."""
    person_language: str = ""
    today: date | None = field(default=None, compare=False)
    area: bool = False
    """Whether the points of an answer go round an area."""
    upload: Upload | None = None
    attached: Attachment | None = None
    files: InterviewFiles | None = field(default=None, compare=False, repr=False)
    """Where the bytes are, for painting; it says nothing about the question (rule 2)."""

    @property
    def on_map(self) -> bool:
        """Whether the picture of the question is where its answers are pressed."""
        return "image-map" in self.appearance and bool(self.media.image)

    @property
    def drafts(self) -> frozenset[str]:
        """Languages in which something shown here has been reviewed by nobody."""
        texts = [*self.label.texts(), *self.hint.texts()]
        texts += [one for choice in self.choices for one in choice.text.texts()]
        return frozenset(one.language for one in texts if one.draft)


class QuestionViews:
    """Makes the views of one interview. Long lists are painted again only when they offer something else.

    With `alone` the person's language stands in both places: nothing of the officer's side is shown.
    """

    def __init__(self, interview: Interview, files: InterviewFiles, *, alone: bool = False) -> None:
        self._interview = interview
        self._alone = alone
        self._files = files
        self._lists: dict[str, tuple[object, tuple[ChoiceView, ...]]] = {}

    def of(self, item: QuestionItem, control: Control, *, insist: bool) -> QuestionView:
        """The view of a question. With `insist` a required answer that is missing is told."""
        interview = self._interview
        choices = self._choices(item)
        kind = kind_of(item, control, len(choices))
        fault = interview.session.fault(item.ref)
        why = fault.why if fault is not None else ""
        if why == "required" and (not insist or interview.mark_of(item.ref) in OFFERED_MARKS):
            why = ""
        return QuestionView(
            ref=item.ref,
            kind=kind,
            label=self.both(item.ref, "label"),
            hint=self.both(item.ref, "hint"),
            guidance=interview.text(item.ref, "guidance", interview.officer_language),
            choices=choices,
            value=services_partly.shown(interview.session, item.ref),
            mark=interview.mark_of(item.ref),
            marks=_marks(item, kind),
            required=item.required,
            readonly=item.readonly,
            fault=why,
            told=self.both(item.ref, why) if why in ("constraint", "required") else Both(),
            missing=missing_of(item, control),
            media=media_of(interview.session.label(item.ref, interview.person_language)),
            appearance=frozenset(item.appearance.split()),
            options=item.options,
            zone=_zone(interview),
            partly=bool(services_partly.beside(interview.session, item.ref)),
            person_language=interview.person_language,
            today=interview.session.env.clock.now().date(),
            area=item.type == "geoshape",
            upload=self._files.upload(item, control),
            attached=self._files.attachment(item.ref) if item.control == "upload" else None,
            files=self._files,
        )

    @property
    def _officers(self) -> str:
        return self._interview.person_language if self._alone else self._interview.officer_language

    def both(self, ref: str, part: str) -> Both:
        """A part of a question's text in both languages (rule 1)."""
        interview = self._interview
        officer = interview.text(ref, part, self._officers)
        person = interview.text(ref, part, interview.person_language)
        return self.pair(officer, person)

    def pair(self, officer: ShownText, person: ShownText) -> Both:
        """Two texts side by side (rule 1)."""
        interview = self._interview
        officer, person = (
            _honest(officer, self._officers),
            _honest(person, interview.person_language),
        )
        if self._officers == interview.person_language:
            return Both(officer)
        if person.fallback and person.text == officer.text:
            return Both(officer, NOTHING, interview.person_language)
        return Both(officer, person)

    def _choices(self, item: QuestionItem) -> tuple[ChoiceView, ...]:
        interview = self._interview
        if item.control not in ("select1", "select", "rank"):
            return ()
        offered = interview.session.offered_values(item.ref)
        key = (offered, self._officers, interview.person_language)
        held = self._lists.get(item.ref)
        if held is not None and held[0] == key and len(offered) > MOST_BUTTONS:
            return held[1]
        officer = interview.choices(item.ref, self._officers)
        person = interview.choices(item.ref, interview.person_language)
        painted = interview.session.choices(item.ref, interview.person_language)
        made = tuple(self._choice(*both) for both in zip(officer, person, painted, strict=True))
        self._lists[item.ref] = (key, made)
        return made

    def _choice(self, officer: ShownChoice, person: ShownChoice, painted: Choice) -> ChoiceView:
        return ChoiceView(officer.value, self.pair(officer.text, person.text), media_of(painted.label))


def _honest(text: ShownText, asked: str) -> ShownText:
    """A text that is not in the language asked for counts as a stand-in, also where the form has just one."""
    if text.text and text.language != asked and not text.fallback:
        return replace(text, fallback=True)
    return text


def _marks(item: QuestionItem, kind: Kind) -> tuple[Mark, ...]:
    if item.readonly or kind in SAYS_NOTHING:
        return ()
    if kind in (Kind.ACKNOWLEDGE, Kind.NOT_YET):
        return (Mark.SKIPPED,)
    if item.attributes.get("decline") == "no":
        return (Mark.SKIPPED, Mark.UNKNOWN)
    return OFFERED_MARKS


def _zone(interview: Interview) -> str:
    now = interview.session.env.clock.now()
    offset = f"{now:%z}"
    return f"{offset[:3]}:{offset[3:5]}" if offset else "Z"
