"""Sharing protocols as content: read strictly, and none that would let go what nobody may receive."""

from pathlib import Path

import pytest

from fieldkit.content import codebook, packs, protocols
from fieldkit.content.faults import ContentFault
from fieldkit.domain.sharing import Purpose, Rule, SharingProtocol
from fieldkit.files import resources

BOOK = codebook.load(resources())
HEAD = (resources() / "codebook" / "protocols.csv").read_text(encoding="utf-8")
SOUND = "R1,Real Office,asylum_authority,,referral,A letter,sex nationality,C01,,asylum,yes,,2027-01-31,no\n"
SHIPPED = protocols.load_sample(resources(), BOOK)


def read(folder: Path, *rows: str) -> tuple[SharingProtocol, ...]:
    (folder / "codebook").mkdir(exist_ok=True)
    (folder / "codebook" / "protocols.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    return protocols.load_sharing(folder, BOOK)


def test_none_is_shipped_and_the_invented_ones_say_so() -> None:
    assert protocols.load_sharing(resources(), BOOK) == ()
    assert SHIPPED and all(
        one.sample and "invented" in one.name and "no lawyer" in one.basis for one in SHIPPED
    )


def test_a_row_is_read_as_what_it_says(tmp_path: Path) -> None:
    (one,) = read(tmp_path, SOUND)
    assert one.fields == ("sex", "nationality")
    assert (one.asks_agreement, one.purpose, one.expires.isoformat()) == (
        True,
        Purpose.REFERRAL,
        "2027-01-31",
    )
    assert one.agreement_names == ("protocol/R1", "asylum_authority")


REFUSED = {
    "an invented one": (SOUND.replace(",no\n", ",yes\n"), "content.sample_protocol", "sample"),
    "one without a last day": (SOUND.replace("2027-01-31", ""), "content.empty_cell", "expires"),
    "a field that nobody has": (SOUND.replace("sex ", "shoe_size "), "content.unknown_name", "fields"),
    "a field for nobody": (SOUND.replace("sex ", "harm "), "content.field_not_for_recipient", "fields"),
    "a field for others": (
        SOUND.replace("sex ", "health_needs "),
        "content.field_not_for_recipient",
        "fields",
    ),
    "neither agreement nor rule": (SOUND.replace("yes,,", "no,,"), "content.empty_cell", "rule"),
    "agreement and a rule": (
        SOUND.replace("yes,,", "yes,danger_to_life,"),
        "content.rule_and_agreement",
        "rule",
    ),
    "a rule nobody knows": (SOUND.replace("yes,,", "no,convenience,"), "content.unknown_name", "rule"),
    "a class nobody knows": (SOUND.replace(",asylum,yes", ",secret,yes"), "content.unknown_name", "sealed"),
    "a country nobody knows": (
        SOUND.replace("authority,,", "authority,Atlantis,"),
        "content.unknown_name",
        "abroad",
    ),
    "no basis": (SOUND.replace("A letter", ""), "content.empty_cell", "basis"),
    "no field": (SOUND.replace("sex nationality", ""), "content.empty_cell", "fields"),
}


@pytest.mark.parametrize("row", REFUSED.values(), ids=REFUSED)
def test_a_protocol_that_says_too_little_or_too_much_is_refused(
    tmp_path: Path, row: tuple[str, str, str]
) -> None:
    with pytest.raises(ContentFault) as caught:
        read(tmp_path, row[0])
    assert (caught.value.code, caught.value.data["column"]) == row[1:]


def test_what_was_told_of_a_family_goes_only_under_a_protocol_for_that(tmp_path: Path) -> None:
    """`protection.md` 14: looking for somebody needs a protocol of its own."""
    family = SOUND.replace("sex nationality", "member_name").replace("asylum_authority", "")
    with pytest.raises(ContentFault, match=r"content\.field_not_for_recipient"):
        read(tmp_path, family)
    assert read(tmp_path, family.replace(",referral,", ",family,"))[0].fields == ("member_name",)


def test_protocols_come_with_a_pack_and_a_broken_one_refuses_the_whole_pack() -> None:
    name = "codebook/protocols.csv"
    packs.check({name: (HEAD + SOUND).encode()}, resources())
    with pytest.raises(ContentFault, match=r"content\.unknown_name"):
        packs.check({name: (HEAD + SOUND.replace("C01", "C99")).encode()}, resources())


def test_the_invented_contacts_and_protocols_fit_together() -> None:
    table = (resources() / "directory" / "sample_contacts.csv").read_text(encoding="utf-8")
    assert {line.split(",")[2] for line in table.splitlines()[1:]} == {one.id for one in SHIPPED}
    assert {one.rule for one in SHIPPED} == {None, *Rule}
