"""The chain of any answer, changed or not: who wrote it, when, what, why, through whom (R-183, K-22).

1. Any question that was put to the person can be asked for, also one that was declined, left out, or not known: how
   it ended is an answer. A question that was put in several talks has a chain for each of them.
2. Beside each answer stands through whom it was understood, and whether it was asked in reviewed or in draft text.
3. Where two corrections differ both are told, also the one that was set aside; and what still waits for a second
   person.
4. Whoever may not open the form sees none of it (`finished`, rule 3).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fieldkit.domain.errors import ProgramFault
from fieldkit.domain.outcome import Mark
from fieldkit.services import changes, finished, partly, second_person
from fieldkit.services.changes import Ending
from fieldkit.services.finished import FinishedInterview
from fieldkit.services.refs import template
from fieldkit.services.reopened import Reopened, reopen
from fieldkit.services.told import answer_in_words
from fieldkit.services.vault import OpenVault


class Stage(StrEnum):
    """What became of an answer."""

    GIVEN = "given"
    CORRECTED = "corrected"
    FOLLOWED = "followed"
    BESIDE = "beside"
    SET_ASIDE = "set aside"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Told:
    """One answer in a chain. `second` is who agreed where two were needed; `interpreted` as the codebook spells it,
    empty when that is not known; `reviewed` None when nothing is known of the text."""

    stage: Stage
    at: str
    who: str
    answer: str
    mark: Mark
    why: str = ""
    second: str = ""
    interpreted: str = ""
    reviewed: bool | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """The chain of one question in one talk: the day (ISO) and every answer, the first one first."""

    day: str
    chain: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class AnswerHistory:
    """A question and its chain in each talk in which it was put."""

    ref: str
    label: str
    talks: tuple[Talk, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as it ended in the newest version: what can be chosen to see its chain."""

    ref: str
    section: str
    label: str
    answer: str
    mark: Mark


def answers(vault: OpenVault, newest: FinishedInterview, tag: str) -> tuple[Answered, ...]:
    """Every question that was put to the person, in the order of the form, in words of the language `tag`.

    Raises DeskFault `finished.no_bytes`, `form.version_unknown`.
    """
    opened = reopen(vault, newest)
    interview = opened.interview
    titles = {one.ref: interview.section_title(one.ref, tag).text for one in interview.sections()}
    return tuple(
        Answered(
            item.ref,
            titles.get(interview.section_of(item.ref), ""),
            label_of(opened, item.ref, tag),
            *_in_words(opened, item.ref, _ending_now(opened, item.ref), tag),
        )
        for item in interview.all_questions()
        if interview.asks(item)
    )


def of_answer(vault: OpenVault, about: str, ref: str, tag: str) -> AnswerHistory:
    """The whole history of the question at `ref` in a case or survey.

    Raises DeskFault `finished.no_bytes`, `form.not_for_role`, `form.version_unknown`.
    """
    return of_answers(vault, about, (ref,), tag)[0]


def of_answers(vault: OpenVault, about: str, refs: Iterable[str], tag: str) -> tuple[AnswerHistory, ...]:
    """The same for several questions, with each form opened once. Raises as `of_answer`."""
    held = finished.to_look_at(vault, about)
    opened = [(one, reopen(vault, one)) for one in held if one.stands]
    return tuple(_of_one(vault, held, opened, ref, tag) for ref in refs)


def _of_one(
    vault: OpenVault,
    held: tuple[FinishedInterview, ...],
    opened: list[tuple[FinishedInterview, Reopened]],
    ref: str,
    tag: str,
) -> AnswerHistory:
    label, talks = "", []
    lines: set[str] = set()
    for newest, form in opened:
        if newest.line in lines or not _has(form, ref):
            continue
        lines.add(newest.line)  # of two corrections that differ the second one stands in the same chain
        label = label or label_of(form, ref, tag)
        line = tuple(one for one in held if one.line == newest.line)
        talks.append(Talk(newest.happened, tuple(_chain(vault, line, newest, form, ref, tag))))
    return AnswerHistory(ref, label or ref.rpartition("/")[2], tuple(talks))


