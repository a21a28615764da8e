"""The papers of `issued` as documents, in the person's language and the official one.

1. No category, no reason, no name of the person stands on any (`protection.md` 8). The sheets for a civil registry
   need names, and are laid out apart (`civil_sheets`).
2. A text that no speaker has reviewed is marked; a critical one has its source behind it (R-203, `bilingual`).
"""

from collections.abc import Iterator
from datetime import datetime

from fieldkit.domain.document import Blank, Block, Code, Document, Paragraph, Run, Space
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_date_for
from fieldkit.leaflets.pdf import code_squares
from fieldkit.services import civil_sheets, issued
from fieldkit.services.bilingual import Cell, Pair
from fieldkit.services.case_file import CaseFile, read_case
from fieldkit.services.issued import FOR_REGISTRY, Issued, PaperKind
from fieldkit.services.vault import OpenVault

_SIDE = 150.0
"""Points: 5.3 cm, which a keyboard scanner and every telephone read."""
_CODE_LINE = 32
_HAND = 3
"""Lines to write on by hand."""


def page(vault: OpenVault, case: str, document: str, *, safe_to_carry: bool = False) -> Document:
    """The paper as blocks. Raises as `issued.to_print`."""
    one = issued.to_print(vault, case, document, safe_to_carry=safe_to_carry)
    if one.kind in FOR_REGISTRY:
        about, sheet = str(one.facts["about"]), civil_sheets.Sheet(one.kind.value)
        return civil_sheets.document(vault, case, one.languages, about, sheet)
    return _Page(vault, read_case(vault.journal, case), one).document()


class _Page:
    def __init__(self, vault: OpenVault, file: CaseFile, one: Issued) -> None:
        self._vault = vault
        self._file = file
        self._one = one
        self.pair = Pair(one.languages, vault.codebook.texts)

    def document(self) -> Document:
        said = self.pair.say(f"paper/{self._one.kind.value}_title")
        day = self._one.day[:10]
        practice = (self._sentences("paper/practice"),) if self._vault.training else ()
        blocks = (*self.pair.heading(1, said), *practice, *self._blocks())
        return Document(
            title=said[0].text,
            language=self.pair.first,
            blocks=blocks,
            footer=" · ".join((isolate(self._file.number), isolate(day))),
            draft_notice=self.pair.notice(),
        )

    def _blocks(self) -> Iterator[Block]:
        match self._one.kind:
            case PaperKind.REGISTRATION:
                yield from self._registration()
            case PaperKind.KEPT:
                yield from self._kept()
            case PaperKind.ATTENDANCE:
                yield from self._attendance()
            case PaperKind.HAND_OVER:
                yield from self._hand_over()
            case PaperKind.PLAN:
                yield from self._plan()

    def _head(self, *more: tuple[Cell, ...]) -> Block:
        rows = [
            self._fact("record/number", self._file.number, atomic=True),
            self._fact("record/post", isolate_words(self._vault.name)),
        ]
        return self.pair.table([*rows, *more])

    def _registration(self) -> Iterator[Block]:
        facts = self._one.facts
        by = [self._fact("paper/allowed_by", isolate_words(str(facts["by"])))] if facts["by"] else []
        yield self._sentences("paper/registration_says")
        yield self._head(
            self._day("paper/registered_on", str(facts["registered"])),
            self._day("paper/valid_until", self._one.valid),
            *by,
        )
        yield Space(8)
        text = issued.code_text(self._vault, self._file, self._one)
        yield Code(code_squares(text), _SIDE, self.pair.first)
        for begin in range(0, len(text), _CODE_LINE):
            run = Run(text[begin : begin + _CODE_LINE], atomic=True)
            yield Paragraph((run,), "en", small=True, leads_in=begin + _CODE_LINE < len(text))
        yield Space(8)
        yield self._sentences("paper/check", "paper/renew", "paper/not_identity", "slip/not_a_decision")

    def _kept(self) -> Iterator[Block]:
        yield self._sentences("paper/kept_says")
        yield self._head(self._day("slip/date", self._one.day[:10]))
        rows = [
            ((Run(f"{place}. {isolate_words(str(line))}", told=True),),) * len(self.pair.tags)
            for place, line in enumerate(self._one.facts["lines"], 1)
        ]
        yield self.pair.table(rows)
        yield self._sentences("paper/kept_back", "slip/not_a_decision")
        yield from self._signed("paper/signature_post")

    def _attendance(self) -> Iterator[Block]:
        facts = self._one.facts
        hours = isolate(f"{facts['begin']} - {facts['end']}")
        yield self._sentences("paper/attendance_says")
        visit = self._fact("blank/hour", hours, atomic=True)
        yield self._head(self._day("slip/date", str(facts["day"])), visit)
        yield self._sentences("slip/not_a_decision")
        yield from self._signed("paper/signature_post")

    def _hand_over(self) -> Iterator[Block]:
        facts = self._one.facts
        spoken = isolate_words(autonym(str(facts["language"])))
        yield self._head(
            self._fact("paper/handed_to", isolate_words(str(facts["to"]))),
            self._fact("paper/language", spoken),
        )
        moments = [self._moment(f"paper/{one['what']}", str(one["at"])) for one in facts["moments"]]
        yield self.pair.table(moments)
        yield self._sentences("paper/stays", "slip/not_a_decision")
        yield from self._signed("paper/signature_post")
        yield from self._signed("paper/signature_taken")

    def _plan(self) -> Iterator[Block]:
        yield self._head(self._day("slip/date", self._one.day[:10]))
        yield self.pair.table([self.pair.row(self.pair.say(f"paper/plan_{self._one.facts['what']}"))])
        yield self._sentences("paper/plan_stops", "slip/not_a_decision")

    # --- lines --------------------------------------------------------------------------------------------

    def _sentences(self, *text_ids: str) -> Block:
        return self.pair.table([self.pair.row(self.pair.say(one)) for one in text_ids], ruled=False)

    def _signed(self, text_id: str) -> Iterator[Block]:
        yield self._sentences(text_id)
        yield Blank(self.pair.first, lines=_HAND)

    def _fact(self, text_id: str, value: str, *, atomic: bool = False) -> tuple[Cell, ...]:
        said = self.pair.say(text_id)
        return tuple((Run(f"{one.text}: "), Run(value, bold=True, atomic=atomic, told=True)) for one in said)

    def _day(self, text_id: str, day: str) -> tuple[Cell, ...]:
        said = self.pair.say(text_id)
        return tuple(
            (Run(f"{one.text}: "), Run(isolate_words(format_date_for(day, tag)), bold=True))
            for one, tag in zip(said, self.pair.tags, strict=True)
        )

    def _moment(self, text_id: str, at: str) -> tuple[Cell, ...]:
        hour = isolate(datetime.fromisoformat(at).strftime("%H:%M"))
        said = self.pair.say(text_id)
        return tuple(
            (Run(f"{one.text}: "), Run(f"{isolate_words(format_date_for(at[:10], tag))} {hour}", bold=True))
            for one, tag in zip(said, self.pair.tags, strict=True)
        )
