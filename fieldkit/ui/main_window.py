"""The window: rail, bar, content and footer stay where they are; only the screen in the middle changes.

1. The title says "fieldkit" and the post, nothing about a person.
2. What needs a sign-in is not there before it: no rail, no account, no Lock.
3. While work runs nothing else can be pressed, but the window draws, moves and can cancel.
Cover, countdown and the last page before a lock are `hiding`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_list
from fieldkit.ui import theme
from fieldkit.ui.actions import Keys, with_keys
from fieldkit.ui.background import Job
from fieldkit.ui.context import Context
from fieldkit.ui.hiding import NEUTRAL, Hiding
from fieldkit.ui.lock.why import Why
from fieldkit.ui.page import Page
from fieldkit.ui.places import rail, screen_class
from fieldkit.ui.presenters.roles import role_words
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.settings import INTERFACE_LANGUAGES
from fieldkit.ui.widgets.bar import Bar, BarWords
from fieldkit.ui.widgets.card import empty, tight
from fieldkit.ui.widgets.footer import Footer
from fieldkit.ui.widgets.rail import Rail
from fieldkit.ui.widgets.waiting import Curtain, Waiting

if TYPE_CHECKING:
    from fieldkit.ui.screens.cover import CoverPage

LEAST_SIZE = QSize(800, 520)
FIRST_SIZE = QSize(1366, 768)
ROOM = QSize(760, 440)
"""Below it, at 100 % text, bar and rail are pictures only."""

SAVED_WORDS: Mapping[str, str] = {"saved": mark("Saved"), "saving": mark("Saving"), "": ""}


class MainWindow(QWidget):
    """One window. `context.navigation` tells it which screen to show."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.screen_shown: Screen | None = None
        self.setObjectName("window")
        self.setProperty("role", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(LEAST_SIZE)
        self.resize(FIRST_SIZE)
        self._whole = tight(self)
        self.body = QWidget(self)
        """All that is seen of the work; out of the window while it is covered (rule 4)."""
        self._whole.addWidget(self.body)
        self._column = tight(self.body)
        self.hiding = Hiding(self, self._whole, self.body)
        self.curtain = Curtain(self.body)
        self.bar: Bar
        self.rail: Rail
        self.page: Page
        self.footer: Footer
        self._keys: Keys | None = None
        context.navigation.frame = self
        context.background.busy = self._busy
        context.background.waiting = self._waiting
        self._lay()

    # What screens ask for (context.Frame)

    def show_screen(self, name: str, arguments: dict[str, object]) -> None:
        """Put a screen in the middle."""
        self._leave()
        if self.context.vault is None:
            self.uncover()  # there is nothing left to hide
        if self._laid_for is not self.context.vault:
            empty(self._column)  # somebody signed in or out: rail and bar are others
            self._lay()
        self.screen_shown = screen_class(name)(self.context, **arguments)
        self._place_screen()

    def refresh(self) -> None:
        """Read title, ways and keys from the screen again."""
        screen = self.screen_shown
        if screen is None:
            return
        self.page.show_title(screen.title)
        mirrored = theme.current().mirrored
        say = self.context.say
        main, back = screen.main_action(), screen.back()
        tips = {
            "back": with_keys(say("Back"), "back", mirrored),
            "next": with_keys(main.text, "next", mirrored) if main else "",
        }
        self.footer.offer(back, screen.other_actions(), main, tips)
        self._bind_keys(screen)

    def show_again(self) -> None:
        """Build the content of the screen that stands there anew."""
        if self.screen_shown is not None:
            self._place_screen()

    def ask_folder(self, title: str) -> Path | None:
        """A folder somebody picks."""
        from fieldkit.ui.widgets.files import choose_folder  # noqa: PLC0415 (dialogs load when asked for)

        return choose_folder(self, title)

    def ask_file(self, title: str, kind: str) -> Path | None:
        """A file somebody picks."""
        from fieldkit.ui.widgets.files import choose_file  # noqa: PLC0415

        return choose_file(self, title, kind)

    def rebuild(self) -> None:
        """Make everything anew: another language, another size, somebody signed in or out."""
        self._leave()
        empty(self._column)
        self._lay()
        if self.screen_shown is not None:
            self._place_screen()

    def show_error(self, sentence: str) -> None:
        """Tell an error above the content until the screen changes or somebody closes it."""
        self.page.show_error(sentence)

    def show_saved(self, state: str) -> None:
        """Show the state of what was entered: "saved", "saving" or nothing."""
        text = SAVED_WORDS[state]
        self.bar.show_saved(self.context.say(text) if text else "")

    @property
    def error_shown(self) -> str:
        """The error that stands above the content, for tests and the tour."""
        return self.page.error_shown

    # Cover, countdown, lock (`hiding`)

    @property
    def is_covered(self) -> bool:
        """Whether a neutral page stands in the place of everything."""
        return self.hiding.is_covered

    @property
    def counts_down(self) -> bool:
        """Whether the last seconds before a lock are shown."""
        return self.hiding.counts_down

    @property
    def cover_page(self) -> CoverPage | None:
        """The page with the way back, while the window is covered."""
        return self.hiding.cover_page

    def cover(self) -> None:
        """Hide everything behind a neutral page at once; the person's own six digits bring it back."""
        self.hiding.cover()

    def uncover(self) -> None:
        """Bring everything back as it was."""
        self.hiding.uncover()

    def blank(self) -> None:
        """Let nothing be seen any more: this process is about to end."""
        self.hiding.blank()

    def show_countdown(self, seconds: int | None) -> None:
        """Say how long it is until the vault is locked; None takes it away."""
        self.hiding.show_countdown(seconds)

    def write_editor(self) -> None:
        """Keep what the open editor holds."""
        self._leave()

    def geometry_kept(self) -> str:
        """Where the window stands, in hexadecimal: its successor takes the same place."""
        return self.saveGeometry().toHex().toStdString()

    def take_place(self, geometry: str) -> None:
        """Stand where another window stood. What is not a place is passed over."""
        self.restoreGeometry(QByteArray.fromHex(geometry.encode("ascii", "ignore")))

    def name_and_keys_again(self) -> None:
        """Title and keys follow what is seen: work, or a neutral page."""
        self.setWindowTitle(self._window_title())
        if self.screen_shown is not None:
            self._bind_keys(self.screen_shown)

    def _hiding_keys(self) -> dict[str, Callable[[], object]]:
        """What works whatever stands there, as long as somebody is signed in. Work under way is not locked away by
        a slip of the hand; a panic lock stops it too."""
        if self.context.vault is None:
            return {}
        lock = {} if self.context.background.is_busy else {"lock": self.context.lock}
        return {**lock, "cover": self.cover, "panic": lambda: self.context.lock(Why.PANIC)}

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.curtain.setGeometry(self.rect())
        self.hiding.lay()
        self._make_room()
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.context.background.wait()
        self._leave()
        if self.context.watch is not None:
            self.context.watch.end()
        vault, self.context.vault = self.context.vault, None
        if vault is not None:
            vault.close()
        super().closeEvent(event)

    # The parts

    def _make_room(self) -> None:
        """Where the window is small for its text, bar and rail leave the room to the content."""
        px = theme.current().px
        compact = self.width() < px(ROOM.width()) or self.height() < px(ROOM.height())
        self.bar.set_compact(compact)
        self.rail.set_compact(compact)

    def _lay(self) -> None:
        self._laid_for = self.context.vault
        self.setWindowTitle(self._window_title())
        self.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if theme.current().mirrored else Qt.LayoutDirection.LeftToRight
        )
        self.bar = self._make_bar()
        self._column.addWidget(self.bar)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.rail = self._make_rail()
        self._divider = QFrame()
        self._divider.setProperty("role", "divider")
        middle.addWidget(self.rail)
        middle.addWidget(self._divider)
        self.page = Page(self.context)
        middle.addWidget(self.page, 1)
        self._column.addLayout(middle, 1)
        self.footer = Footer(name=self.context.say("What to do next"))
        self._column.addWidget(self.footer)
        if self._keys is not None:
            self._keys.forget()
        self._keys = Keys(self, theme.current().mirrored)
        self._make_room()
        for part in (self.bar, self.page):
            part.show()
        self.curtain.raise_()

    def _make_bar(self) -> Bar:
        context, say = self.context, self.context.say
        vault = context.vault
        held = [say(word) for word in role_words(vault.person.roles)] if vault else []
        said = BarWords(
            place=vault.name if vault else "fieldkit",
            account=self._account(vault.person.label, held) if vault else "",
            language=say("Language of the program"),
            draft=say("draft") if context.words_are_draft else "",
            lock=say("Lock"),
            lock_tip=with_keys(say("Lock"), "lock", theme.current().mirrored),
            cover=say("Cover"),
            cover_tip=with_keys(say("Cover"), "cover", theme.current().mirrored),
            help=say("Help"),
        )
        return Bar(
            said,
            name=say("Where you are"),
            languages=INTERFACE_LANGUAGES,
            choose=context.use_language,
            lock=context.lock if vault else None,
            cover=self.cover if vault else None,
            ask_help=None if vault else lambda: context.go("help"),
        )

    def _account(self, person: str, roles: list[str]) -> str:
        told = format_list(roles, self.context.words.tag)
        return self.context.say("{person}, {roles}", person=person, roles=told)

    def _make_rail(self) -> Rail:
        vault = self.context.vault
        return Rail(
            rail(vault) if vault else (),
            name=self.context.say("Places"),
            say=self.context.say,
            go=self.context.navigation.start,
        )

    def _place_screen(self) -> None:
        screen = self.screen_shown
        assert screen is not None
        self.page.clear()
        self.bar.show_saved("")
        signed_in = self.context.vault is not None and not screen.bare and not screen.alone
        self.bar.setVisible(not screen.alone)
        self.rail.setVisible(signed_in)
        self._divider.setVisible(signed_in)
        self.rail.light(screen.rail or self.context.navigation.here[0])
        self.page.put(screen)
        # Built in the look of the screen: the laptop may be turned to somebody who reads the other way.
        if screen.alone or self.footer.styleSheet():
            theme.current().wear(self.footer)
        self.refresh()
        self.page.content.setFocus(Qt.FocusReason.OtherFocusReason)  # Tab leads into the content
        screen.shown()

    def _bind_keys(self, screen: Screen) -> None:
        bound: dict[str, Callable[[], object]] = {
            "next": self._do_main,
            "back": self._do_back,
            "larger": lambda: self.context.use_scale(1),
            "smaller": lambda: self.context.use_scale(-1),
        }
        if self.context.navigation.here[0] != "help":
            bound["help"] = lambda: self._open_help(screen)
        if screen.alone:
            bound = {}
        if self._keys is None:
            return
        if self.cover_page is not None:
            self._keys.bind({**self._hiding_keys(), "next": self.cover_page.do_main})
        elif self.context.background.is_busy or self.counts_down:
            self._keys.bind(self._hiding_keys())
        else:
            self._keys.bind({**bound, **screen.commands(), **self._hiding_keys()})

    def _open_help(self, screen: Screen) -> None:
        """The booklet at the paragraph for what is in hand (R-156)."""
        from fieldkit.ui.presenters.booklet import BookletPage  # noqa: PLC0415 (loads when somebody asks)

        name = self.context.navigation.here[0]
        page = BookletPage(self.context.words.tag, self.context.world.today(), self.context.vault)
        self.context.go("help", paragraph=page.paragraph(*screen.in_hand(), ("screen", name)))

    def _do_main(self) -> None:
        if self.footer.main is not None and self.footer.main.isEnabled():
            self.footer.main.click()

    def _do_back(self) -> None:
        if self.footer.back is not None and self.footer.back.isEnabled():
            self.footer.back.click()

    def _leave(self) -> None:
        if self.screen_shown is not None:
            self.screen_shown.left()

    def _window_title(self) -> str:
        vault = self.context.vault
        return f"fieldkit · {vault.name}" if vault and not self.is_covered else NEUTRAL

    # Work in the background

    def _busy(self, busy: bool) -> None:
        if busy:
            if self.screen_shown is not None:
                self._bind_keys(self.screen_shown)
            self.curtain.draw()
            return
        self.curtain.lift()
        if self.screen_shown is not None:
            self._bind_keys(self.screen_shown)

    def _waiting(self, job: Job[object] | None) -> None:
        if job is None:
            return
        how_long = self._how_long(job)
        if self.curtain.card is None:
            cancel = job.cancel if job.can_cancel else None
            self.curtain.carry(Waiting(job.what, how_long, self.context.say("Cancel"), cancel))
        if self.curtain.card is not None:
            self.curtain.card.show_progress(job.done_part, job.whole, how_long)

    def _how_long(self, job: Job[object]) -> str:
        say = self.context.say
        if job.cancelled:
            return say("Stopping. Nothing is left half done.")
        if job.whole <= 0:
            return say("This takes a few seconds.")
        return say("{done} of {whole} done", done=job.done_part, whole=job.whole)
