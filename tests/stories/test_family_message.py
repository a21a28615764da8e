"""A message to the family goes on paper to the Red Cross or the Red Crescent, and nowhere else (R-201, N-089)."""

from fieldkit.domain.access import Role
from fieldkit.services import civil_sheets, issued, issued_pages, sealed
from fieldkit.services.case_file import read_case
from fieldkit.services.civil_sheets import Sheet
from fieldkit.services.issued import PaperKind, Wish
from tests.stories.desks import Desks, only_as, text_of
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, Told, led, screened, somebody
from tests.stories.test_protection_tracing import MESSAGE

READY: Told = {"message_checked": "yes", "message_agree": "yes"}


def test_the_words_the_person_chose_stand_on_the_paper_and_nothing_of_the_case(desks: Desks) -> None:
    post = only_as(desks.training, Role.COUNSELLOR)
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Hana Invented"), FEAR).case
    led(post, "family_message", IN_PRIVATE, AGREED, MESSAGE, READY, case=case)
    ((key, name),) = ((one.key, one.name) for one in civil_sheets.offered(post, case, Sheet.MESSAGE))
    wish = Wish(PaperKind.MESSAGE, ("en", "fr"), safe_to_carry=True, about=key)
    document = issued.issue(post, case, wish)
    said = text_of(issued_pages.page(post, case, document, safe_to_carry=True))
    for told in (name, "by the invented wells", "I am well (invented)."):
        assert told in said
    for hidden in ("Hana Invented", "ritr", read_case(post.journal, case).number):
        assert hidden not in said, "the name of whoever writes is an empty line: they choose it by hand"
    assert issued.papers(post, case)[-1].facts == {"about": key}, "no word of it is kept a second time"


def test_a_message_is_sealed_and_an_officer_finds_none(desks: Desks) -> None:
    post = only_as(desks.training, Role.COUNSELLOR)
    case = led(post, "family_message", IN_PRIVATE, AGREED, MESSAGE, READY).case
    officer = only_as(post, Role.OFFICER)
    assert civil_sheets.messages(officer, case) == ()
    answers = sealed.answers(officer, read_case(officer.journal, case))
    assert not any(answers.said(told) for told in MESSAGE)
