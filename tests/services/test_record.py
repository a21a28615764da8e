"""The printed record: both languages, marks in words, nothing telling, and only what is safe to carry."""

import pytest

from fieldkit.domain.document import Document, Heading, Paragraph, Table
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Mark
from fieldkit.languages import catalogues
from fieldkit.languages.catalogues import Words
from fieldkit.leaflets.layout import lay_out
from fieldkit.leaflets.placed import ROOT
from fieldkit.services import correcting, counsel, intake, record, refer
from fieldkit.services.intake import Finished
from fieldkit.services.keyed_in import OnPaper
from fieldkit.services.record import Copy, Wanted
from fieldkit.services.vault import OpenVault
from tests.stories.desks import text_of
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, answer_all, begin

HURT = {"harm": "held", "harm_places": "way", "control_signs": "debt", "help_wanted": "doctor"}
FAMILY = "/data/family_group/family"


def finished(vault: OpenVault, person: str = "ar", paper: OnPaper | None = None) -> Finished:
    interview = begin(vault, person=person)
    if paper is not None:
        interview = intake.begin(
            vault, "screening", officer_language="en", person_language=person, paper=paper
        )
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, HURT, {"alone": "no"})
    row = interview.add_row(FAMILY)
    interview.answer(f"{row}/member_age", "9")
    interview.mark(f"{row}/member_name", Mark.DECLINED)
    interview.mark("/data/person/birth_date", Mark.UNKNOWN)
    return intake.finish(vault, interview)


def printed(vault: OpenVault, done: Finished, wanted: Wanted) -> Document:
    return record.record(vault, subject("case", done.case), done.instance_id, wanted)


def for_the_file(vault: OpenVault, done: Finished, *languages: str) -> Document:
    return printed(vault, done, Wanted(Copy.FOR_THE_FILE, languages or ("en", "ar")))


def along(vault: OpenVault, done: Finished, *, private: bool = False) -> Document:
    wanted = Wanted(Copy.TO_TAKE_ALONG, ("ar", "en"), safe_to_carry=True, with_private_part=private)
    return printed(vault, done, wanted)


def answer_to(document: Document, question: str) -> str:
    """What stands below a question in the column where it is found."""
    for block in document.blocks:
        for row in block.rows if isinstance(block, Table) else ():
            for cell in row:
                said = "".join(run.text for run in cell)
                if said.startswith(question):
                    return said.rpartition("\n")[2].strip("\u2068\u2069")
    raise AssertionError(f"{question!r} is not on the paper")


def test_question_and_answer_stand_side_by_side_in_both_languages(post: OpenVault) -> None:
    document = for_the_file(post, finished(post))
    assert answer_to(document, "Are you a woman or a man?") == "Man or boy"
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert {table.languages for table in tables} == {("en", "ar")}
    assert "رجل أو فتى" in text_of(document)


def test_how_a_question_ended_without_an_answer_is_said_in_words(post: OpenVault) -> None:
    document = for_the_file(post, finished(post))
    assert answer_to(document, "What is this person's name?") == "Did not want to answer"
    assert answer_to(document, "When were you born?") == "Not known"
    assert answer_to(document, "How did you travel?") == "Not asked"


def test_text_that_nobody_reviewed_is_marked_where_it_stands_and_on_every_page(post: OpenVault) -> None:
    document = for_the_file(post, finished(post))
    assert "nobody who speaks this language has checked" in document.draft_notice
    assert document.draft_notice.count("\n") >= 1
    english = for_the_file(post, finished(post), "en")
    assert english.draft_notice == ""


def test_no_category_no_rule_and_no_reason_stands_on_any_copy(post: OpenVault) -> None:
    done = finished(post)
    refer.confirm(post, done.case, "C01", "C01-1")
    words = [post.codebook.categories[category].name for category in post.codebook.categories]
    for document in (for_the_file(post, done), along(post, done, private=True)):
        said = text_of(document)
        assert not any(f"C{number:02}" in said for number in range(1, 29))
        assert not any(word in said for word in words if len(word) > 12)
        assert document.title in ("What was said", post.codebook.say("record/title", _arabic()))


def _arabic() -> Words:
    return catalogues.load("ar", "codebook")


def test_nothing_is_printed_to_take_along_before_it_is_safe_to_carry(post: OpenVault) -> None:
    done = finished(post)
    with pytest.raises(PersonFault, match=r"record\.not_safe_to_carry"):
        printed(post, done, Wanted(Copy.TO_TAKE_ALONG, ("ar", "en")))


def test_the_private_part_is_on_what_is_taken_along_only_when_the_person_wants_it(post: OpenVault) -> None:
    done = finished(post)
    plain, whole = text_of(along(post, done)), text_of(along(post, done, private=True))
    held = "Did anybody hurt you" if "Did anybody hurt you" in whole else ""
    harm = post.codebook.choice_label("harm", "held", catalogues.load("en", "codebook"))
    assert harm in whole and harm not in plain
    assert "Are you afraid of what may happen" in whole and "Are you afraid of what may happen" not in plain
    assert held in whole
    assert "private part" not in plain


def test_who_led_the_talk_stands_on_the_copy_for_the_file_only(post: OpenVault) -> None:
    done = finished(post)
    assert "Officer One" in text_of(for_the_file(post, done))
    assert "Officer One" not in text_of(along(post, done))


def test_a_talk_keyed_in_from_paper_says_so_with_both_days(post: OpenVault) -> None:
    paper = OnPaper("2026-02-20", "Interviewer Two (invented)", "Salt track (invented)")
    said = text_of(for_the_file(post, finished(post, paper=paper)))
    for part in ("20 February 2026", "2 March 2026", "Interviewer Two (invented)", "Salt track (invented)"):
        assert part in said


def test_a_corrected_talk_says_so(post: OpenVault) -> None:
    done = finished(post)
    again = correcting.correct(post, subject("case", done.case), done.instance_id)
    again.answer("/data/person/age_years", "35")
    again.give_reason("/data/person/age_years", "heard wrongly")
    said = text_of(for_the_file(post, intake.finish(post, again)))
    assert "Put right later" in said and "heard wrongly" not in said


@pytest.mark.parametrize("tag", ["ar", "ti", "so", "es", "fr", "en"])
def test_every_language_of_the_program_comes_out_of_the_printer(post: OpenVault, tag: str) -> None:
    document = for_the_file(post, finished(post, person=tag), "en", tag)
    assert counsel.print_pages(document, post.world).pages >= 3


def test_a_heading_in_two_languages_stays_with_what_it_heads(post: OpenVault) -> None:
    document = for_the_file(post, finished(post))
    for before, block, after in zip(document.blocks, document.blocks[1:], document.blocks[2:], strict=False):
        if isinstance(before, Heading) and isinstance(block, Paragraph):
            assert block.leads_in and not isinstance(after, Paragraph)
    pages = lay_out(document)
    heads = {number for number, element in enumerate(pages.elements) if element.kind.startswith("H")}
    footer = len(pages.elements) - len(document.footer.splitlines())
    for page in pages.pages:
        said = [line.element for line in page.lines if 0 <= line.element < footer]
        last = pages.elements[said[-1]]
        assert said[-1] not in heads and (last.kind != "P" or last.parent != ROOT)
