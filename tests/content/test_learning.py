"""The modules, their questions, and the words with a meaning (R-157, R-202, N-099, N-115)."""

import pytest

from fieldkit.content import codebook, learning, packs, practice, terms
from fieldkit.content.faults import ContentFault
from fieldkit.content.learning import Course
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.languages.glossary import read_glossary
from fieldkit.services.booklet import Booklet
from fieldkit.services.gates import SectionKind
from fieldkit.services.packs import check_files
from fieldkit.ui.places import PLACES

MODULES = b"module,title,about\nriver,Crossing the river (invented),What is asked at this river.\n"
QUESTIONS = (
    b"id,module,question,a,b,c,d,right,because,paragraph\n"
    b"river_1,river,Who goes first?,Whoever is hurt,Whoever pays,Whoever shouts,,a,Help first.,first_needs\n"
)
COVERAGE = b"module,chapter\nriver,start\n"


def pack(**changed: bytes) -> dict[str, bytes]:
    held = {"modules": MODULES, "questions": QUESTIONS, "coverage": COVERAGE, **changed}
    return {f"training/{name}.csv": content for name, content in held.items()}


@pytest.fixture(scope="module")
def course() -> Course:
    return learning.load(resources())


@pytest.fixture(scope="module")
def booklet() -> Booklet:
    return Booklet("en")


def test_every_chapter_of_the_booklet_is_covered_and_no_other(course: Course, booklet: Booklet) -> None:
    covered = {chapter for module in course.modules for chapter in module.chapters}
    assert covered == set(booklet.chapter_names())


def test_questions_stand_in_the_booklet_and_no_letter_is_right_most_of_the_time(course: Course) -> None:
    asked = [one for module in course.modules for one in module.questions]
    assert len({one.id for one in asked}) == len(asked) >= 30
    letters = [one.right for one in asked]
    assert all(letters.count(letter) * 2 < len(letters) for letter in learning.LETTERS)


def test_a_pack_adds_a_module_and_takes_over_those_that_it_names(course: Course) -> None:
    packs.check(pack(), resources())
    held = learning.load(Shelf(resources(), pack()))
    assert [one.id for one in held.modules] == [*(one.id for one in course.modules), "river"]
    own = pack(
        modules=MODULES.replace(b"river,", b"care,"),
        questions=QUESTIONS.replace(b",river,", b",care,"),
        coverage=COVERAGE.replace(b"river", b"care"),
    )
    care = learning.load(Shelf(resources(), own)).module("care")
    assert care is not None
    assert [one.id for one in care.questions] == ["river_1"]


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"questions": QUESTIONS.replace(b",,a,", b",,d,")}, "right"),
        ({"questions": QUESTIONS.replace(b",first_needs", b",nowhere")}, "paragraph"),
        ({"questions": QUESTIONS.replace(b"Whoever shouts", b"")}, "c"),
        ({"questions": QUESTIONS.split(b"\n")[0] + b"\n"}, "questions"),
        ({"coverage": COVERAGE.replace(b"river", b"lake")}, "module"),
    ],
)
def test_a_course_with_a_fault_is_refused_with_its_row(changed: dict[str, bytes], column: str) -> None:
    with pytest.raises(ContentFault) as fault:
        packs.check(pack(**changed), resources())
    assert fault.value.data["row"] == 2
    assert fault.value.data["column"] == column


def test_a_course_on_a_chapter_that_is_not_there_is_refused() -> None:
    with pytest.raises(ContentFault, match=r"content\.unknown_chapter"):
        check_files(pack(coverage=COVERAGE.replace(b"start", b"nowhere")))


