"""Who may receive what of a person (R-048, R-166, R-167; `protection.md` 3, 12, 14).

1. Nothing goes to anybody but under a protocol: a named recipient, a purpose, fields, categories, a last day.
2. The person said yes to this recipient, and never no. Without agreement only under a named rule (a child's
   protection, danger to life), and the person is told.
3. Handing a child over to child protection of this country is never blocked; after the protocol's last day, or
   outside its categories, the least that is needed to find and understand the child still goes.
4. Country of origin: nothing goes abroad to a nationality, a former residence, a feared country or a nationality of
   the parents. While one of the four is not known whole, nothing goes to any other country.
5. What was told of a family, to look for its members, goes only under a protocol for that, and only with agreement.
6. Abroad there is no rule in the place of agreement. For a child, child protection here agrees as well.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fieldkit.domain.classes import SealedClass

CHILD_PROTECTION = "child_protection"

LEAST_FOR_A_CHILD = frozenset(
    {"age_band", "age_group", "sex", "languages_spoken", "urgent_child_alone", "speak_with"}
)
"""Codebook names: enough to find and understand a child, and nothing of what happened to it (rule 3)."""

_COUNTRY = re.compile(r"[A-Z]{2}")
_NO_COUNTRY = "none"


class Rule(StrEnum):
    """What can stand in the place of agreement (rule 2)."""

    CHILD = "child_protection"
    DANGER = "danger_to_life"


class Purpose(StrEnum):
    """What a protocol is for."""

    REFERRAL = "referral"
    HAND_OVER = "hand_over"
    ABROAD = "protection_abroad"
    FAMILY = "family"


class OriginKind(StrEnum):
    """The four ways in which a country can be one's own or a danger (rule 4)."""

    NATIONALITY = "nationality"
    RESIDENCE = "residence"
    FEARED = "feared"
    PARENTS = "parents"


TOLD_IN: Mapping[str, OriginKind] = {
    "nationality": OriginKind.NATIONALITY,
    "origin_country": OriginKind.RESIDENCE,
    "feared_country": OriginKind.FEARED,
    "lived_longest": OriginKind.RESIDENCE,
    "birth_country": OriginKind.RESIDENCE,
    "mother_nationality": OriginKind.PARENTS,
    "father_nationality": OriginKind.PARENTS,
}
"""Answers of interviews that name such a country. They never make a kind whole: somebody has to ask "any
other?"."""


@dataclass(frozen=True, slots=True)
class Origins:
    """The countries that were named, kind by kind, and the kinds of which somebody heard that all were named."""

    named: Mapping[OriginKind, frozenset[str]] = field(default_factory=dict)
    whole: frozenset[OriginKind] = frozenset()

    @property
    def countries(self) -> frozenset[str]:
        """Every country that was named, whatever for."""
        return frozenset[str]().union(*self.named.values())

    @property
    def unknown(self) -> tuple[OriginKind, ...]:
        """The kinds that are not known whole; an answer that is no country (another one, not sure) makes it so."""
        return tuple(kind for kind in OriginKind if kind not in self.whole or self._doubtful(kind))

    def may_go_to(self, country: str) -> bool:
        """Whether rule 4 lets anything go to `country`; empty for this one."""
        if not country:
            return True
        return not self.unknown and country not in self.countries

    def _doubtful(self, kind: OriginKind) -> bool:
        values = self.named.get(kind, frozenset())
        return any(value != _NO_COUNTRY and not _COUNTRY.fullmatch(value) for value in values)


@dataclass(frozen=True, slots=True)
class SharingProtocol:
    """One agreement between two bodies, as content. `fields` are codebook names, `abroad` a country's code
    or empty.

    `recipient` is one of `recipients.csv`, to whom the interview asks agreement; empty for a body that is
    asked about when something is shared.
    """

    id: str
    name: str
    recipient: str
    abroad: str
    purpose: Purpose
    basis: str
    fields: tuple[str, ...]
    categories: frozenset[str]
    excluded: frozenset[str]
    sealed: frozenset[SealedClass]
    rule: Rule | None
    expires: date
    sample: bool = False

    @property
    def asks_agreement(self) -> bool:
        """Whether the person's yes is needed."""
        return self.rule is None

    @property
    def is_child_protection(self) -> bool:
        """Whether this is child protection of this country (rule 3)."""
        return self.recipient == CHILD_PROTECTION and not self.abroad and self.rule is Rule.CHILD

    @property
    def agreement_names(self) -> tuple[str, ...]:
        """Under which names a yes to this recipient is kept. A body abroad is asked about by itself."""
        own = f"protocol/{self.id}"
        return (own,) if self.abroad or not self.recipient else (own, self.recipient)

    def has_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return today > self.expires


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one case for the decision."""

    categories: frozenset[str]
    child: bool
    agreed: bool
    origins: Origins
    child_protection_agreed: bool = False


def refusals(protocol: SharingProtocol, case: Standing, today: date) -> tuple[str, ...]:
    """Why nothing of a case goes, as codes; none when it may."""
    if protocol.is_child_protection and case.child:
        return ()  # rule 3
    held = (
        ("share.expired", protocol.has_expired(today)),
        ("share.country_of_origin", not case.origins.may_go_to(protocol.abroad)),
        ("share.not_agreed", needs_agreement(protocol) and not case.agreed),
        ("share.not_a_child", protocol.rule is Rule.CHILD and not protocol.abroad and not case.child),
        (
            "share.child_protection_asked",
            asks_child_protection(protocol, case) and not case.child_protection_agreed,
        ),
        ("share.other_category", not case.categories & protocol.categories),
        ("share.excluded_category", bool(case.categories & protocol.excluded)),
    )
    return tuple(code for code, holds in held if holds)


def needs_agreement(protocol: SharingProtocol) -> bool:
    """Whether the person's yes is needed: always abroad and for a family (rules 5 and 6)."""
    return protocol.asks_agreement or bool(protocol.abroad) or protocol.purpose is Purpose.FAMILY


def asks_child_protection(protocol: SharingProtocol, case: Standing) -> bool:
    """Whether child protection here has to agree as well (rule 6)."""
    return bool(protocol.abroad) and case.child


def allowed_fields(protocol: SharingProtocol, case: Standing, today: date) -> frozenset[str]:
    """The codebook names that may go; after the last day, or outside the categories, the least (rule 3)."""
    fields = frozenset(protocol.fields)
    if protocol.is_child_protection and case.child:
        outside = not case.categories & protocol.categories or case.categories & protocol.excluded
        if protocol.has_expired(today) or outside:
            return fields & LEAST_FOR_A_CHILD
    return fields