def label_of(opened: Reopened, ref: str, tag: str) -> str:
    """The words of a question; its name when there are none."""
    return opened.label(ref, tag).text or ref.rpartition("/")[2]


def _chain(
    vault: OpenVault,
    line: tuple[FinishedInterview, ...],
    newest: FinishedInterview,
    opened: Reopened,
    ref: str,
    tag: str,
) -> Iterator[Told]:
    """The first answer, then what each version of this line changed, then what does not count or not yet."""
    leading = _leading(newest, line)
    made = [(one, change) for one in line for change in changes.of_payload(one.payload) if change.ref == ref]
    counted = [(one, change) for one, change in made if one in leading]
    first = counted[0][1].before if counted else (made[0][1].before if made else _ending_now(opened, ref))
    yield _told(Stage.GIVEN, leading[0], first, opened, ref, tag)
    for one, change in counted:
        stage = Stage.FOLLOWED if change.consequence else Stage.CORRECTED
        yield _told(stage, one, change.after, opened, ref, tag, change.reason)
    for one, change in made:
        if one not in leading:
            stage = Stage.BESIDE if one.stands else Stage.SET_ASIDE
            yield _told(stage, one, change.after, opened, ref, tag, change.reason)
    yield from _waiting(vault, {one.instance_id for one in line}, newest.subject, opened, ref, tag)


def _leading(newest: FinishedInterview, line: tuple[FinishedInterview, ...]) -> list[FinishedInterview]:
    """The versions that lead to `newest`, the first one first."""
    by_name = {one.instance_id: one for one in line}
    found = [newest]
    while (before := by_name.get(found[-1].corrects)) is not None and before not in found:
        found.append(before)
    return found[::-1]


def _waiting(
    vault: OpenVault, names: set[str], about: str, opened: Reopened, ref: str, tag: str
) -> Iterator[Told]:
    """What somebody wrote down and a second person has not agreed to yet (rule 3)."""
    for one in second_person.waiting(vault, about):
        for change in changes.of_payload({"changes": list(one.changes)}) if one.instance_id in names else ():
            if change.ref == ref:
                answer, mark = _in_words(opened, ref, change.after, tag)
                yield Told(Stage.WAITS, one.at, one.asked_by, answer, mark, change.reason)


def _told(
    stage: Stage,
    version: FinishedInterview,
    ending: Ending,
    opened: Reopened,
    ref: str,
    tag: str,
    why: str = "",
) -> Told:
    section = _section(version, opened, ref)
    answer, mark = _in_words(opened, ref, ending, tag)
    return Told(
        stage,
        version.written,
        version.by,
        answer,
        mark,
        why,
        version.second,
        str(section.get("interpreted", "") or version.payload.get("interpreted", "")),
        section.get("reviewed_text"),
    )


def _section(version: FinishedInterview, opened: Reopened, ref: str) -> Mapping[str, Any]:
    """What the entry says of the section in which a question stands."""
    where = opened.interview.section_of(ref)
    names = {one.ref: one.name for one in opened.interview.declared_sections()}
    rows = version.payload.get("sections", ())
    return next((row for row in rows if row["name"] and row["name"] == names.get(where)), {})


def _ending_now(opened: Reopened, ref: str) -> Ending:
    try:
        return partly.shown(opened.session, ref), opened.mark_of(ref)
    except ProgramFault:  # a row that was taken out
        return "", Mark.NOT_ASKED


def _in_words(opened: Reopened, ref: str, ending: Ending, tag: str) -> tuple[str, Mark]:
    value, mark = ending
    try:
        return (answer_in_words(opened.session, ref, value, tag) if value else "", mark)
    except ProgramFault:
        return value, mark


def _has(opened: Reopened, ref: str) -> bool:
    """Whether this form has the question."""
    return template(ref) in opened.interview.form.shapes
