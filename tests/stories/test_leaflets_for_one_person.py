"""What a screening suggests brings its leaflets along: shown, chosen with the person, printed in their language."""

from fieldkit.domain.outcome import Verdict
from fieldkit.leaflets.pages import page_text
from fieldkit.services import closing, leaflets_for, refer
from fieldkit.services.closing import Because
from fieldkit.services.vault import OpenVault
from fieldkit.ui.presenters.outcome_leaflets import OutcomeLeaflets
from fieldkit.ui.presenters.pages import How
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened


def ids(vault: OpenVault, case: str) -> list[str]:
    return [one.id for one in leaflets_for.leaflets_for(vault, case, "en")]


def test_the_leaflets_of_the_rule_are_there_in_the_language_of_the_talk(post: OpenVault) -> None:
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, person="ar").case
    (fear,) = [one for one in refer.suggestions(post, case) if one.category == "C01"]
    found = leaflets_for.leaflets_for(post, case, "en")
    assert set(fear.leaflets) <= {one.id for one in found}
    assert {one.language for one in found} == {"ar"}
    assert len({one.id for one in found}) == len(found), "each once"


def test_where_the_talk_has_no_leaflet_another_language_of_the_person_is_taken(post: OpenVault) -> None:
    spoken = {**AN_ADULT, "languages_spoken": "ha fr"}
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, spoken, FEAR, person="ha").case
    assert {one.language for one in leaflets_for.leaflets_for(post, case, "en")} == {"fr"}
    silent = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, FEAR, person="ha").case
    assert {one.own for one in leaflets_for.leaflets_for(post, silent, "en")} == {False}
    assert not OutcomeLeaflets(post, silent, "en").chosen, (
        "what the person cannot read is offered, not chosen"
    )


def test_they_come_out_as_one_paper_without_a_word_on_the_person(post: OpenVault) -> None:
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, person="fr")
    page = OutcomeLeaflets(post, done.case, "en")
    assert page.chosen == tuple(ids(post, done.case)), "all are chosen, and the person takes away"
    page.chosen = page.chosen[:2]
    paper = page.paper()
    made = paper.make()
    said = "".join(page_text(made.pdf, index) for index in range(made.pages))
    assert paper.file_name == "leaflets.pdf"
    assert "Testperson" not in said and done.number not in said
    paper.keep(How.PRINTED, made.pages)
    given = [entry for entry, _ in post.journal.entries(post.stream) if entry.kind == "information.given"]
    assert len(given) == 2, "that they were given is kept, each with its language and version"
    assert not any(entry.subject.startswith("case/") for entry in given)


def test_what_was_closed_brings_no_leaflet(post: OpenVault) -> None:
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"smuggler_used": "yes"}).case
    assert ids(post, case)
    for one in refer.suggestions(post, case):
        if one.verdict is Verdict.YES:
            refer.confirm(post, case, one.category, one.rule)
            closing.close_category(post, case, one.category, Because.HELPED, "a doctor came")
    assert not ids(post, case)
