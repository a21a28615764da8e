"""The whole chain of what was answered: for each field who, when, from what, to what and why (R-183, K-22).

1. It is told from the entries alone; the bytes of every version stay.
2. Only fields that were ever changed are chains; the first answer stands at the head of each.
3. Whoever may not open the form sees none of it (`finished`, rule 3).
4. What happened in a case beside the answers is told by `events`: a new kind of entry adds its sentence there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from fieldkit.domain.outcome import Mark
from fieldkit.services import changes, finished
from fieldkit.services.changes import ChangedAnswer, Ending
from fieldkit.services.finished import FinishedInterview
from fieldkit.services.reopened import Reopened, reopen
from fieldkit.services.told import answer_in_words
from fieldkit.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class Step:
    """One answer in a chain. `why` is empty for the first one; a `consequence` followed from another change."""

    at: str
    who: str
    answer: str
    mark: Mark
    why: str = ""
    consequence: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """One field that was changed: its question, and every answer to it, the oldest first."""

    ref: str
    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class History:
    """One interview through all its corrections: the versions, the oldest first, and the changed fields."""

    versions: tuple[FinishedInterview, ...]
    chains: tuple[Chain, ...]

    @property
    def newest(self) -> FinishedInterview:
        """The version that ends this line."""
        return self.versions[-1]


def histories(vault: OpenVault, about: str, tag: str) -> tuple[History, ...]:
    """One history for each interview that stands, in words of the language `tag`.

    Raises DeskFault `form.not_for_role`, `form.version_unknown`.
    """
    held = finished.to_look_at(vault, about)
    return tuple(_history(vault, _line(one, held), tag) for one in held if one.stands)


def _line(newest: FinishedInterview, held: tuple[FinishedInterview, ...]) -> tuple[FinishedInterview, ...]:
    """The versions that lead to `newest`, the first one first."""
    by_name = {one.instance_id: one for one in held}
    found = [newest]
    while (before := by_name.get(found[-1].corrects)) is not None and before not in found:
        found.append(before)
    return tuple(reversed(found))


def _history(vault: OpenVault, versions: tuple[FinishedInterview, ...], tag: str) -> History:
    made = [(one, change) for one in versions for change in changes.of_payload(one.payload)]
    if not made or not versions[-1].xml:
        return History(versions, ())
    opened = reopen(vault, versions[-1])
    refs = dict.fromkeys(change.ref for _, change in made)
    chains = (
        Chain(ref, _label(opened, ref, tag), tuple(_steps(versions[0], made, ref, opened, tag)))
        for ref in refs
    )
    return History(versions, tuple(chains))


def _steps(
    first: FinishedInterview,
    made: list[tuple[FinishedInterview, ChangedAnswer]],
    ref: str,
    opened: Reopened,
    tag: str,
) -> Iterator[Step]:
    own = [(one, change) for one, change in made if change.ref == ref]
    yield _step(first, own[0][1].before, opened, ref, tag)
    for one, change in own:
        yield _step(one, change.after, opened, ref, tag, change.reason, consequence=change.consequence)


def _step(
    version: FinishedInterview,
    ending: Ending,
    opened: Reopened,
    ref: str,
    tag: str,
    why: str = "",
    *,
    consequence: bool = False,
) -> Step:
    value, mark = ending
    answer = answer_in_words(opened.session, ref, value, tag) if value else ""
    return Step(version.written, version.by, answer, mark, why, consequence)


def _label(opened: Reopened, ref: str, tag: str) -> str:
    return opened.label(ref, tag).text or ref.rpartition("/")[2]
