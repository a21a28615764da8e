"""What no content pack takes away, whoever signed it (`protection.md`; K-01, K-13).

Everything national is content, and a pack may add and change much. These stay as the program brings them:

1. Fear of going back, said in any answer that says it, points to asylum (R-022). A child who is or may be alone
   points to child protection, and a sign of control to somebody who looks at it.
2. Who is called for a child stays child protection: nobody can decline that (rule 3 of `protection.md`).
3. An answer that is sealed stays sealed, one about a person stays personal (rule 4).
4. A form of the program stays of its kind, so that no talk with a person goes to headquarters as a sheet about a
   place; and what is for trained staff is not opened by whoever is not: neither by a role nor by a training that is
   asked no more (rule 4).

It is looked at where a pack is made, and again where it is taken in, before anything of it counts.
"""

from collections.abc import Iterator

from fieldkit.content import codebook as codebooks
from fieldkit.content import form_roles, packs, rules, trainings
from fieldkit.content.codebook import Codebook, Sensitivity
from fieldkit.content.rules import RuleTable
from fieldkit.domain.access import Role
from fieldkit.domain.locks import ASYLUM, FEAR_SAID
from fieldkit.domain.outcome import Verdict
from fieldkit.domain.shelf import Shelf
from fieldkit.services import judge
from fieldkit.services.errors import ContentRefused
from fieldkit.services.judge import Answers
from fieldkit.services.refer import CHILD_PROTECTION

ALONE = "C06"
EXPLOITED = frozenset({"C04", "C05"})
SIGNS = ("papers_kept", "debt", "watched", "forced", "deceived", "warned")
"""Values of the list `control_signs`."""

_ANSWERS = (
    *((name, value, ASYLUM) for name, said in FEAR_SAID.items() for value in sorted(said)),
    *(("urgent_child_alone", value, frozenset({ALONE})) for value in ("yes", "perhaps")),
    *(("control_signs", sign, EXPLOITED) for sign in SIGNS),
)
"""An answer, and the categories of which it points to one whatever else was said (rule 1)."""


def check(shelf: Shelf) -> None:
    """Return when nothing is taken away. Raises ContentRefused `pack.takes_away`: in which file, and what."""
    ours, theirs = codebooks.load(shelf.shipped), codebooks.load(shelf)
    for file, value in (
        *_silenced(rules.load(shelf)),
        *_not_called(ours, theirs),
        *_opened(ours, theirs),
        *_given_away(shelf),
    ):
        raise ContentRefused("pack.takes_away", file=file, value=value)


def _silenced(table: RuleTable) -> Iterator[tuple[str, str]]:
    """Rule 1. Of an adult: what a sign points to of a child stands beside it."""
    for name, value, pointed in _ANSWERS:
        said = Answers({name: (value,), "age_group": ("adult",)}, {})
        yes = {one.category for one in judge.suggest(table.rules, said) if one.verdict is Verdict.YES}
        if yes.isdisjoint(pointed):
            yield "rules.csv", f"{name} {value}"


def _not_called(ours: Codebook, theirs: Codebook) -> Iterator[tuple[str, str]]:
    """Rule 2."""
    for name, category in ours.categories.items():
        held = theirs.categories.get(name)
        if category.actor == CHILD_PROTECTION and (
            held is None or (held.actor, held.step) != (category.actor, category.step)
        ):
            yield "categories.csv", name


def _opened(ours: Codebook, theirs: Codebook) -> Iterator[tuple[str, str]]:
    """Rule 3."""
    for name, fact in ours.facts.items():
        held = theirs.facts.get(name)
        if held is None or fact.sensitivity is Sensitivity.ORDINARY:
            continue
        if (
            held.sensitivity is Sensitivity.ORDINARY
            or fact.sensitivity.is_sealed > held.sensitivity.is_sealed
        ):
            yield "facts.csv", name


def _given_away(shelf: Shelf) -> Iterator[tuple[str, str]]:
    """Rule 4."""
    shipped, held = form_roles.load(shelf.shipped), packs.roles(shelf)
    asked, still = (trainings.load(place, _topics(codebooks.load(place))) for place in (shelf.shipped, shelf))
    for form, access in shipped.items():
        theirs = held[form]
        untrained = Role.OFFICER in theirs.roles - access.roles
        if theirs.kind is not access.kind or untrained:
            yield "roles.csv", form
        if asked.get(form) and not still.get(form):
            yield "training.csv", form


def _topics(codebook: Codebook) -> frozenset[str]:
    return frozenset(choice.name for choice in codebook.lists.get(trainings.LIST, ()))
