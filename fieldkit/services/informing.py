"""What was told and given, counted: talks, group sessions, people informed, leaflets handed out, readers' comments.

1. These are counts of work, not of persons: somebody who was counselled twice is two talks. Whoever reads a figure
   is told so.
2. "Was it understood" has its own "not asked", which is never counted as a no, and a share is of those asked
   (`protection.md` 15).
3. No count crosses topic with language and place: one talk about safety in a rare language at a small post is a
   person (`protection.md` 15).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldkit.domain.access import Action
from fieldkit.services.vault import OpenVault
from fieldkit.storage.database import Row

MOST_COMMENTS = 500


@dataclass(frozen=True, slots=True)
class Said:
    """A reader's comment; `day` as the post's clock showed it."""

    leaflet: str
    version: str
    language: str
    reader: str
    understood: str
    text: str
    day: str


@dataclass(frozen=True, slots=True)
class Told:
    """The figures from one day on. Every mapping is of counts, the greatest first."""

    talks: int
    topics: Mapping[str, int]
    talk_languages: Mapping[str, int]
    through: Mapping[str, int]
    understood: Mapping[str, int]
    sessions: int
    audience: int
    informed: Mapping[str, int]
    copies: Mapping[str, int]
    given: Mapping[str, int]

    @property
    def asked(self) -> int:
        """In how many talks it was asked whether it was understood (rule 2)."""
        return sum(count for answer, count in self.understood.items() if answer != "not_asked")


def told(vault: OpenVault, since: str = "") -> Told:
    """The figures of all that is held here since a day (ISO; empty: ever). Raises PersonFault."""
    vault.demand(Action.PRINT_LEAFLET)
    held = vault.database

    def counted(asked: str) -> dict[str, int]:
        return _counted(held.rows(asked, (since,)))

    column = "SELECT {0}, COUNT(*) FROM counsellings WHERE day >= ?1 GROUP BY {0}"
    return Told(
        talks=held.number("SELECT COUNT(*) FROM counsellings WHERE day >= ?", (since,)),
        topics=counted(
            "SELECT topic, COUNT(*) FROM counselled_topics JOIN counsellings USING (entry) "
            "WHERE day >= ?1 GROUP BY topic"
        ),
        talk_languages=counted(column.format("language")),
        through=counted(column.format("interpreted")),
        understood=counted(column.format("understood")),
        sessions=held.number("SELECT COUNT(*) FROM group_sessions WHERE day >= ?", (since,)),
        audience=held.number("SELECT COALESCE(SUM(people), 0) FROM group_sessions WHERE day >= ?", (since,)),
        informed=counted("SELECT language, SUM(people) FROM informed WHERE day >= ?1 GROUP BY language"),
        copies=counted("SELECT leaflet, SUM(copies) FROM handed_out WHERE day >= ?1 GROUP BY leaflet"),
        given=counted("SELECT leaflet, COUNT(*) FROM information WHERE day >= ?1 GROUP BY leaflet"),
    )


def comments(vault: OpenVault, leaflet: str = "") -> tuple[Said, ...]:
    """What readers said, of one leaflet or all, the newest first. Raises PersonFault."""
    vault.demand(Action.PRINT_LEAFLET)
    rows = vault.database.rows(
        "SELECT leaflet, version, language, reader, understood, text, day FROM leaflet_comments "
        "WHERE (?1 = '' OR leaflet = ?1) ORDER BY day DESC, entry DESC LIMIT ?2",
        (leaflet, MOST_COMMENTS),
    )
    return tuple(Said(*row) for row in rows)


def _counted(rows: Iterable[Row]) -> dict[str, int]:
    counts = Counter({str(name): int(count) for name, count in rows})
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
