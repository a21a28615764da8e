"""What headquarters has is told to the post by a signed receipt: told, believed, and never taken on trust."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.errors import FieldkitError, ForeignFault, PersonFault
from fieldkit.languages import catalogues
from fieldkit.languages.messages import sentence
from fieldkit.services import backup, exchange, receipts
from fieldkit.services.enrolment import office_keys
from fieldkit.services.vault import OpenVault
from fieldkit.sync.faults import NothingToSend, TrustFault
from fieldkit.sync.receipts import Receipt, read_receipt, write_receipt
from tests.conftest import MakeVault
from tests.stories import offices
from tests.stories.offices import Office, carry, clock_of
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, somebody
from tests.worlds import MORNING, CountedRandomness, world


@dataclass
class Road:
    """A post, its headquarters, and a stick that goes between them."""

    post: OpenVault
    office: Office
    stick: Path
    safe: Path

    def interview(self, name: str) -> str:
        return screened(self.post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(name), FEAR).case

    def send(self) -> int:
        """Carry a bundle there; how many entries it brought."""
        imported = carry(self.post, self.office, self.stick)
        return imported.entries_new

    def receipt(self) -> bytes:
        content = receipts.for_stream(self.office.vault, self.post.stream)
        assert content is not None
        return content

    def back_up(self) -> None:
        """Headquarters copies its store to a disk in the safe."""
        backup.back_up(self.office.vault, self.safe, elsewhere=lambda *_: True)

    def head(self) -> int:
        return self.post.journal.head(self.post.stream).number


@pytest.fixture
def road(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    office = offices.found(tmp_path_factory.mktemp("office"), "Invented Ford Service")
    post = offices.open_post(tmp_path / "post", "Ford post (invented)", at=world("ford", MORNING))
    offices.enrol(post, office)
    stick, safe = tmp_path / "stick", tmp_path / "safe"
    stick.mkdir()
    safe.mkdir()
    yield Road(post, office, stick, safe)
    post.close()
    office.vault.close()


def test_after_the_receipt_only_what_is_new_travels(road: Road) -> None:
    road.interview("Amaru Testperson")
    first = road.send()
    held = road.head() - 1  # the record of the export itself came after it
    assert first == held
    receipt = receipts.accept(road.post, road.receipt())
    assert receipt is not None
    assert (receipt.number, receipt.safe) == (held, 0)
    assert receipts.held(road.post) is not None

    with pytest.raises(NothingToSend):
        exchange.export(road.post, road.stick)
    road.interview("Bilo Testperson")
    before = road.head()
    assert road.send() == before - held, "the second bundle begins where the receipt ends"
    assert road.office.vault.journal.verify(road.post.stream).sound


def test_a_receipt_that_was_lost_costs_nothing(road: Road) -> None:
    road.interview("Amaru Testperson")
    road.send()
    road.interview("Bilo Testperson")
    imported = carry(road.post, road.office, road.stick)
    assert imported.entries_known > 0, "what was sent before went again, and did no harm"
    assert imported.first == 1
    assert receipts.accept(road.post, road.receipt()) is not None
    assert receipts.accept(road.post, road.receipt()) is None, "twice is once"


def test_safe_means_an_examined_copy_on_another_medium(road: Road) -> None:
    road.interview("Amaru Testperson")
    road.send()
    assert standing(road).safe == 0
    backup.back_up(road.office.vault, road.safe, elsewhere=lambda *_: False)
    clock_of(road.office.vault).turn(days=1)
    assert standing(road).safe == 0, "a copy on the same disk burns with it"
    road.back_up()
    first = standing(road)
    assert first.safe == first.number > 0
    road.interview("Bilo Testperson")
    road.send()
    second = standing(road)
    assert second.number > first.number
    assert second.safe == first.safe, "the copy was made before this came"


def standing(road: Road) -> receipts.Standing:
    receipts.accept(road.post, road.receipt())
    found = receipts.held(road.post)
    assert found is not None
    return found


def test_only_headquarters_can_write_a_receipt(road: Road, other_office: Office) -> None:
    road.interview("Amaru Testperson")
    road.send()
    true = read_receipt(road.receipt(), _public(road.office))
    forged = write_receipt(true, SigningKey.generate(CountedRandomness("forger")))
    with pytest.raises(TrustFault, match=r"trust\.not_signed"):
        receipts.accept(road.post, forged)
    with pytest.raises(TrustFault, match=r"trust\.not_signed"):
        receipts.accept(road.post, write_receipt(true, _keys(other_office)))
    with pytest.raises(ForeignFault, match=r"trust\."):
        receipts.accept(road.post, road.receipt().replace(b'"safe":0', b'"safe":1'))
    assert receipts.held(road.post) is None


def test_the_receipt_of_another_laptop_is_refused(road: Road, tmp_path: Path) -> None:
    other = offices.open_post(tmp_path / "other", "Other post (invented)", at=world("other", MORNING))
    offices.enrol(other, road.office)
    carry(other, road.office, road.stick)
    content = receipts.for_stream(road.office.vault, other.stream)
    assert content is not None
    with pytest.raises(receipts.ReceiptFault, match=r"receipt\.not_ours"):
        receipts.accept(road.post, content)
    other.close()


def test_a_receipt_never_goes_back(road: Road) -> None:
    road.interview("Amaru Testperson")
    road.send()
    old = road.receipt()
    road.interview("Bilo Testperson")
    road.send()
    road.back_up()
    newest = standing(road)
    assert receipts.accept(road.post, old) is None
    assert receipts.held(road.post) == newest


def test_a_copied_laptop_is_noticed(road: Road) -> None:
    """Two laptops from one disk image went on writing; headquarters took in the other one's entries."""
    road.interview("Amaru Testperson")
    road.send()
    other = Receipt(_organisation(road), road.post.stream, 2, "ab" * 32, 0, road.post.world.today())
    with pytest.raises(receipts.LaptopCopied) as fault:
        receipts.accept(road.post, write_receipt(other, _keys(road.office)))
    assert fault.value.data["number"] == 2
    assert receipts.held(road.post) is None


