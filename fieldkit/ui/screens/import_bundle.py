"""One bundle at headquarters: what was verified, then a person accepts, then what it brought."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.storage.quarantine import Why
from fieldkit.ui.presenters.exchange import Look
from fieldkit.ui.screens.looked_at import BUNDLES, LookedAtScreen
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, row
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.headquarters.store import Imported
    from fieldkit.sync.incoming import Verified
    from fieldkit.ui.context import Context


class ImportBundleScreen(LookedAtScreen["Verified"]):
    """Looking changes nothing; accepting is one step that succeeds whole or not at all."""

    def __init__(self, context: Context, path: Path) -> None:
        super().__init__(context)
        self.presenter = Look(context.open_vault, path)

    @property
    def title(self) -> str:
        return self.context.say("A bundle")

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page.imported is not None or (page.verified is not None and page.verified.already_held):
            return Way(say("Next: figures"), partial(self.context.navigation.start, "headquarters"), "count")
        if page.can_accept and page.apart is not None:
            return Way(say("Set it aside"), self._accept, "folder")
        if page.can_accept:
            return Way(say("Accept this bundle"), self._accept, "check")
        return self.another() if page.hole is not None else super().main_action()

    # What happens

    def _asked_for(self) -> tuple[str, str]:
        return self.context.say("Bundle"), BUNDLES

    def _look(self) -> Verified:
        return self.presenter.look()

    def _verifying(self) -> str:
        return self.context.say("Verifying the bundle")

    def _verified(self, seen: Verified) -> None:
        self.presenter.verified = seen

    def _accept(self) -> None:
        self._run(self.presenter.accept, self.context.say("Accepting the bundle"), self._imported)

    def _imported(self, imported: Imported) -> None:
        self.presenter.imported = imported

    # What is shown

    def _content(self) -> list[QWidget]:
        page = self.presenter
        parts: list[QWidget] = []
        if page.verified is None:
            return parts
        if page.imported is not None and page.imported.why is not None:
            parts += [*self._set_aside(page.imported), self._brought(page.imported)]
        elif page.imported is not None:
            parts += [
                Banner(Tone.DONE, self.context.say("The bundle was accepted.")),
                self._brought(page.imported),
            ]
        elif page.verified.already_held:
            told = self.context.say(
                "Everything in this bundle is held already. Importing it again changes nothing, and that is fine."
            )
            parts.append(Banner(Tone.NOTE, told))
        elif page.apart is not None:
            parts.append(Banner(Tone.CAREFUL, self._why_apart(page.apart)))
        elif page.hole is not None:
            parts.append(Banner(Tone.CAREFUL, self.context.sentence(page.hole)))
        return [*parts, self._what_was_verified(page.verified)]

    def _what_was_verified(self, verified: Verified) -> Card:
        say = self.context.say
        hole = verified.hole
        missing = say("entries {first} to {last}", first=hole.first, last=hole.last) if hole else say("none")
        rows = [
            (say("From"), verified.sender.post),
            (say("Entries in it"), say("{first} to {last}", first=verified.first, last=verified.last)),
            (say("Missing before them"), missing),
            (say("New here"), str(self.presenter.entries_new)),
            (say("Held already"), str(verified.known)),
            (say("Without content, because the person did not agree to share it"), str(verified.withheld)),
            (say("Missing: their content is gone at the post"), str(len(verified.gone))),
            (say("Content that was withheld before"), str(verified.later)),
            (say("Attached files"), str(len(verified.attached))),
            (say("Still at the post, in a later file"), str(verified.behind)),
        ]
        sealed = say("Sealed to this headquarters, signed by a certified laptop, nothing altered.")
        return Card(
            words(say("What was verified"), Size.QUESTION, bold=True),
            marked("done", words(sealed), Tone.DONE),
            facts(rows),
        )

    def _why_apart(self, why: Why) -> str:
        say = self.context.say
        if why is Why.REVOKED:
            return say(
                "The laptop that made this bundle is not trusted any more. What headquarters held before "
                "stays; what "
                "is new in it is set aside and not merged, until a person decides."
            )
        return say(
            "Two laptops wrote under one name: one was copied, or put back to an earlier day. What is new in this "
            "bundle is set aside, both records are kept. Ask the post to let that laptop begin again."
        )

    def _set_aside(self, imported: Imported) -> list[QWidget]:
        told = self.context.say(
            "{count} entries were set aside and not merged. They are listed under Laptops and keys.",
            count=imported.set_aside,
        )
        see = button(self.context.say("Laptops and keys"), partial(self.context.go, "devices"), icon="list")
        return [Banner(Tone.CAREFUL, told), row(see)]

    def _brought(self, imported: Imported) -> Card:
        say = self.context.say
        rows = [
            (say("New entries"), str(imported.entries_new)),
            (say("New persons"), str(imported.cases_new)),
            (say("Entries whose content came now"), str(imported.filled)),
            (say("Attached files"), str(imported.files)),
        ]
        return Card(words(say("What it brought"), Size.QUESTION, bold=True), facts(rows))
