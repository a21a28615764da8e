"""Laws of what is sealed, and as what: the codebook's word, the form's word, what follows from sealed answers."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.content import codebook as codebooks
from fieldkit.domain.classes import SealedClass
from fieldkit.files import built, resources
from fieldkit.forms.reader import read_form
from fieldkit.services.errors import ContentRefused
from fieldkit.services.parting import Classes, classes_of, put_together, sealed_out
from tests.forms.xforms import bind, inputs, xform

BOOK = codebooks.load(resources())
ASYLUM, HEALTH, VIOLENCE = SealedClass.ASYLUM, SealedClass.HEALTH, SealedClass.VIOLENCE


def classes(instance: str, binds: str = "", body: str = "") -> dict[str, SealedClass]:
    form = read_form(xform(instance, binds, body))
    return {"/".join(path[1:]): name for path, name in classes_of(form, BOOK).by_path.items()}


def test_the_codebook_says_what_is_sealed() -> None:
    body = inputs("/data/fear_return", "/data/sex", "/data/harm")
    assert classes("<fear_return/><sex/><harm/>", body=body) == {"fear_return": ASYLUM, "harm": VIOLENCE}


def test_a_form_names_a_class_for_a_question_or_a_group_and_the_nearest_word_counts() -> None:
    found = classes(
        "<ward><bed/><inner><pain/></inner><sex/></ward><other/>",
        bind("/data/ward", fk__sealed="health") + bind("/data/ward/inner", fk__sealed="violence"),
        inputs("/data/ward/bed", "/data/ward/inner/pain", "/data/ward/sex", "/data/other"),
    )
    assert found == {"ward/bed": HEALTH, "ward/inner/pain": VIOLENCE, "ward/sex": HEALTH}


def test_what_a_form_works_out_or_copies_from_sealed_answers_is_sealed_like_them() -> None:
    found = classes(
        "<harm/><note/><again/><open/><day/><day_known/>",
        bind("/data/note", calculate="concat('x', /data/harm)")
        + bind("/data/again", calculate="/data/note")
        + bind("/data/open", calculate="1 + 1")
        + bind("/data/day", type_="date", fk__sealed="health", fk__partly="day_known"),
        inputs("/data/harm", "/data/day"),
    )
    assert found == {
        "harm": VIOLENCE,
        "note": VIOLENCE,
        "again": VIOLENCE,
        "day": HEALTH,
        "day_known": HEALTH,
    }


def test_a_class_nobody_knows_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(ContentRefused, match=r"form\.class_unknown"):
        classes("<a/>", bind("/data/a", fk__sealed="secret"), inputs("/data/a"))


def test_of_the_first_screening_every_sealed_name_has_its_class() -> None:
    form = read_form((built() / "forms" / "screening.xml").read_bytes())
    found = classes_of(form, BOOK)
    asked = {path[-1] for path in form.shapes}
    for fact in BOOK.facts.values():
        if fact.name in asked:
            assert found.by_name.get(fact.name) is fact.sensitivity.sealed_class
    assert set(found.present) == {ASYLUM, SealedClass.TRAFFICKING, VIOLENCE, HEALTH}


REFS = st.sampled_from(["/data/a", "/data/b", "/data/c", "/data/old"])
LABELS = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.sampled_from([HEALTH, VIOLENCE]))


@given(LABELS, st.lists(REFS, max_size=6), st.dictionaries(REFS, st.just("declined")))
def test_everything_is_in_exactly_one_part(
    labels: dict[str, SealedClass], touched: list[str], marks: dict[str, str]
) -> None:
    xml = b"<?xml version='1.0' encoding='utf-8'?>\n<data><a>1</a><b>2</b><c/></data>"
    payload: dict[str, Any] = {
        "instance_id": "uuid:1",
        "xml": xml.decode(),
        "facts": {"a": ["1"], "b": ["2"]},
        "marks": marks,
        "travel": [[place, "set", ref, "now"] for place, ref in enumerate(touched)],
        "left": [],
    }
    held = Classes({("data", name): label for name, label in labels.items()}, dict(labels))
    opened, parts = sealed_out(payload, held, {})
    everything: list[dict[str, Any]] = [dict(one) for one in (opened, *parts.values())]
    for key in ("facts", "marks"):
        whole = [name for part in everything for name in part[key]]
        assert sorted(whole) == sorted(payload[key])
    told = [row for part in everything for row in part["travel"]]
    assert sorted(told) == payload["travel"]
    assert put_together(str(opened["xml"]).encode(), list(parts.values())) == xml
    for name, label in labels.items():
        assert name not in everything[0]["facts"] and f"<{name}" not in str(opened["xml"])
        assert label in parts
