"""Any form blank on paper in two languages, to be filled in by hand and keyed in later (R-204).

1. Every question has room for its answer: boxes with names, squares for figures and dates, lines for words; also
   boxes for "did not want to answer" and "not known", because those are answers too.
2. What is asked only under a condition says so in words, by the numbers of the questions.
3. The head has the form's number, which names form and version, and places for day, time, place, who led the talk,
   who interpreted, and the person's number.
4. What the form fills in by itself stands on no paper; what paper cannot hold says so.
5. A form for paper only is the person's own: no place for number, day or interviewer; where to bring it instead.
"""

import hashlib
from collections.abc import Iterator

from fieldkit.content.form_roles import FormKind
from fieldkit.domain.document import Blank, Block, Box, Document, Paragraph, Run
from fieldkit.domain.errors import ProgramFault
from fieldkit.domain.ids import spoken_number
from fieldkit.forms.conditions import Asked, Conditions
from fieldkit.forms.definition import Control
from fieldkit.forms.paper import Offered, PaperLabels, choices_on_paper
from fieldkit.forms.shapes import Shape, TemplatePath
from fieldkit.languages import catalogues
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.marking import mark
from fieldkit.services import complaint_paper, forms_held, intake
from fieldkit.services.bilingual import Cell, Pair
from fieldkit.services.draft_facts import DraftFacts
from fieldkit.services.interview import Interview
from fieldkit.services.shown import NOTHING, ShownText
from fieldkit.services.vault import OpenVault
from fieldkit.storage.drafts import Draft

MOST_CHOICES = 60
"""More than these are written by name: a list of all villages is no paper."""

ONLY_IF = mark("Only if: {condition}")
BOX = "\u2610 "

_MOST_IN_A_LINE, _LETTERS_IN_A_LINE = 4, 26

_SQUARES = {
    "int": (6,),
    "date": (2, 2, 4),
    "time": (2, 2),
    "dateTime": (2, 2, 4, 2, 2),
}
_OPEN_LINES = {"decimal": 1, "geopoint": 1, "geotrace": 2, "geoshape": 2}


def blank_form(vault: OpenVault, form_id: str, languages: tuple[str, ...]) -> Document:
    """The form in its newest version, blank. The first language is the page's and the officer's.

    Raises DeskFault `form.not_for_role`, `form.unknown`; PersonFault `access.not_allowed`.
    """
    held = forms_held.hold(vault, form_id)
    intake.demand_allowed(vault, held, form_id)
    title = next(one for one in forms_held.offered_forms(vault) if one.id == form_id)
    draft = Draft(
        "0" * 32, vault.person.id, "", form_id, held.form.version, vault.world.moment(), "", "", "", ""
    )
    interview = intake.run(vault, held, draft, DraftFacts(seed="blank"))
    pair = Pair(languages, vault.codebook.texts)
    made = _Blank(interview, pair)
    titles = [ShownText(title.title(tag), tag) for tag in pair.tags]
    number = form_number(form_id, held.form.version)
    own = held.kind is FormKind.PAPER
    head = complaint_paper.where_to(vault, pair.first) if own else made.head(number)
    blocks = (*pair.heading(1, titles), *head, *made.below(held.form.body))
    return Document(
        title=titles[0].text,
        language=pair.first,
        blocks=blocks,
        footer=f"{isolate(number)} · {isolate(f'{form_id} {held.form.version}')}",
        draft_notice=pair.notice(),
    )


def form_number(form_id: str, version: str) -> str:
    """The number of a form in one version, as it stands on its papers (rule 3), such as `7KQ2-M0XD`."""
    return spoken_number(hashlib.sha256(f"{form_id}\n{version}".encode()).hexdigest())


