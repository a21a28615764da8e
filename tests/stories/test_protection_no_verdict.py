"""Protection rule 16: no verdict. Somebody looks for a score, a rank, a threat, and finds only ways to help."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from fieldkit.content import codebook as codebooks
from fieldkit.content import form_roles
from fieldkit.content import rules as rule_tables
from fieldkit.content.recognition import TABLE
from fieldkit.domain import access, outcome
from fieldkit.domain.access import Role
from fieldkit.domain.outcome import Step, Verdict
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.headquarters import counting, queries
from fieldkit.services import case_file, judge, recognition, refer
from fieldkit.services.judge import Answers
from fieldkit.services.vault import OpenVault
from fieldkit.storage.kinds import READERS, TABLES
from tests.stories.desks import Desks, only_as
from tests.stories.people import AGREED, AN_ADULT, FEAR, HURT, IN_PRIVATE, NO_URGENT_NEED, screened

FORBIDDEN = re.compile(
    r"\b(?:scores?|scoring|risks?|threats?|ranks?|ranking|priorit(?:y|ies)|severity|suspects?|suspicious"
    r"|victims?|illegals?|aliens?|genuine|bogus|credib\w+|eligib\w+|cleared|clearance|rejected|verdict"
    r"|criminals?|terrori\w+|economic migrants?|security concern)\b",
    re.IGNORECASE,
)
OUR_OWN = frozenset({"Verdict", "verdict"})
"""What a rule says of answers (yes, no, cannot tell): a word of the program that no person reads."""
MODEL = (access, case_file, codebooks, counting, form_roles, judge, outcome, queries, refer, rule_tables)


def names_of_the_model() -> Iterator[str]:
    """Names of classes, fields and members, of kinds of entries, tables and columns."""
    for module in MODEL:
        for name, thing in vars(module).items():
            if isinstance(thing, type) and thing.__module__ == module.__name__:
                yield name
                if is_dataclass(thing):
                    yield from (field.name for field in fields(thing))
                yield from getattr(thing, "__members__", {})
    yield from READERS
    for table, columns in TABLES.items():
        yield from (table, *columns)


def words_of_the_content(vault: OpenVault) -> Iterator[str]:
    """Everything that officers and people read of codebook, rules and screening."""
    book = vault.codebook
    yield from (text.text for text in (*book.texts, *vault.rules.texts))
    for category in book.categories.values():
        yield from (category.name, category.procedure)
    yield from (*book.categories, *book.facts, *book.lists, *book.recipients)
    yield from (choice.label for choices in book.lists.values() for choice in choices)


def forbidden(words: Iterator[str]) -> list[str]:
    return [word for word in words if word not in OUR_OWN and FORBIDDEN.search(re.sub(r"[_.]", " ", word))]


def test_the_data_have_no_place_for_a_score_a_rank_or_a_threat(desks: Desks) -> None:
    assert forbidden(names_of_the_model()) == []


def test_the_content_has_no_word_of_a_verdict(desks: Desks) -> None:
    assert forbidden(words_of_the_content(desks.training)) == []


def test_an_outcome_is_a_referral_a_need_or_another_talk(desks: Desks) -> None:
    assert {step.value for step in Step} == {"refer to", "needs", "screen again"}
    for category in desks.training.codebook.categories.values():
        assert category.step in Step


def test_categories_stand_in_the_order_of_the_table_and_none_hides_another(desks: Desks) -> None:
    vault = desks.training
    done = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, HURT)
    shown = refer.suggestions(vault, done.case)
    order = [rule.category for rule in vault.rules.rules]
    for verdict in (Verdict.YES, Verdict.CANNOT_TELL):
        places = [order.index(found.category) for found in shown if found.verdict is verdict]
        assert places == sorted(places)
    spoken = {suggestion.category for suggestion in judge.suggest(vault.rules.rules, Answers({}, {}))}
    assert {found.category for found in shown} <= spoken
    assert {"C01", "C03", "C10", "C25"} <= {found.category for found in shown if found.verdict is Verdict.YES}


def test_a_nationality_never_takes_protection_away(desks: Desks) -> None:
    """The same answers with every nationality in turn; without one, or unsure of it, there is more help."""
    vault = desks.training
    answers = {"fear_return": ("yes",), "harm": ("held",), "harm_places": ("way",), "smuggler_used": ("yes",)}

    def found(nationality: str) -> set[str]:
        said = judge.suggest(vault.rules.rules, Answers({**answers, "nationality": (nationality,)}, {}))
        return {suggestion.category for suggestion in said if suggestion.verdict is Verdict.YES}

    with_each = {country.name: found(country.name) for country in vault.codebook.lists["countries"]}
    assert {"C01", "C10", "C16", "C25"} <= with_each["ER"]
    for country, categories in with_each.items():
        more = {"C14"} if country in ("none", "unclear") else set()
        assert categories == with_each["ER"] | more, country


def test_the_screening_itself_uses_no_word_of_a_verdict(desks: Desks) -> None:
    written = (resources() / "forms" / "screening.md").read_text(encoding="utf-8")
    cells = [
        cell.strip() for line in written.splitlines() if line.startswith("|") for cell in line.split("|")
    ]
    assert "Are you afraid of what may happen to you if you go back?" in cells
    assert forbidden(iter(cells)) == []


def test_a_group_that_is_recognised_shortens_a_way_and_takes_nothing_from_anybody_else(desks: Desks) -> None:
    """R-056, K-16: beside the steps of asylum there is a hint for some, and none against anybody."""
    vault = only_as(desks.training, Role.OFFICER, Role.COUNSELLOR)
    head = "id,jurisdiction,country,area,text,source,reviewed_by,reviewed_on,valid_until"
    row = "war,*,SO,,Text (invented).,Decree (invented),Lawyer (invented),2025-10-02,"
    vault.__dict__["content"] = (Shelf(resources(), {TABLE: f"{head}\n{row}\n".encode()}), None)
    found: dict[str, tuple[int, set[tuple[str, Verdict]]]] = {}
    for country in ("SO", "ET"):
        who = {**AN_ADULT, "nationality": country}
        case = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, who, FEAR).case
        ways = {(one.category, one.verdict) for one in refer.suggestions(vault, case)}
        shown = [recognition.hints(vault, case, category) for category in vault.codebook.categories]
        found[country] = sum(len(one) for one in shown), ways
    assert (found["SO"][0], found["ET"][0]) == (len(recognition.CATEGORIES), 0)
    assert found["SO"][1] == found["ET"][1]
