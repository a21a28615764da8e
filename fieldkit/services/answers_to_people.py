"""The papers that answer what a person asked: what is kept, what was put right, what was taken back (R-168).

1. They are in the person's language, with the officer's beside it, and printed like any other paper.
2. "Is it safe to carry this?" is asked first. Without the private part nothing of it is on the paper, and no word
   says that it was left out; what was noted of categories stands only where the person wants everything
   (`protection.md` 8).
3. An answer says what was done and what cannot be done. It promises nothing (`protection.md` 11).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldkit.domain.access import Action
from fieldkit.domain.document import Block, Document, Run, Space
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import spoken_number
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_date_for
from fieldkit.services import confidential, contacts, finished, history, record, requests_of_people, sealed
from fieldkit.services.bilingual import Cell, Pair
from fieldkit.services.case_file import CASE, CaseFile, read_case
from fieldkit.services.erasure import Where
from fieldkit.services.errors import DeskFault
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.record import Copy, Wanted
from fieldkit.services.refs import leaf
from fieldkit.services.requests_of_people import Left, Withdrawn
from fieldkit.services.vault import OpenVault
from fieldkit.storage import receipts


@dataclass(frozen=True, slots=True)
class Carried:
    """In which languages the paper is (the person's first), and what they said about carrying it."""

    languages: tuple[str, ...]
    safe: bool = False
    everything: bool = False


@dataclass(frozen=True, slots=True)
class PutRight:
    """What came of a wish to have something put right: questions with their new answers; whether an answer of the
    private part is among them; whether a second person has to agree first."""

    answers: tuple[tuple[str, str], ...]
    private: bool
    waits: bool

    @property
    def changed(self) -> bool:
        """Whether anything was put right."""
        return bool(self.answers) or self.private


def languages(vault: OpenVault, case: str) -> tuple[str, ...]:
    """The person's language and the officer's, as they last talked."""
    officer, person = read_case(vault.journal, case).languages()
    return tuple(dict.fromkeys((person, officer)))


def see(vault: OpenVault, case: str, carried: Carried) -> Document:
    """Everything that is kept here about the person, as far as whoever prints may read it.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `record.not_safe_to_carry`,
    `form.not_for_role`, `form.version_unknown`.
    """
    vault.demand(Action.ANSWER_PERSON)
    _demand_safe(carried)
    paper = _Paper(vault, case, carried)
    return paper.document("answer/see_title", [*paper.kept(), *paper.talks()])


def withdrawn(vault: OpenVault, case: str, carried: Carried, done: Withdrawn) -> Document:
    """What was taken back, what we did, and what nobody can do (rule 3). Raises as `see`."""
    vault.demand(Action.ANSWER_PERSON)
    _demand_safe(carried)
    paper = _Paper(vault, case, carried)
    return paper.document("answer/withdraw_title", list(paper.taken_back(done)))


def corrected(vault: OpenVault, case: str, carried: Carried, asked_on: str, reason: str = "") -> Document:
    """What was put right since the day the person asked, or why nothing was. Raises as `see`; DeskFault
    `request.reason_missing` when nothing was changed and no reason is given."""
    vault.demand(Action.ANSWER_PERSON)
    _demand_safe(carried)
    paper = _Paper(vault, case, carried)
    found = put_right(vault, case, asked_on, paper.pair.first)
    if not found.changed and not found.waits and not reason.strip():
        raise DeskFault("request.reason_missing")
    return paper.document("answer/correct_title", list(paper.put_right(found, asked_on, reason.strip())))


def put_right(vault: OpenVault, case: str, asked_on: str, tag: str) -> PutRight:
    """What was changed in the interviews of a case since a day (ISO), in words of the language `tag`."""
    facts, answers, private = vault.codebook.facts, {}, False
    for held in history.histories(vault, subject(CASE, case), tag):
        for chain in held.chains:
            steps = [step for step in chain.steps[1:] if step.at[:10] >= asked_on and not step.consequence]
            fact = facts.get(leaf(chain.ref))
            if steps and fact is not None and fact.sensitivity.is_sealed:
                private = True
            elif steps:
                answers[chain.label] = steps[-1].answer
    return PutRight(
        tuple(answers.items()), private, bool(vault.queries.waiting_for_second(subject(CASE, case)))
    )


def _demand_safe(carried: Carried) -> None:
    if not carried.safe:
        raise DeskFault("record.not_safe_to_carry")


class _Paper:
    """One answer."""

    def __init__(self, vault: OpenVault, case: str, carried: Carried) -> None:
        self._vault = vault
        self._file: CaseFile = sealed.case_file(vault, case)
        self._carried = carried
        self.pair = Pair(carried.languages, vault.codebook.texts)

    def document(self, title: str, blocks: Sequence[Block]) -> Document:
        said = self.pair.say(title)
        today = self._vault.world.today().isoformat()
        number = spoken_number(self._file.id)
        head = [
            self._fact("record/number", number, atomic=True),
            self._fact("record/post", isolate_words(self._vault.name)),
        ]
        end = [self.pair.row(self.pair.say("answer/your_choice"))]
        return Document(
            title=said[0].text,
            language=self.pair.first,
            blocks=(
                *self.pair.heading(1, said),
                self.pair.table(head),
                *blocks,
                Space(10),
                self.pair.table(end, ruled=False),
            ),
            footer=" · ".join((isolate(number), isolate(today))),
            draft_notice=self.pair.notice(),
        )

    # --- to see -------------------------------------------------------------------------------------------

    def kept(self) -> Iterator[Block]:
        """Beside the talks: what was allowed, where it went, papers, what was removed."""
        yield from self.pair.heading(2, self.pair.say("answer/may_have"))
        yield self.pair.table(
            [self._agreed(one) for one in requests_of_people.agreements(self._vault, self._file.id)]
        )
        yield from self._went(requests_of_people.has_left(self._vault, self._file.id))
        papers = requests_of_people.papers_out(self._vault, self._file.id)
        told = sum(1 for _ in self._file.of_kind("information.given"))
        counts = [self._fact("answer/papers", str(papers)), self._fact("answer/information", str(told))]
        gone = receipts.removals(self._vault.database, subject(CASE, self._file.id))
        yield self.pair.table([*counts, *(self._days("answer/gone", one.day) for one in gone)])
        if self._carried.everything:
            yield from self._noted()

    def talks(self) -> Iterator[Block]:
        """Every talk that stands, as its own record says it."""
        about = subject(CASE, self._file.id)
        wanted = Wanted(
            Copy.TO_TAKE_ALONG,
            self._carried.languages,
            safe_to_carry=True,
            with_private_part=self._carried.everything,
        )
        for one in finished.of_subject(self._vault, about):
            if one.stands and one.xml:
                made = record.record(self._vault, about, one.instance_id, wanted)
                self.pair.has_draft |= bool(made.draft_notice)
                yield from made.blocks

    def _agreed(self, one: requests_of_people.Agreed) -> tuple[Cell, ...]:
        said = self.pair.say("answer/said_yes" if one.yes else "answer/said_no")
        return tuple(
            (Run(f"{self._office(one.recipient, column)}: "), Run(text.text, bold=True))
            for column, text in enumerate(said)
        )

    def _went(self, left: Sequence[Left]) -> Iterator[Block]:
        yield from self.pair.heading(2, self.pair.say("answer/went"))
        rows = []
        for one in left:
            if one.to == HEADQUARTERS:
                rows.append(self._days("answer/went_headquarters", one.day))
            else:
                rows.append(self._days(self._went_by(one), one.day, names=self._names(one)))
        yield self.pair.table(rows or [self.pair.row(self.pair.say("answer/went_nowhere"))])

    def _noted(self) -> Iterator[Block]:
        """Categories, only when the person wants everything (rule 2)."""
        held = (*self._file.confirmed(), *self._file.for_review())
        noted = confidential.visible(self._vault, held, self._file)
        if noted:
            yield from self.pair.heading(2, self.pair.say("answer/noted"))
            yield self.pair.table([self.pair.row(self.pair.say(f"category/{name}/name")) for name in noted])

    # --- to take back -------------------------------------------------------------------------------------

    def taken_back(self, done: Withdrawn) -> Iterator[Block]:
        """What we did, and what we could not do."""
        yield from self.pair.heading(2, self.pair.say("answer/done"))
        rows: list[tuple[Cell, ...]] = [
            tuple(
                (Run(f"{text.text}: "), Run(self._office(name, column), bold=True))
                for column, text in enumerate(self.pair.say("answer/stopped"))
            )
            for name in done.stopped
        ]
        if done.asked is not None:
            there = done.asked is Where.HEADQUARTERS
            said = self.pair.say("answer/asked_headquarters" if there else "answer/asked_everywhere")
            rows.append(self.pair.row(said))
        yield self.pair.table(rows)
        yield from self.pair.heading(2, self.pair.say("answer/not_done"))
        could_not = [self._days("answer/already_has", one.day, names=self._names(one)) for one in done.left]
        if done.papers:
            could_not.append(self.pair.row(self.pair.say("answer/paper_out")))
        yield self.pair.table(could_not or [self.pair.row(self.pair.say("answer/nothing_had_left"))])

    # --- to put right -------------------------------------------------------------------------------------

    def put_right(self, found: PutRight, asked_on: str, reason: str) -> Iterator[Block]:
        """The new answers, or the reason."""
        yield self.pair.table([self._days("answer/asked_on", asked_on)])
        if found.changed:
            yield from self.pair.heading(2, self.pair.say("answer/changed"))
            rows: list[tuple[Cell, ...]] = []
            for label, answer in found.answers:
                cell: Cell = (Run(f"{label}\n"), Run(isolate_words(answer), bold=True, told=True))
                rows.append((cell,) * len(self.pair.tags))
            if found.private:
                rows.append(self.pair.row(self.pair.say("answer/private_changed")))
            yield self.pair.table(rows)
        if found.waits:
            yield self.pair.table([self.pair.row(self.pair.say("answer/waits"))])
        elif not found.changed:
            yield self.pair.table([self._fact("answer/unchanged", isolate_words(reason))])

    # --- lines --------------------------------------------------------------------------------------------

    def _fact(self, text_id: str, value: str, *, atomic: bool = False) -> tuple[Cell, ...]:
        return tuple(
            (Run(f"{said.text}: "), Run(value, bold=True, atomic=atomic, told=True))
            for said in self.pair.say(text_id)
        )

    def _days(self, text_id: str, day: str, names: Sequence[str] = ()) -> tuple[Cell, ...]:
        """A sentence with a day in words of each language, and perhaps a name in each."""
        cells = []
        for column, (said, tag) in enumerate(zip(self.pair.say(text_id), self.pair.tags, strict=True)):
            parts = (names[column] if names else "", format_date_for(day, tag))
            told = " · ".join(isolate_words(part) for part in parts if part)
            cells.append((Run(f"{said.text}: "), Run(told, bold=True, told=True)))
        return tuple(cells)

    def _went_by(self, one: Left) -> str:
        return "answer/went_shared" if one.shared else "answer/went_referred"

    def _names(self, one: Left) -> list[str]:
        """Whoever has it, in each language. A service has its name on paper; another office is named only where the
        person wants everything: its name may say why (rule 2)."""
        if one.to == HEADQUARTERS:
            return [self._office(HEADQUARTERS, column) for column in range(len(self.pair.tags))]
        if one.shared and not self._carried.everything:
            return [said.text for said in self.pair.say("answer/other_office")]
        return [contacts.names(self._vault).get(one.to, one.to)] * len(self.pair.tags)

    def _office(self, name: str, column: int) -> str:
        """An office that somebody agrees to: a recipient of the codebook, or the one of a protocol."""
        known = self._vault.codebook.recipients.get(name)
        if known is not None:
            return self._vault.codebook.texts.say(f"recipient/{name}/name", self.pair.words[column])
        protocol = contacts.find_protocol(self._vault, name.removeprefix("protocol/"))
        if protocol is not None and self._carried.everything:
            return isolate_words(protocol.name)
        return self.pair.say("answer/other_office")[column].text