def test_every_word_of_safety_has_a_meaning_and_every_place_exists(booklet: Booklet) -> None:
    held = terms.load(resources())
    known = {one.term for one in held.terms.values()}
    wanted = {one.term for one in read_glossary(resources().parent / "translations" / "glossary" / "fr.csv")}
    assert wanted <= known
    assert {one.paragraph for one in held.terms.values()} <= {one.id for one in booklet.paragraphs}
    forms = {path.stem for path in (resources() / "forms").glob("*.md")}
    there = {"screen": set(PLACES), "form": forms, "category": set(codebook.load(resources()).categories)}
    assert all(name in there[kind] for kind, name in held.places)


def test_lines_of_the_practice_stand_at_places_that_exist(booklet: Booklet) -> None:
    held = practice.load(resources())
    sections = {one.value for one in SectionKind}
    assert all(name in (PLACES if kind == "screen" else sections) for kind, name in held.lines)
    paragraphs = {line.paragraph for line in (*held.lines.values(), *held.looks)}
    assert paragraphs <= {one.id for one in booklet.paragraphs}
    assert [one.name for one in held.looks] == list(practice.LOOKS), "the shipped case looks at all of it"


CASE = (
    b"step,kind,name,text,paragraph\n"
    b"who,person,,Ilo (invented) is rowed over the river.,\n"
    b"talk,section,urgent,Ilo is cold.,first_needs\n"
    b"done,look,needs_settled,Ilo was given a blanket.,alone_now\n"
)
WORDS = (
    b"word,term,text,not,paragraph,definitions\n"
    b"ferry,ferry,A boat that goes over the river.,,first_needs,\n"
    b"asylum,asylum,What is asked for at this river (invented).,,asylum_request,\n"
)
STANDS = b"kind,name,words\nscreen,surge,ferry asylum\n"


def brought(**changed: bytes) -> dict[str, bytes]:
    held = {"training/practice": CASE, "words/terms": WORDS, "words/places": STANDS, **changed}
    return {f"{name}.csv": content for name, content in held.items()}


def test_a_pack_brings_a_case_of_its_own_and_adds_words() -> None:
    packs.check(brought(), resources())
    shelf = Shelf(resources(), brought())
    case = practice.load(shelf)
    assert [one.text for one in case.who] == ["Ilo (invented) is rowed over the river."]
    assert [one.name for one in case.looks] == ["needs_settled"], (
        "nobody looks for a fear that Ilo never told"
    )
    held, shipped = terms.load(shelf), terms.load(resources())
    assert set(held.terms) == {*shipped.terms, "ferry"}
    assert held.terms["asylum"].text == "What is asked for at this river (invented)."
    assert set(held.places) == {*shipped.places, ("screen", "surge")}


@pytest.mark.parametrize(
    ("changed", "row", "column"),
    [
        ({"training/practice": CASE.replace(b"first_needs", b"nowhere")}, 3, "paragraph"),
        ({"training/practice": CASE.replace(b"needs_settled", b"scored")}, 4, "name"),
        ({"training/practice": CASE.replace(b"talk,", b"who,")}, 3, "step"),
        ({"training/practice": CASE.replace(b"section,urgent", b"section,")}, 3, "name"),
        ({"words/terms": WORDS.replace(b"first_needs", b"nowhere")}, 2, "paragraph"),
        ({"words/terms": WORDS.replace(b"A boat that goes over the river.", b"")}, 2, "text"),
        ({"words/places": STANDS.replace(b"ferry", b"bridge")}, 2, "words"),
    ],
)
def test_a_case_or_a_word_with_a_fault_is_refused_with_its_row(
    changed: dict[str, bytes], row: int, column: str
) -> None:
    with pytest.raises(ContentFault) as fault:
        packs.check(brought(**changed), resources())
    assert (fault.value.data["row"], fault.value.data["column"]) == (row, column)


def test_a_case_in_which_nobody_comes_is_refused() -> None:
    nobody = CASE.replace(b"who,person,,Ilo (invented) is rowed over the river.,\n", b"")
    with pytest.raises(ContentFault, match=r"content\.nobody_comes"):
        packs.check(brought(**{"training/practice": nobody}), resources())
