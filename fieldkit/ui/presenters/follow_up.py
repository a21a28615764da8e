"""What is to be followed up at this post, and what headquarters hears: numbers and days, no name, no
category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.locks import What
from fieldkit.services import assistance, follow_up, measures, permits
from fieldkit.services.directory import all_services
from fieldkit.services.follow_up import ToFollow
from fieldkit.services.permits import LastDay
from fieldkit.services.vault import Desk
from fieldkit.storage import queries_papers
from fieldkit.ui.presenters.measures import WHAT_WORDS

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.vault import OpenVault

FEWER_THAN = 5
"""A smaller number of persons is told as that: what leaves a screen may be copied (`counting`, rule 4)."""


@dataclass(frozen=True, slots=True)
class Alerted:
    """A case in which something happened past a rule."""

    case: str
    number: str


@dataclass(frozen=True, slots=True)
class PostAlert:
    """What a post told headquarters: the post's name, what happened, on which day."""

    post: str
    what: str
    day: str


@dataclass(frozen=True, slots=True)
class HelpCount:
    """Persons by kind and state of help, as it is shown."""

    kind: str
    state: str
    persons: str


class FollowUp:
    """The list of a post, or of headquarters; texts in the language of `words`."""

    def __init__(self, vault: OpenVault, words: Words) -> None:
        self.vault = vault
        self._words = words
        self.is_post = vault.desk is Desk.POST
        self.may = vault.may(Action.FOLLOW_UP)
        self.read()

    def read(self) -> None:
        """Read it as it stands now."""
        rows = follow_up.to_follow_up(self.vault) if self.is_post and self.may else ()
        self.rows: tuple[ToFollow, ...] = rows
        self.alerted = self._alerted() if self.is_post else ()
        reminds = self.is_post and self.vault.may(Action.RECORD_PERMIT)
        self.last_days: tuple[LastDay, ...] = permits.last_days(self.vault) if reminds else ()
        counts = not self.is_post and self.vault.may(Action.COUNT)
        self.posts = self._posts() if counts else ()
        self.help = self._help() if counts else ()

    def service(self, row: ToFollow) -> str:
        """The neutral name of the service, as it may be read across the desk."""
        held = next((one for one in all_services(self.vault) if one.id == row.service), None)
        return held.name_on_paper if held else ""

    def record(self, row: ToFollow, state: str, text: str) -> None:
        """Keep what became of it. Raises as `follow_up.record`."""
        follow_up.record(self.vault, row.case, row.referral, state, text)
        self.read()

    def _alerted(self) -> tuple[Alerted, ...]:
        held = self.vault.queries.cases_named(measures.alerted_cases(self.vault))
        return tuple(sorted((Alerted(one.case, one.number) for one in held), key=lambda one: one.number))

    def _posts(self) -> tuple[PostAlert, ...]:
        from fieldkit.headquarters.queries import certificates  # noqa: PLC0415 (of headquarters only)

        names = {one.stream: one.post for one in certificates(self.vault.database)}
        return tuple(
            PostAlert(names.get(one.stream, ""), self._words.say(WHAT_WORDS[What(one.what)]), one.day)
            for one in queries_papers.alerts_of(self.vault.database)
            if one.what in set(What)
        )

    def _help(self) -> tuple[HelpCount, ...]:
        say = self._words.say
        return tuple(
            HelpCount(
                say(assistance.KINDS[kind]),
                say(assistance.STATES[state]),
                str(count) if count >= FEWER_THAN else say("fewer than {number}", number=FEWER_THAN),
            )
            for kind, state, count in assistance.counts(self.vault)
            if kind in assistance.KINDS and state in assistance.STATES
        )
