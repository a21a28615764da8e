"""Content is read strictly: a mistake is named by file, row and column, and nothing of it is taken in."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fieldkit
from fieldkit.content import codebook, directory, form_roles, rules, sources
from fieldkit.content.faults import ContentFault
from fieldkit.content.tables import MAX_BYTES, parse_table, read_table
from fieldkit.files import resources
from fieldkit.languages.messages import leaflets
from fieldkit.languages.messages.content import MESSAGES

PACKAGE = Path(fieldkit.__file__).parent


class Plain:
    """Words of a language that has no translation: everything falls back to English."""

    def in_context(self, context: str, text: str) -> str:
        return text


class Marked:
    """Words that show which context they were asked for."""

    def in_context(self, context: str, text: str) -> str:
        return f"<{context}>"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The shipped content, free to be broken."""
    for name in ("forms", "codebook", "directory", "leaflets", "booklet", "training", "words"):
        shutil.copytree(resources() / name, tmp_path / name)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_rule(folder: Path, row: str) -> int:
    """Put a row at the end of the rules; the number by which a fault should name it."""
    path = folder / "codebook" / "rules.csv"
    text = path.read_text(encoding="utf-8") + row + "\n"
    path.write_text(text, encoding="utf-8")
    return len(text.splitlines())


RULES_REFUSED = {
    "a category that does not exist": (
        "X-1,C99,${alone} = 'yes',So.,,,,,",
        "content.unknown_name",
        "category",
    ),
    "the category that only a person may choose": (
        "X-1,C26,${alone} = 'yes',So.,,,,,",
        "content.never_suggested",
        "category",
    ),
    "a fact that does not exist": ("X-1,C01,${lonely} = 'yes',So.,,,,,", "content.unknown_name", "when"),
    "a bracket that stays open": ("X-1,C01,(${alone} = 'yes',So.,,,,,", "content.broken_expression", "when"),
    "a quotation mark that stays open": (
        "X-1,C01,${alone} = 'yes,So.,,,,,",
        "content.broken_expression",
        "when",
    ),
    "a condition that asks nothing": ("X-1,C01,1 = 1,So.,,,,,", "content.broken_expression", "when"),
    "no reason": ("X-1,C01,${alone} = 'yes',,,,,,", "content.empty_cell", "because"),
    "an actor nobody knows": ("X-1,C01,${alone} = 'yes',So.,,army,,,", "content.unknown_name", "actor"),
    "a leaflet that is not there": (
        "X-1,C01,${alone} = 'yes',So.,,,,,L99",
        "content.unknown_name",
        "leaflets",
    ),
    "a document nobody makes": ("X-1,C01,${alone} = 'yes',So.,,,,visa,", "content.unknown_name", "documents"),
    "a target that is no number": (
        "X-1,C01,${alone} = 'yes',So.,,,soon,,",
        "content.bad_hours",
        "target_hours",
    ),
    "a rule twice": ("C01-1,C01,${alone} = 'yes',So.,,,,,", "content.duplicate", "rule"),
}


@pytest.mark.parametrize("story", RULES_REFUSED)
def test_a_rule_is_refused_with_its_row_and_column(copied: Path, story: str) -> None:
    row, code, column = RULES_REFUSED[story]
    number = add_rule(copied, row)
    with pytest.raises(ContentFault) as caught:
        rules.load(copied)
    assert caught.value.code == code
    assert caught.value.data["file"] == "rules.csv"
    assert (caught.value.data["row"], caught.value.data["column"]) == (number, column)


def test_a_rule_with_a_comma_too_few_is_refused(copied: Path) -> None:
    number = add_rule(copied, "X-1,C01,${alone} = 'yes',So.")
    with pytest.raises(ContentFault) as caught:
        rules.load(copied)
    assert caught.value.code == "content.row_length"
    assert caught.value.data["row"] == number


