"""Sheets with names: of a birth and of a death for a civil registry, of somebody who is looked for, a message to a
family (R-096, R-011, R-201; N-027, N-028, N-089).

1. They are no certificate and say so. What is known from the talks stands there as it was told; for what is not
   known there is an empty line to write on, never a guess.
2. No category, no reason, no number of the case beside a name; no country, nationality or paper of anybody: whoever
   goes to the registry tells those there, if it has to be (`protection.md` 8 and 12).
3. A sheet about a death is made only of somebody who "died" in the words of whoever told it, never of somebody who
   is missing; and only when they said that the local authority may be told. A sheet for the service that looks for
   people is made only when they said that this service may be told.
4. Only interviews that this person may open are read. With the paper is kept whom it is about, no answer.
5. A message goes on paper only when the person wished it, both looked at whether it harms somebody, and the person
   said yes to the network that carries it, all in one talk. A later talk without that wish takes it back. Nothing
   is compared with anybody's search, and nobody is called (`protection.md` 14).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fieldkit.domain.document import Blank, Block, Box, Document, Run
from fieldkit.domain.entries import subject
from fieldkit.domain.outcome import Mark
from fieldkit.domain.ports import JsonObject
from fieldkit.forms.items import GroupItem, Item, QuestionItem, RepeatItem
from fieldkit.forms.session import Session
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_date_for
from fieldkit.services import finished
from fieldkit.services.bilingual import Cell, Pair
from fieldkit.services.case_file import CASE
from fieldkit.services.errors import DeskFault
from fieldkit.services.interview import Interview
from fieldkit.services.reopened import reopen
from fieldkit.services.told import answer_in_words
from fieldkit.services.vault import OpenVault


class Sheet(StrEnum):
    """The sheets."""

    BIRTH = "birth"
    DEATH = "death"
    SEARCH = "search"
    MESSAGE = "message"


THE_PERSON = "person"
"""Whose birth it is: the person of the case; else the row of an interview in which a child was named."""
_FAMILY, _LOST = "family", "lost"
"""Names of the repeats whose rows a sheet can be about."""

_BIRTH_OF_PERSON = {
    "sheet/child_name": "name_told",
    "sheet/sex": "sex",
    "sheet/born_on": "birth_date",
    "sheet/age_told": "age_years",
}
_BIRTH_OF_CHILD = {"sheet/child_name": "member_name", "sheet/age_told": "member_age"}
_OF_BIRTH = (
    *("sheet/child_name", "sheet/sex", "sheet/born_on", "sheet/age_told", "sheet/born_where"),
    *("sheet/mother", "sheet/father", "sheet/parent", "sheet/present", "sheet/tells"),
)
_DEATH = {
    "sheet/dead_name": "lost_name",
    "sheet/sex": "lost_sex",
    "sheet/age_told": "lost_age",
    "sheet/last_seen": "lost_seen",
    "sheet/last_place": "lost_place",
    "sheet/known_by": "lost_description",
    "sheet/grave": "lost_grave",
    "sheet/things": "lost_papers",
    "sheet/is_to_teller": "lost_relation",
}
_OF_DEATH = (
    *("sheet/dead_name", "sheet/sex", "sheet/age_told", "sheet/died_on", "sheet/last_seen"),
    *("sheet/last_place", "sheet/known_by", "sheet/grave", "sheet/buried", "sheet/things"),
    *("sheet/is_to_teller", "sheet/tells"),
)
_SEARCH = {**_DEATH, "sheet/sought_name": "lost_name"}
_OF_SEARCH = (
    *("sheet/sought_name", "sheet/sex", "sheet/age_told", "sheet/last_seen", "sheet/last_place"),
    *("sheet/known_by", "sheet/is_to_teller", "sheet/tells"),
)
_MESSAGE = {
    "sheet/message_for": "message_name",
    "sheet/message_relation": "message_relation",
    "sheet/last_place": "message_place",
    "sheet/message_words": "message_words",
    "sheet/message_answer": "message_answer",
}
_OF_MESSAGE = ("sheet/message_from", *_MESSAGE)
_READY = ("message_wish", "message_checked", "message_agree")
"""Answers that are all "yes" before a message goes on paper (rule 5)."""
_LINES = {
    Sheet.BIRTH: _OF_BIRTH,
    Sheet.DEATH: _OF_DEATH,
    Sheet.SEARCH: _OF_SEARCH,
    Sheet.MESSAGE: _OF_MESSAGE,
}
_NOTES = {
    Sheet.BIRTH: ("sheet/no_certificate", "sheet/empty_lines", "sheet/ask_there"),
    Sheet.DEATH: ("sheet/no_certificate", "sheet/empty_lines", "sheet/ask_there"),
    Sheet.SEARCH: ("sheet/for_search", "sheet/empty_lines"),
    Sheet.MESSAGE: ("sheet/for_message", "sheet/empty_lines"),
}
_MAY_KNOW = {Sheet.DEATH: "local", Sheet.SEARCH: "search"}
"""Which answer to "who may be told" a sheet needs (rule 3)."""
_ONLY_WHEN_TOLD = frozenset(
    {"sheet/age_told", "sheet/parent", "sheet/last_seen", "sheet/last_place", "sheet/things"}
)
"""Lines that nobody writes on by hand: they stand there when something was told."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, which can be said in any language."""

    value: str = field(repr=False)
    session: Session = field(repr=False)
    ref: str

    def said(self, tag: str) -> str:
        """In words."""
        return answer_in_words(self.session, self.ref, self.value, tag)


Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class About:
    """Somebody a sheet can be made of: `key` is kept with the paper, `name` as it was told (may be empty)."""

    key: str
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a repeat in one interview, or (without a `repeat`) what stands outside of all."""

    key: str
    repeat: str
    answers: Answers


def offered(vault: OpenVault, case: str, sheet: Sheet) -> tuple[About, ...]:
    """Whom a sheet can be about."""
    if sheet is Sheet.MESSAGE:
        return messages(vault, case)
    return births(vault, case) if sheet is Sheet.BIRTH else lost(vault, case, sheet)


def messages(vault: OpenVault, case: str) -> tuple[About, ...]:
    """The messages that may go on paper (rule 5), by the name of whoever shall get them."""
    told = [row for row in _rows(vault, case) if not row.repeat and "message_wish" in row.answers]
    taken_back = [place for place, row in enumerate(told) if _value(row.answers, "message_wish") != "yes"]
    since = told[taken_back[-1] + 1 :] if taken_back else told
    ready = [row for row in since if all(_value(row.answers, name) == "yes" for name in _READY)]
    return tuple(About(row.key, _value(row.answers, "message_name")) for row in ready)


def births(vault: OpenVault, case: str) -> tuple[About, ...]:
    """Whose birth a sheet can be about: the person of the case, and sons and daughters who were named."""
    rows = _rows(vault, case)
    children = [
        row for row in rows if row.repeat == _FAMILY and _value(row.answers, "member_relation") == "child"
    ]
    person = About(THE_PERSON, _value(_outside(rows), "name_told"))
    return (person, *(About(row.key, _value(row.answers, "member_name")) for row in children))


def deaths(vault: OpenVault, case: str) -> tuple[About, ...]:
    """The people who died, as somebody told, when the local authority may be told (rule 3)."""
    return lost(vault, case, Sheet.DEATH)


def lost(vault: OpenVault, case: str, sheet: Sheet) -> tuple[About, ...]:
    """The people who died or are missing of whom a sheet can be made (rule 3)."""
    return tuple(About(row.key, _value(row.answers, "lost_name")) for row in _told(_rows(vault, case), sheet))


def facts(vault: OpenVault, case: str, about: str, sheet: Sheet) -> JsonObject:
    """What is kept with a sheet (rule 4). Raises DeskFault `sheet.nobody`."""
    if all(one.key != about for one in offered(vault, case, sheet)):
        raise DeskFault("sheet.nobody")
    return {"about": about}


def document(vault: OpenVault, case: str, languages: tuple[str, ...], about: str, sheet: Sheet) -> Document:
    """The sheet as blocks. Raises DeskFault `sheet.nobody` when what it was about does not stand any more."""
    facts(vault, case, about, sheet)
    rows, pair = _rows(vault, case), Pair(languages, vault.codebook.texts)
    known = _known(rows, about, sheet)
    said = pair.say(f"sheet/{sheet.value}_title")
    practice = ["paper/practice"] if vault.training else []
    notes = [*practice, *_NOTES[sheet]]
    head = [_plain(pair, "record/post", [vault.name] * len(pair.tags)), _today(vault, pair)]
    return Document(
        title=said[0].text,
        language=pair.first,
        blocks=(
            *pair.heading(1, said),
            pair.table([pair.row(pair.say(one)) for one in notes], ruled=False, small=True),
            pair.table(head),
            *_lines(pair, _LINES[sheet], known),
        ),
        footer=isolate(vault.world.today().isoformat()),
        draft_notice=pair.notice(),
    )


# --- what stands on it --------------------------------------------------------------------------------------


def _known(rows: Iterable[_Row], about: str, sheet: Sheet) -> dict[str, Answer]:
    if sheet is Sheet.BIRTH:
        return _birth(rows, about)
    if sheet is Sheet.MESSAGE:
        return _named(_MESSAGE, next(one.answers for one in rows if one.key == about and not one.repeat))
    return _lost(rows, about, sheet)


def _birth(rows: Iterable[_Row], about: str) -> dict[str, Answer]:
    """What is known of a birth, by the line it stands in."""
    held = list(rows)
    whose = _outside(held)
    if about == THE_PERSON:
        known = _named(_BIRTH_OF_PERSON, whose)
        parents = [row.answers for row in held if _value(row.answers, "member_relation") == "parent"]
        named = [one["member_name"] for one in parents if "member_name" in one]
        return {**known, **({"sheet/parent": named[0]} if len(named) == 1 else {})}
    row = next(one for one in held if one.key == about)
    line = {"female": "sheet/mother", "male": "sheet/father"}.get(_value(whose, "sex"), "sheet/parent")
    parent = {line: whose["name_told"]} if "name_told" in whose else {}
    return {**_named(_BIRTH_OF_CHILD, row.answers), **parent}


def _lost(rows: Iterable[_Row], about: str, sheet: Sheet) -> dict[str, Answer]:
    return _named(
        _DEATH if sheet is Sheet.DEATH else _SEARCH, next(one.answers for one in rows if one.key == about)
    )


def _named(lines: Mapping[str, str], answers: Answers) -> dict[str, Answer]:
    return {line: answers[name] for line, name in lines.items() if name in answers}


def _lines(pair: Pair, lines: Iterable[str], known: Mapping[str, Answer]) -> Iterator[Block]:
    """Each line with its answer in both languages, or with room to write (rule 1)."""
    told: list[tuple[Cell, ...]] = []
    for line in lines:
        if line in known:
            told.append(_plain(pair, line, [known[line].said(tag) for tag in pair.tags]))
        elif line not in _ONLY_WHEN_TOLD:
            if told:
                yield pair.table(told)
                told = []
            room = (pair.table([pair.row(pair.say(line))], ruled=False), Blank(pair.first, lines=1))
            yield Box(room, framed=False)  # the end of a page does not part them
    if told:
        yield pair.table(told)


def _plain(pair: Pair, text_id: str, values: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(
        (Run(f"{said.text}: "), Run(isolate_words(value), bold=True, told=True))
        for said, value in zip(pair.say(text_id), values, strict=True)
    )


def _today(vault: OpenVault, pair: Pair) -> tuple[Cell, ...]:
    day = vault.world.today().isoformat()
    return _plain(pair, "slip/date", [format_date_for(day, tag) for tag in pair.tags])


# --- what was told ------------------------------------------------------------------------------------------


def _rows(vault: OpenVault, case: str) -> tuple[_Row, ...]:
    """What stands in the interviews of a case, row by row, the newest interview last (rule 4)."""
    found: list[_Row] = []
    for one in finished.open_to(vault, subject(CASE, case)):
        if one.stands and one.xml:
            interview = reopen(vault, one).interview
            found += _of_items(interview, interview.session.page_tree(), one.line, "")
    return tuple(found)


def _of_items(interview: Interview, items: Iterable[Item], key: str, repeat: str) -> Iterator[_Row]:
    """The row that these questions make, and those of the repeats among them."""
    here: dict[str, Answer] = {}
    for item in _flat(items):
        if isinstance(item, RepeatItem):
            for row in item.rows:
                yield from _of_items(interview, row.children, f"{key} {row.ref}", item.name)
        elif item.value and interview.mark_of(item.ref) is Mark.ANSWERED:
            here.setdefault(item.name, Answer(item.value, interview.session, item.ref))
    yield _Row(key, repeat, here)


def _flat(items: Iterable[Item]) -> Iterator[QuestionItem | RepeatItem]:
    for item in items:
        if isinstance(item, GroupItem):
            yield from _flat(item.children)
        elif isinstance(item, QuestionItem | RepeatItem):
            yield item


def _outside(rows: Iterable[_Row]) -> dict[str, Answer]:
    """What was said of the person of the case, each by the newest talk that says it."""
    return {name: answer for row in rows if not row.repeat for name, answer in row.answers.items()}


def _told(rows: Iterable[_Row], sheet: Sheet) -> Iterator[_Row]:
    """Rule 3: the yes of the very talk in which somebody told it."""
    held = list(rows)
    outside = (row for row in held if not row.repeat)
    may = {row.key for row in outside if _MAY_KNOW[sheet] in _value(row.answers, "lost_tell").split()}
    for row in held:
        fits = sheet is Sheet.SEARCH or _value(row.answers, "lost_state") == "died"
        if row.repeat == _LOST and fits and row.key.partition(" ")[0] in may:
            yield row


def _value(answers: Answers, name: str) -> str:
    return answers[name].value if name in answers else ""