def test_a_laptop_that_was_put_back_is_noticed(road: Road) -> None:
    """Its disk image of last week was put back: headquarters holds more of it than it does."""
    road.interview("Amaru Testperson")
    road.send()
    more = Receipt(_organisation(road), road.post.stream, road.head() + 40, "ab" * 32, 0, MORNING.date())
    with pytest.raises(receipts.LaptopPutBack) as fault:
        receipts.accept(road.post, write_receipt(more, _keys(road.office)))
    assert fault.value.data["held"] == road.head()


def test_headquarters_that_was_put_back_is_sent_what_was_not_safe(road: Road) -> None:
    road.interview("Amaru Testperson")
    road.send()
    road.back_up()
    safe = standing(road)
    road.interview("Bilo Testperson")
    road.send()
    later = standing(road)
    assert (later.number > safe.number, later.safe) == (True, safe.number)
    with pytest.raises(NothingToSend):
        exchange.export(road.post, road.stick)
    exported = exchange.export(road.post, road.stick, again=True)
    assert exported.entries == road.head() - 1 - safe.number, "all that is above safe, on request"

    # Its store of that day is put back; a week later it signs for less than it did.
    day = later.day + timedelta(days=7)
    less = Receipt(_organisation(road), road.post.stream, safe.number, safe.digest, safe.number, day)
    assert receipts.accept(road.post, write_receipt(less, _keys(road.office))) is not None
    found = receipts.held(road.post)
    assert found is not None
    assert found.went_back
    assert receipts.first_to_send(road.post) == safe.number, "without anybody asking"


def test_before_enrolment_there_is_nobody_to_believe(make_vault: MakeVault, road: Road) -> None:
    road.interview("Amaru Testperson")
    road.send()
    alone = make_vault("Alone (invented)")
    with pytest.raises(PersonFault, match=r"enrol\.no_office"):
        receipts.accept(alone, road.receipt())


def test_receipts_go_into_files_that_say_nothing_about_the_post(road: Road) -> None:
    road.interview("Amaru Testperson")
    road.send()
    (name,) = receipts.write_all(road.office.vault, road.stick)
    assert "Ford" not in name
    content = (road.stick / name).read_bytes()
    assert b"Ford" not in content
    assert b"Amaru" not in content
    assert receipts.accept(road.post, content) is not None


def test_every_receipt_has_a_sentence() -> None:
    words = catalogues.load("en", "interface")
    for fault in (
        receipts.ReceiptFault("receipt.not_ours"),
        receipts.LaptopCopied("receipt.copied", number=4, stream="a"),
        receipts.LaptopPutBack("receipt.put_back", number=4, held=2, stream="a"),
    ):
        assert isinstance(fault, FieldkitError)
        assert "Nothing" in sentence(fault, words) or "stays" in sentence(fault, words)


def _keys(office: Office) -> SigningKey:
    return office_keys(office.vault).receipts


def _public(office: Office) -> bytes:
    return _keys(office).public


def _organisation(road: Road) -> str:
    return road.office.offline.organisation
