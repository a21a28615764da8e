"""People of a table: what they tell in which talk, and what comes of it (`who_tells_what.md` beside this)."""

from dataclasses import dataclass
from pathlib import Path

from fieldkit.domain.access import Role
from fieldkit.domain.outcome import Verdict
from fieldkit.services import refer
from fieldkit.services.refer import ShownSuggestion
from fieldkit.services.vault import OpenVault
from tests.stories.people import AN_ADULT, Told

A_CHILD: Told = {"name_told": "Saba Testperson", "sex": "female", "age_years": "15"}
NOBODY_IN_CONTROL: Told = {"age_years": "30", "can_leave": "yes", "awaited": "no", "afraid_to_talk": "no"}
SETS = {"an adult": AN_ADULT, "a child": A_CHILD, "nobody in control": NOBODY_IN_CONTROL}


@dataclass(frozen=True)
class Somebody:
    """One row. `now` are the pathways that cannot wait."""

    who: str
    form: str
    led_by: Role
    told: Told
    help: frozenset[str]
    now: frozenset[str]
    leaflets: frozenset[str]
    papers: frozenset[str]


def people(heading: str) -> list[Somebody]:
    """The rows of the table below a heading."""
    text = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    lines = text.partition(f"## {heading}\n")[2].partition("\n## ")[0].splitlines()
    head, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]
    return [_somebody(dict(zip(head, row, strict=True))) for row in rows]


def _somebody(row: dict[str, str]) -> Somebody:
    told: dict[str, str] = {}
    for answer in filter(None, row["what they tell"].split("; ")):
        name, colon, value = answer.partition(": ")
        told |= {name: value} if colon else SETS[answer]
    sets = (frozenset(row.get(name, "").split()) for name in ("help", "cannot wait", "leaflets", "papers"))
    return Somebody(row["who"], row["talk"], Role(row["led by"]), told, *sets)


def found(post: OpenVault, case: str) -> dict[str, ShownSuggestion]:
    """What stands open for somebody, by pathway."""
    said = refer.suggestions(post, case)
    return {one.category: one for one in said if one.verdict is Verdict.YES}
