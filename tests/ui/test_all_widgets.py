"""The form with which Collect's makers test every kind of question: answered in the real window, by keyboard."""

from PySide6.QtCore import Qt

from fieldkit.services import administer
from fieldkit.services.vault import OpenVault
from fieldkit.storage.attachments import draft_holder
from fieldkit.ui.presenters.kinds import Kind
from tests.forms.xlsforms import vector
from tests.ui.conftest import OpenWindow
from tests.ui.interviewing import cards, fill, has_keyboard, interviewing, led, repeats, walk
from tests.ui.looking import nameless

FORM = "real/all-widgets.xml"
WHEEL = Qt.FocusPolicy.WheelFocus


def test_every_question_of_every_kind_is_answered(post: OpenVault, open_window: OpenWindow) -> None:
    report = administer.install_form(post, vector(FORM), "all-widgets.xml")
    assert report.is_usable
    window = open_window(post)
    screen = interviewing(window, report.form_id, person="en")
    kinds: set[Kind] = set()
    left: list[str] = []
    for page in walk(window):
        assert not repeats(page)
        assert nameless(window) == []
        for ref in [one.view.ref for one in cards(page)]:
            one = next((card for card in cards(page) if card.view.ref == ref), None)
            if one is None or not one.takes_answer or one.view.kind is Kind.NOT_YET:
                continue
            one.focus()
            assert has_keyboard(one), ref
            focused = window.focusWidget()
            assert focused.focusPolicy() & Qt.FocusPolicy.TabFocus, ref
            fill(one.field)
            kinds.add(one.view.kind)
            if not led(screen).session.value(ref):
                left.append(ref)
    assert left == []
    assert {Kind.FILE, Kind.DRAWING, Kind.POINTS, Kind.PLACE, Kind.BARCODE} <= kinds
    draft = led(screen).draft_id
    files = {one.name for one in post.attachments.of(draft_holder(draft))}
    assert files == led(screen).uploads.named()
    assert len(files) == 14