class _Blank:
    def __init__(self, interview: Interview, pair: Pair) -> None:
        self._interview = interview
        self._session = interview.session
        self._session.labels = PaperLabels(interview.form, interview.session.env)
        self._pair = pair
        self._numbers: dict[TemplatePath, int] = {}
        self._choices: dict[tuple[TemplatePath, str], tuple[Offered, ...]] = {}
        self._count(interview.form.body)
        words = catalogues.load(pair.first, "interface")
        self._say = words.say
        self._conditions = Conditions(self._asked, words.say)

    def _count(self, controls: tuple[Control, ...]) -> None:
        for control in controls:
            if control.kind in ("group", "repeat"):
                self._count(control.children)
            elif control.path is not None and self._is_asked(control):
                self._numbers.setdefault(control.path, len(self._numbers) + 1)

    def _is_asked(self, control: Control) -> bool:
        shape = self._shape(control)
        return shape is not None and not shape.readonly

    def _shape(self, control: Control) -> Shape | None:
        return self._interview.form.shapes.get(control.path) if control.path is not None else None

    # --- the head -------------------------------------------------------------------------------------

    def head(self, number: str) -> Iterator[Block]:
        """Rule 3."""
        said = self._pair.say("blank/form_number")
        yield self._pair.table(
            [tuple((Run(f"{text.text}: "), Run(number, bold=True, atomic=True)) for text in said)]
        )
        for text_id, squares in (
            ("record/number", (4, 4)),
            ("blank/day", (2, 2, 4)),
            ("blank/hour", (2, 2)),
            ("record/place", ()),
            ("record/interviewer", ()),
            ("record/interpreter", ()),
        ):
            room = Blank(self._pair.first, squares=squares) if squares else Blank(self._pair.first, lines=1)
            yield self._together([self._row(self._pair.say(text_id))], room)

    def _together(self, rows: list[tuple[Cell, ...]], *more: Block) -> Block:
        return Box((self._pair.table(rows, ruled=False), *more), framed=False)

    def _row(self, texts: tuple[ShownText, ...], *, bold: bool = False, before: str = "") -> tuple[Cell, ...]:
        return self._pair.row(texts, bold=bold, before=before)

    # --- the questions --------------------------------------------------------------------------------

    def below(self, controls: tuple[Control, ...]) -> Iterator[Block]:
        """Everything below a group, in the order of the form."""
        for control in controls:
            if control.kind == "group":
                yield from self._group(control)
            elif control.kind == "repeat":
                yield from self.below(control.children)
                yield self._remark(self._pair.say("blank/more_entries"))
            else:
                yield from self._question(control)

    def _group(self, control: Control) -> Iterator[Block]:
        titles = self._texts(control, "label")
        if any(title.text for title in titles):
            yield from self._pair.heading(2, titles)
        yield from self._condition(control)
        yield from self.below(control.children)

    def _condition(self, control: Control) -> Iterator[Block]:
        """Rule 2, in the officer's language: the officer is who leaves questions out."""
        shape = self._shape(control)
        relevant = shape.bind.relevant if shape is not None and shape.bind is not None else None
        if relevant is None or shape is None:
            return
        said = self._conditions.in_words(relevant.tree, shape.path)
        if said:
            yield Paragraph((Run(self._say(ONLY_IF, condition=said)),), self._pair.first, small=True)

    def _question(self, control: Control) -> Iterator[Block]:
        shape = self._shape(control)
        if shape is None:
            return
        labels = self._texts(control, "label")
        if shape.readonly or control.kind == "trigger":
            before = BOX if control.kind == "trigger" else ""
            yield self._together([self._row(labels, before=before)], *self._condition(control))
            return
        number = self._numbers.get(shape.path, 0)
        head = self._pair.table([self._row(labels, bold=True, before=f"{number}. ")], ruled=False)
        hints = self._texts(control, "hint")
        said = (
            [self._pair.table([self._row(hints)], ruled=False, small=True)]
            if any(h.text for h in hints)
            else []
        )
        yield Box((head, *said, *self._condition(control), *self._room(control, shape)), framed=False)

    def _room(self, control: Control, shape: Shape) -> Iterator[Block]:
        """Rule 1."""
        if control.kind == "upload":
            yield self._remark(self._pair.say("blank/not_on_paper"))
            return
        if control.kind in ("select", "select1", "rank"):
            yield from self._boxes(control, shape)
        elif control.kind == "range":
            yield Blank(self._pair.first, squares=(4,))
        elif shape.type in _SQUARES:
            yield Blank(self._pair.first, squares=_SQUARES[shape.type])
            if shape.type in ("date", "dateTime"):
                yield self._remark(self._pair.say("blank/date_parts"))
        else:
            lines = 3 if "multiline" in control.appearance else _OPEN_LINES.get(shape.type, 1)
            yield Blank(self._pair.first, lines=lines)
        yield self._endings()

    def _boxes(self, control: Control, shape: Shape) -> Iterator[Block]:
        offered = [self._offered(shape.path, tag) for tag in self._pair.tags]
        remark = {"select1": "blank/one", "select": "blank/several", "rank": "blank/ranks"}[control.kind]
        if not offered[0] or len(offered[0]) > MOST_CHOICES:
            yield self._remark(self._pair.say("blank/long_list"))
            yield Blank(self._pair.first, lines=1 if control.kind == "select1" else 3)
            return
        if control.kind != "select1":
            yield self._remark(self._pair.say(remark))
        if all(_is_short(each) for each in offered):
            yield self._pair.table([tuple(map(_in_a_line, offered, range(len(offered))))], ruled=False)
            return
        rows = [
            self._row(
                tuple(_shown(one, tag) for one, tag in zip(each, self._pair.tags, strict=True)), before=BOX
            )
            for each in zip(*offered, strict=True)
        ]
        yield self._pair.table(rows, ruled=False)

    def _endings(self) -> Block:
        said = [self._pair.say("record/declined"), self._pair.say("record/unknown")]
        cells = tuple(
            (Run("   ".join(f"{BOX}{one[column].text}" for one in said)),)
            if column == 0
            else (Run("   ".join(one[column].text for one in said)),)
            for column in range(len(self._pair.tags))
        )
        return self._pair.table([cells], ruled=False, small=True)

    def _remark(self, texts: tuple[ShownText, ...]) -> Block:
        return self._pair.table([self._row(texts)], ruled=False, small=True)

    # --- texts ----------------------------------------------------------------------------------------

    def _texts(self, control: Control, part: str) -> tuple[ShownText, ...]:
        return tuple(self._text(control, part, tag) for tag in self._pair.tags)

    def _text(self, control: Control, part: str, tag: str) -> ShownText:
        ref = self._ref(control)
        try:
            return self._interview.text(ref, part, tag)
        except ProgramFault:  # a row that nobody has counted yet
            source = control.label if part == "label" else control.hint
            text = self._session.labels.paint(source, self._session.state.root, tag)
            return ShownText(text.text, text.language or tag, text.is_fallback) if text.text else NOTHING

    def _ref(self, control: Control) -> str:
        if control.path is None:
            return f"/{self._interview.form.root.name}#{control.number}"
        rows = self._interview.form.rows
        steps = [
            f"{name}[1]" if control.path[:depth] in rows else name
            for depth, name in enumerate(control.path, 1)
        ]
        return "/" + "/".join(steps)

    def _offered(self, path: TemplatePath, tag: str) -> tuple[Offered, ...]:
        key = (path, tag)
        if key not in self._choices:
            control = self._interview.form.shapes[path].control
            assert control is not None
            self._choices[key] = tuple(choices_on_paper(self._session, control, tag, MOST_CHOICES + 1))
        return self._choices[key]

    def _asked(self, path: TemplatePath) -> Asked | None:
        number = self._numbers.get(path)
        if number is None:
            return None
        control = self._interview.form.shapes[path].control
        names: dict[str, str] = {}
        if control is not None and control.kind in ("select", "select1", "rank"):
            names = {one.value: one.text.text for one in self._offered(path, self._pair.first)}
        return Asked(str(number), names)


def _is_short(offered: tuple[Offered, ...]) -> bool:
    """Whether the choices of a question have room side by side."""
    letters = sum(len(one.text.text or one.value) for one in offered)
    return len(offered) <= _MOST_IN_A_LINE and letters <= _LETTERS_IN_A_LINE


def _in_a_line(offered: tuple[Offered, ...], column: int) -> Cell:
    """Choices side by side: boxes in the first language, the same order in the other."""
    names = [one.text.text or one.value for one in offered]
    if column == 0:
        return (Run("     ".join(BOX + isolate_words(name) for name in names)),)
    return (Run("  /  ".join(isolate_words(name) for name in names)),)


def _shown(one: Offered, tag: str) -> ShownText:
    return ShownText(one.text.text or one.value, one.text.language or tag, one.text.is_fallback)