def test_a_good_rule_is_taken_with_its_own_procedure(copied: Path) -> None:
    add_rule(copied, "X-1,C12,${alone} = 'yes',So it is.,Ask again.,legal_help,24,referral_slip,L01")
    table = rules.load(copied)
    rule = table.rules[-1]
    assert (rule.id, rule.actor, rule.target_hours, rule.leaflets) == ("X-1", "legal_help", 24, ("L01",))
    assert rule.names == {"alone"}
    assert sources.all_texts(copied).say(rule.procedure, Plain()) == "Ask again."
    assert sources.all_texts(copied).say(rule.because, Plain()) == "So it is."


def test_a_rule_without_a_procedure_of_its_own_has_that_of_its_category() -> None:
    rule = rules.load(resources()).of("C06")[0]
    assert rule.procedure == "category/C06/procedure"
    assert rule.actor == "child_protection"


def test_the_version_of_the_rules_is_their_digest(copied: Path) -> None:
    before = rules.load(copied).version
    assert before == rules.load(resources()).version
    add_rule(copied, "X-1,C12,${alone} = 'yes',So.,,,,,")
    assert rules.load(copied).version != before


def test_line_ends_of_another_system_do_not_make_another_version(copied: Path) -> None:
    path = copied / "codebook" / "rules.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert rules.load(copied).version == rules.load(resources()).version


CODEBOOK_REFUSED = {
    "a category without an actor that exists": ("categories.csv", "asylum_authority", "nobody", "actor"),
    "an outcome outside the vocabulary": ("categories.csv", "refer_to", "decide", "step"),
    "a fact whose list is gone": ("facts.csv", "yes_no_perhaps", "yes_maybe", "list"),
    "a fact without a purpose that is stated": ("facts.csv", "help_now", "curiosity", "purpose"),
    "a fact for a recipient nobody agreed to": ("facts.csv", "headquarters", "army", "recipients"),
    "a fact of an unknown class": ("facts.csv", "personal", "open", "sensitivity"),
    "a recipient without its question": ("recipients.csv", "share_asylum", "share_all", "agreement"),
}


@pytest.mark.parametrize("story", CODEBOOK_REFUSED)
def test_a_codebook_that_does_not_hold_together_is_refused(copied: Path, story: str) -> None:
    file, old, new, column = CODEBOOK_REFUSED[story]
    change(copied / "codebook" / file, old, new)
    with pytest.raises(ContentFault) as caught:
        codebook.load(copied)
    assert caught.value.code == "content.unknown_name"
    assert (caught.value.data["file"], caught.value.data["column"]) == (file, column)
    assert caught.value.data["value"] == new


def test_a_hidden_address_is_not_even_written_down(copied: Path) -> None:
    change(copied / "directory" / "sample.csv", ",,yes,+44", ",Sample Road 4,yes,+44")
    with pytest.raises(ContentFault, match=r"content\.hidden_place"):
        directory.load_sample(copied, codebook.load(copied))


def test_a_review_needs_a_name_and_a_day(copied: Path) -> None:
    change(copied / "forms" / "roles.csv", "health_worker,,", "health_worker,A. Lawyer,")
    with pytest.raises(ContentFault, match=r"content\.half_review"):
        form_roles.load(copied)


def test_a_role_that_does_not_exist_opens_nothing(copied: Path) -> None:
    change(copied / "forms" / "roles.csv", "officer", "general")
    with pytest.raises(ContentFault, match=r"content\.unknown_name"):
        form_roles.load(copied)


