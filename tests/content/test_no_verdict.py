"""No verdict in the data and in anything that ships (R-017, R-034, `protection.md` 16).

1. Every line of every text file of the shipped content is read, comments and names included, and every translation.
2. A word of a verdict, a score, a level of danger or a ranking stands nowhere, except where `ALLOWED` says in which
   words and why. What is allowed and stands nowhere any more is taken off the list.
3. What is kept about a person has no place for a decision on their status: the kinds of entries, tables, columns,
   facts and steps are looked through by name.
"""

import csv
import re
from collections.abc import Iterator

import pytest

from fieldkit import files
from fieldkit.content import codebook, rules
from fieldkit.content.codebook import FactKind
from fieldkit.domain.outcome import Step
from fieldkit.forms.protection_words import SCORE, VERDICT
from fieldkit.languages.po import read_po
from fieldkit.storage.kinds import READERS, TABLES
from tests.content.shipped import RESOURCES, form_ids, survey

BOOK = codebook.load(RESOURCES)
TEXTS = sorted(
    path for path in RESOURCES.rglob("*") if path.suffix in {".md", ".csv"} and "fonts" not in path.parts
)

WORDS = re.compile(
    r"\b(?:verdicts?|scor(?:e|es|ed|ing)|points|rank(?:s|ed|ing)?|ratings?|grad(?:e|es|ed|ing)|priorit\w+|severity"
    r"|risks?|threat\w*|danger levels?|levels? of (?:risk|danger)|(?:high|medium|low)[- ]risk"
    r"|credib\w+|(?:in)?eligib\w+|genuine|bogus|fake|liars?|suspect\w*|suspicious|fraud\w*"
    r"|victims?|offenders?|criminals?|illegal\w*|aliens?|terroris\w*|watch ?lists?|security concern"
    r"|cleared|clearance|approved|accepted|granted|denied|rejected|dismissed|deport\w*|inadmissib\w*"
    r"|safe to return|may be returned|no risk|(?:is|are|not) (?:a |an )?(?:refugees?|economic migrants?))\b",
    re.IGNORECASE,
)
ALLOWED = {
    # Sentences that say that there is none.
    "nothing leads to a verdict": "the quick check says what it does not do",
    "nothing is ranked": "the assessment of a child says what it does not do",
    "nothing is added up, nothing ranked": "the full interview says what it does not do",
    "no score, no country in a condition": "how the codebook is changed",
    "What an authority plans. No verdict.": "a remark for translators",
    # Words of daily life and of the program.
    "grades": "six parts of daily life, each from not hard to cannot: how help is fitted, never who is helped",
    "Ask only for the grade": "the same, beside each question",
    "in four grades": "the same, on top of the form",
    "blank/ranks": "how any survey from elsewhere is filled in on paper: 1 for the first, 2 for the second",
    "Short points for the place": "advice of a visitor to a place, not about people",
    "focal points": "people to call",
    "all arrivals, people at risk": "for whom a leaflet is, in the sources' words; it is not printed",
    "| offers | accepted |": "a health check was offered and wanted (R-015)",
    "offers,accepted,": "a health check was offered and wanted (R-015)",
    "offered, accepted or declined": "the same, in the booklet",
    "My people are not accepted there": "somebody's own words about where they come from",
    "People are refugees before anybody says so": "a definition for officials: no office makes anybody a refugee",
    "also when they are refugees no more": "a rule on free movement: rights stay",
    "You may say that you are a refugee": "what a person may say of themselves",
    "## If you are a refugee": "the same",
    "must be possible and accepted": "how a script for trying a form is written",
    "`rows`, `accepted`": "the same",
}
"""Where such a word may stand: the words around it, and why."""

OF_THE_PROGRAM = frozenset(
    {
        "receipt.accepted",  # of a bundle, by headquarters
        "correction.accepted",  # a second person agreed, or not, that an answer was written down wrongly
        "correction.refused",
        "outcome.closing_refused",  # a second person did not agree: protection stays on
        "measure.refused",  # a second person did not agree to a plan of an authority
        "outcomes.verdict",  # what a rule says of answers: yes, or cannot tell
    }
)
"""Names of entries and columns with such a word that say nothing of a person's status."""


def lines() -> Iterator[tuple[str, str]]:
    """Every line of the content with where it stands; names written with underscores are read as words too."""
    for path in TEXTS:
        place = path.relative_to(RESOURCES).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{place}:{number}", line


def without_allowed(line: str) -> str:
    for phrase in ALLOWED:
        line = line.replace(phrase, "")
    return line


def test_no_line_of_the_content_judges_weighs_or_ranks_anybody() -> None:
    found = [
        (place, word.group())
        for place, line in lines()
        if (word := WORDS.search(without_allowed(line).replace("_", " ")))
    ]
    assert found == []


def test_what_is_allowed_still_stands_somewhere() -> None:
    everything = "\n".join(line for _, line in lines())
    assert [phrase for phrase in ALLOWED if phrase not in everything] == []


@pytest.mark.parametrize("part", ["forms", "codebook", "leaflets"])
def test_no_translation_brings_a_verdict_in(part: str) -> None:
    """In the languages of which such words are known (`protection_words`)."""
    found = []
    for folder in sorted(files.translations().glob("*/")):
        for (where, _), said in read_po(folder / f"{part}.po").items():
            if word := VERDICT.search(said.text) or SCORE.search(said.text):
                found.append((folder.name, where, word.group()))
    assert found == []


def test_the_steps_of_an_outcome_are_three_and_every_pathway_has_one_of_them() -> None:
    assert {step.value for step in Step} == {"refer to", "needs", "screen again"}
    assert {choice.name for choice in BOOK.lists["steps"]} == {"refer_to", "needs", "screen_again"}
    assert all(category.step in Step for category in BOOK.categories.values())


def test_what_is_kept_has_no_place_for_a_decision_on_status() -> None:
    word = re.compile(
        r"status|decision|decided|verdict|scor|rank|rating|grant|deni|refus|accept|reject|eligib|risk|threat|priorit"
    )
    names = {
        *READERS,
        *TABLES,
        *(f"{table}.{column}" for table, columns in TABLES.items() for column in columns),
    }
    assert {name for name in names if word.search(name)} == OF_THE_PROGRAM


def test_no_fact_is_a_number_about_a_person_but_an_age_or_a_count_of_people() -> None:
    """Nothing can be added up that is not there: what is calculated is an age, or that a talk was led."""
    derived = {fact.name for fact in BOOK.facts.values() if fact.kind is FactKind.DERIVED}
    led = {name for name in derived if name.startswith("led_")}
    assert derived - led == {"age_by_birth_date", "age_margin", "age_group", "age_heard", "birth_date_known"}
    adding = re.compile(r"[+*]|\bcount|\bsum\b|\bdiv\b")
    for form in form_ids():
        for line in survey(form):
            if line.kind == "calculate" and not line["name"].startswith("age_"):
                assert not adding.search(line["calculation"]), (form, line["name"])


def test_a_rule_has_no_weight_and_no_order_of_importance() -> None:
    with (RESOURCES / "codebook" / "rules.csv").open(encoding="utf-8", newline="") as table:
        header = next(csv.reader(table))
    assert header == [
        *("rule", "category", "when", "because", "procedure"),
        *("actor", "target_hours", "documents", "leaflets"),
    ]
    assert {rule.target_hours for rule in rules.load(RESOURCES).rules} == {0, None}, (
        "at once, or when it can be"
    )
