"""The register of people who are held in words: days, grounds, who answers for it; what is not told is said."""

from collections.abc import Iterator, Mapping

from fieldkit.domain.holding import Held, Kind
from fieldkit.languages import catalogues
from fieldkit.languages.catalogues import Words
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.services import held_people
from fieldkit.services.vault import OpenVault

KIND_WORDS: Mapping[Kind, str] = {
    Kind.IMMIGRATION: mark("Because of entry or stay"),
    Kind.CRIMINAL: mark("Because of a charge before a court"),
    Kind.NOT_TOLD: mark("Not told"),
}
NOT_TOLD = mark("Not told")
TALKED = mark("Asked in the talk on {day}: whoever may read it finds it there")
SPOKE = mark("{whom}, {day}")
DID_NOT = mark("{whom}, {day}: could not speak")


class HeldLines:
    """One time that somebody is held, in words of the language of `words`."""

    def __init__(self, vault: OpenVault, words: Words) -> None:
        self.vault = vault
        self.words = words

    def day(self, day: str) -> str:
        """A day, as it is read."""
        return format_date(day, self.words.tag)

    def how_long(self, one: Held) -> str:
        """Since when, and how many days that is; of one that ended how many it was."""
        if one.until:
            return self.words.count(
                "It lasted {number} day, until {day}",
                "It lasted {number} days, until {day}",
                one.days,
                day=self.day(one.until),
            )
        return self.words.count(
            "Held for {number} day, since {day}",
            "Held for {number} days, since {day}",
            one.days,
            day=self.day(one.since),
        )

    def kinds(self, one: Held) -> str:
        """Which kind of ground it is: of entry, of a court, or not told."""
        return " · ".join(self.words.say(KIND_WORDS[kind]) for kind in one.kinds)

    def grounds(self, one: Held) -> str:
        """The grounds as they were told."""
        return " · ".join(self.label(held_people.GROUNDS, name) for name in one.grounds) or self.not_told

    def bodies(self, one: Held) -> str:
        """Who answers for it."""
        return " · ".join(isolate_words(name) for name in one.bodies) or self.not_told

    def place(self, one: Held) -> str:
        """Where it is now."""
        newest = max(one.places, key=lambda held: held.day, default=None)
        return isolate_words(newest.place) if newest is not None else self.not_told

    def review(self, one: Held) -> str:
        """The newest look at it."""
        found = one.last_review
        if found is None:
            return self.not_told
        parts = [self.day(found.day), isolate_words(found.by), self.label(held_people.REVIEWS, found.result)]
        return " · ".join(part for part in parts if part)

    def visits(self, one: Held) -> str:
        """Whom the person could speak to, or could not."""
        return " · ".join(self._visits(one)) or self.not_told

    def conditions(self, one: Held) -> str:
        """Whether how it is there was talked about; what was said is read in the talk, by whoever may."""
        if not one.talked:
            return self.not_told
        return self.words.say(TALKED, day=self.day(one.talked))

    def how(self, one: Held) -> str:
        """How it ended."""
        return self.label(held_people.ENDS, one.how) if one.how else self.not_told

    def label(self, name: str, value: str) -> str:
        """A choice of the codebook in words."""
        return self.vault.codebook.choice_label(name, value, catalogues.load(self.words.tag, "codebook"))

    def offered(self, name: str) -> list[tuple[str, str]]:
        """The choices of a list, in words."""
        return [(one.name, self.label(name, one.name)) for one in self.vault.codebook.lists.get(name, ())]

    @property
    def not_told(self) -> str:
        """What stands where nobody told anything."""
        return self.words.say(NOT_TOLD)

    def _visits(self, one: Held) -> Iterator[str]:
        for held in one.visits:
            whom = self.label(held_people.VISITORS, held.whom)
            yield self.words.say(SPOKE if held.given else DID_NOT, whom=whom, day=self.day(held.day))
