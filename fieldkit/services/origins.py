"""Of a case: every country that could be the person's own or a danger, and whether the person may be a child.

Whoever shares something asks both, and so do the locks (`sharing`, `measures`; `protection.md` 9 and 12).

A country that was ever told blocks, also when a correction put another in its place: that the country of a slip of
the pen is blocked as well costs nobody anything.
"""

from collections.abc import Iterator, Mapping, Sequence

from fieldkit.domain.entries import subject
from fieldkit.domain.outcome import Mark
from fieldkit.domain.sharing import TOLD_IN, OriginKind, Origins
from fieldkit.services import sealed
from fieldkit.services.case_file import CASE, FINISHED, KEPT, CaseFile
from fieldkit.services.judge import Answers
from fieldkit.services.vault import OpenVault
from fieldkit.storage.projections import standing

ORIGIN = "origin/"
"""How the fields of a case that hold countries are named."""

ELSEWHERE = ("case.taken_over", "case.told")
"""Entries that hold what a person told at another post; the first stands in every case that came from one."""
_CHILD_CATEGORIES = frozenset({"C05", "C06", "C07", "C08"})
SAYS_CHILD = {"age_group": {"under_18", "perhaps_child"}, "age_band": {"under_18", "not_sure"}}
_SAYS_ADULT = {"age_group": {"adult", "older"}, "age_band": {"18_to_59", "60_or_more"}}


def origins(vault: OpenVault, case: str, answers: Answers | None = None) -> Origins:
    """Every country that could be the person's own or a danger: what was asked for sharing, and what was
    told."""
    named: dict[OriginKind, set[str]] = {kind: set() for kind in OriginKind}
    whole: dict[OriginKind, list[bool]] = {kind: [] for kind in OriginKind}
    for value in standing(vault.database, subject(CASE, case)):
        if value.field.startswith(ORIGIN):
            kind = OriginKind(value.field.removeprefix(ORIGIN))
            named[kind] |= set(value.value["countries"])
            whole[kind].append(value.value["whole"] is True)
    file = sealed.case_file(vault, case)
    told = answers if answers is not None else sealed.answers(vault, file)
    former = list(_ever_told(vault, file))
    for name, kind in TOLD_IN.items():
        named[kind] |= {
            *told.said(name),
            *(value for facts in former for value in facts.get(name, ()) if value),
        }
        if told.marks.get(name) is Mark.SEALED:  # what this person may not read blocks like what nobody knows
            whole[kind].append(False)
    return Origins(
        {kind: frozenset(held) for kind, held in named.items()},
        frozenset(kind for kind, said in whole.items() if said and all(said)),
    )


def _ever_told(vault: OpenVault, file: CaseFile) -> Iterator[Mapping[str, Sequence[str]]]:
    """The answers of every version of every interview that this person may read."""
    for said in file.history:
        if said.entry.kind in (FINISHED, KEPT):
            yield said.payload["facts"]
    for part in sealed.parts(vault, subject(CASE, file.id)):
        yield part.payload["facts"]
    yield from _told_elsewhere(vault, file)


def _told_elsewhere(vault: OpenVault, file: CaseFile) -> Iterator[Mapping[str, Sequence[str]]]:
    """What came along from another post, as far as this person may read it (`hand_over`)."""
    for entry, _ in vault.journal.about(subject(CASE, file.id)):
        payload = sealed.payload(vault, entry) if entry.kind in ELSEWHERE else None
        if payload is not None:
            yield {str(one["name"]): [str(value) for value in one["values"]] for one in payload["answers"]}


def was_a_child_elsewhere(vault: OpenVault, file: CaseFile) -> bool:
    """Whether another post heard that the person is a child, or may be: a doubt here too."""
    told = list(_told_elsewhere(vault, file)) if any(file.of_kind(ELSEWHERE[0])) else []
    return any(says & {*held.get(name, ())} for held in told for name, says in SAYS_CHILD.items())


def may_be_child(answers: Answers, categories: frozenset[str]) -> bool:
    """In doubt the person is a child (`protection.md` 9): adult only when something says so and nothing
    against."""
    says_child = bool(categories & _CHILD_CATEGORIES) or any(
        set(answers.said(name)) & values for name, values in SAYS_CHILD.items()
    )
    says_adult = any(set(answers.said(name)) & values for name, values in _SAYS_ADULT.items())
    return says_child or not says_adult