def test_a_missing_table_is_named(copied: Path) -> None:
    (copied / "codebook" / "lists.csv").unlink()
    with pytest.raises(ContentFault) as caught:
        codebook.load(copied)
    assert (caught.value.code, caught.value.data["file"]) == ("content.missing_file", "lists.csv")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a,b\n\xff,1\n", "content.not_text"),
        (b"a;b\n1;2\n", "content.columns"),
        (b'a,b\n"1,2\n', "content.bad_row"),
        (b"", "content.columns"),
        (b"a,b\n1,2,3\n", "content.row_length"),
        (b"a,b\n,2\n", "content.empty_cell"),
        (b"a,b\n1,2\n1,3\n", "content.duplicate"),
        (b"a" * (MAX_BYTES + 1), "content.too_long"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(ContentFault) as caught:
        read_table(path, ("a", "b"), key=("a",))
    assert (caught.value.code, caught.value.data["file"]) == (code, "t.csv")


def test_a_code_of_a_newer_laptop_is_shown_and_not_lost() -> None:
    book = codebook.load(resources())
    assert book.category_name("C77", Plain()) == "C77"
    assert book.procedure("C77", Plain()) == ""
    assert book.choice_label("reasons", "moonlight", Plain()) == "moonlight"
    assert book.say("rule/X-9/because", Plain()) == "rule/X-9/because"


def test_answers_are_shown_in_the_words_of_the_lists() -> None:
    book = codebook.load(resources())
    assert book.value_label("sex", "female", Plain()) == "Woman or girl"
    assert book.value_label("reasons", "war work", Plain()) == "War or fighting, To work"
    assert book.value_label("age_years", "17", Plain()) == "17"
    assert book.value_label("reasons", "war", Marked()) == "<list/reasons/war>"
    assert book.category_name("C06", Marked()) == "<category/C06/name>"
    assert book.recipient_name("headquarters", Marked()) == "<recipient/headquarters/name>"
    assert book.fact_label("age_group", Marked()) == "<fact/age_group/label>"


def test_translators_get_every_text_once_with_its_remark() -> None:
    texts = sources.codebook_texts(resources())
    contexts = [context for context, _, _ in texts]
    assert len(contexts) == len(set(contexts))
    wanted = {"category/C01/name", "list/sexes/female", "rule/C01-1/because", "slip/title"}
    assert wanted <= set(contexts)
    assert all(text.strip() == text and text for _, text, _ in texts)
    remarks = {context: remark for context, _, remark in texts}
    assert "named speaker" in remarks["slip/not_a_decision"]


def codes_raised() -> Iterator[tuple[str, str]]:
    booklet = PACKAGE / "services" / "booklet.py"  # it alone knows the chapters that a table names
    for path in (*(PACKAGE / "content").glob("*.py"), *(PACKAGE / "leaflets").glob("*.py"), booklet):
        for code in re.findall(r'"((?:content|leaflet)\.[a-z_]+)"', path.read_text(encoding="utf-8")):
            yield code, path.name


def test_every_code_has_its_sentence() -> None:
    known = MESSAGES.keys() | leaflets.MESSAGES.keys()
    assert {(code, name) for code, name in codes_raised() if code not in known} == set()


def test_no_sentence_is_left_over() -> None:
    raised = {code for code, _ in codes_raised()}
    assert MESSAGES.keys() <= raised


def test_sentences_can_be_filled_and_end_calmly() -> None:
    names = ("file", "row", "column", "value", "expected", "found", "first", "limit", "line", "id")
    about = ("module", "chapter")
    data = dict.fromkeys((*names, *about), "x")
    for sentence in MESSAGES.values():
        assert sentence.format(**data).endswith(".")
        assert "!" not in sentence


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    """Law: any text is either a table or a ContentFault, never another error."""
    try:
        rows = parse_table("a,b\n" + text, "t.csv", ("a", "b"), key=("a",))
    except ContentFault as fault:
        assert fault.data["file"] == "t.csv"
    else:
        assert all(row.needed("a") for row in rows)


@given(st.text(alphabet="(){}$'\"ab =<>,", max_size=60))
def test_no_condition_makes_the_reader_stumble(when: str) -> None:
    """Law: any condition is taken whole or refused with its row."""
    quoted = when.replace('"', '""')
    header = "rule,category,when,because,procedure,actor,target_hours,documents,leaflets"
    table = f'{header}\nX,C01,"{quoted}",So.,,,,,\n'
    try:
        read = rules.read_rules(table, "t.csv", BOOK, frozenset())
    except ContentFault as fault:
        assert fault.data["row"] == 2
    else:
        assert read.rules[0].when == when.strip()


BOOK = codebook.load(resources())
