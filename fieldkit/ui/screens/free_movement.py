"""The cards on moving freely beside the steps of that pathway: which texts fit what was told, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.content.provenance import Mark
from fieldkit.domain.outcome import Verdict
from fieldkit.languages.isolates import isolate_words
from fieldkit.services import free_movement, region
from fieldkit.services.region_paper import Said
from fieldkit.ui.presenters.form_texts import FormTexts
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from fieldkit.services.free_movement import Fit
    from fieldkit.ui.context import Context


def movement_cards(context: Context, case: str) -> list[QWidget]:
    """One card a rule of the region in force, under a card that says what this is and whom to ask."""
    vault, tag = context.open_vault, context.words.tag
    found = free_movement.fits(vault, case)
    said = Said(vault.codebook, tag, vault.world.today())
    texts = FormTexts(vault, [(form, None) for form in free_movement.FORMS], tag)
    return [_head(context, said, there=bool(found)), *(_card(context, one, said, texts) for one in found)]


def _head(context: Context, said: Said, *, there: bool) -> Card:
    say = context.say
    told = say(
        "These texts are compared with what the person told. They do not say who may enter or stay, and they close "
        "nothing: somebody who is afraid can ask for asylum all the same."
    )
    if not there:
        told = say("No rules on moving freely are in force here.")
    book = context.open_vault.codebook
    asked = [book.choice_label("actors", part, said.words) for part in free_movement.ASKED]
    ask = say("Whom to ask: {names}", names=isolate_words(" · ".join(asked)))
    title = say("Moving freely in the region")
    card = Card(
        words(title, Size.QUESTION, bold=True), readable(words(told)), readable(words(ask, bold=True))
    )
    card.setAccessibleName(title)
    return card


def _card(context: Context, one: Fit, said: Said, texts: FormTexts) -> Card:
    rule, here = one.rule, region.here(context.open_vault)
    name = said.of(f"movement/{rule.id}/name", rule.name)
    card = Card(
        words(name, bold=True),
        _verdict(context, one),
        readable(words(said.of(f"movement/{rule.id}/who", rule.who))),
        readable(words(said.of(f"movement/{rule.id}/text", rule.text))),
    )
    card.setAccessibleName(name)
    for missing in one.missing:
        asked = context.say("Not known yet: {question}", question=isolate_words(texts.question(missing)))
        card.column.addWidget(readable(words(asked, quiet=True)))
    about = said.about(rule.about, here)
    if rule.about.marks(said.today):
        card.column.addWidget(marked("careful", readable(words(about, tone=Tone.CAREFUL)), Tone.CAREFUL))
    else:
        card.column.addWidget(readable(words(about, quiet=True)))
    if Mark.EXPIRED in rule.about.marks(said.today):
        told = context.say("The last day of this text is over. Ask whether it still holds.")
        card.column.addWidget(marked("careful", readable(words(told)), Tone.CAREFUL))
    return card


def _verdict(context: Context, one: Fit) -> QWidget:
    told = {
        Verdict.YES: context.say("Fits what was told"),
        Verdict.CANNOT_TELL: context.say("Cannot be told yet"),
        Verdict.NO: context.say("Does not fit what was told"),
        None: context.say("To be read: it is not compared with answers"),
    }
    icon = {Verdict.YES: "check", Verdict.CANNOT_TELL: "help", Verdict.NO: "note", None: "information"}
    return marked(icon[one.verdict], words(told[one.verdict]))
