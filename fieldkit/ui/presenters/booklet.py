"""The booklet as Help shows it: one paragraph, what was found, the steps of this post beside a pathway.

1. What somebody has in hand leads to its paragraph (`content.booklet`, rule 2); nothing else is asked of them.
2. Steps stand there only when they are those in force here, each with where it comes from (R-160).
3. Before anybody signs in there are paragraphs and no steps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.services import booklet, region
from fieldkit.services.booklet import Booklet, Paragraph
from fieldkit.services.region_paper import Said
from fieldkit.ui.presenters.pages import Paper, document_paper

if TYPE_CHECKING:
    from datetime import date

    from fieldkit.content.booklet import Place
    from fieldkit.content.steps import ProcedureStep
    from fieldkit.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a pathway at this post, and what has to be said beside it."""

    text: str
    about: str
    expired: bool


class BookletPage:
    """The booklet in the language `tag`."""

    def __init__(self, tag: str, today: date, vault: OpenVault | None) -> None:
        self._vault, self._today = vault, today
        self.booklet = Booklet(tag, vault)
        self.said = Said(self.booklet.codebook, tag, today)
        self.may_print = vault is not None and vault.may(Action.PRINT_LEAFLET)

    def paragraph(self, *places: Place) -> str:
        """The id of the paragraph for what somebody has in hand (rule 1)."""
        return self.booklet.at(*places).id

    def about(self, paragraph: Paragraph) -> str:
        """Where a paragraph comes from, and that nobody has reviewed it."""
        return self.said.about(paragraph.about, None)

    def steps(self, paragraph: str) -> tuple[StepLine, ...]:
        """The steps of the pathway that a paragraph tells of, as they are in force here (rules 2, 3). What is the
        same of all is said beside the last one."""
        if self._vault is None:
            return ()
        category = next(
            (
                name
                for (kind, name), one in self.booklet.guide.places.items()
                if (kind, one) == ("category", paragraph)
            ),
            "",
        )
        here = region.here(self._vault)
        steps = region.steps_of(self._vault, category) if category else ()
        once = self.said.together([step.about for step in steps], here) if steps else ""
        lines = [self._step(step, "" if once else self.said.about(step.about, here)) for step in steps]
        return (*lines[:-1], replace(lines[-1], about=once)) if once else tuple(lines)

    def _step(self, step: ProcedureStep, about: str) -> StepLine:
        assert self._vault is not None, "steps are asked for where somebody is signed in"
        here = self.said.bodies(region.bodies(self._vault, step.actor, step.category))
        return StepLine(f"{self.said.step(step)} {here}".strip(), about, step.about.is_expired(self._today))

    def folded_paper(self) -> Paper:
        """The same on sheets that are folded."""
        assert self._vault is not None, "asked only where it may be printed"
        return replace(self.paper(), make=partial(booklet.to_be_folded, self._vault, self.booklet.tag))

    def may_print_alone(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph may stand on a sheet of its own: expired ones may not."""
        return self.may_print and paragraph.about.may_be_printed(self._today)

    def card(self, paragraph: Paragraph) -> Paper:
        """One paragraph alone, to be printed (R-080). Somebody is signed in."""
        assert self._vault is not None, "asked only where it may be printed"
        tag = self.booklet.tag
        make = partial(booklet.card, self._vault, tag, paragraph.id)
        return document_paper(self._vault, "booklet", tag, make)

    def paper(self) -> Paper:
        """The whole booklet, to be printed. Somebody is signed in."""
        assert self._vault is not None, "asked only where it may be printed"
        tag = self.booklet.tag
        return document_paper(self._vault, "booklet", tag, partial(booklet.on_paper, self._vault, tag))
