"""What belongs to a vault alone."""

from fieldkit.storage.belongings import Belongings
from tests.storage.desks import Desk


def test_what_was_put_is_there_until_it_is_dropped(desk: Desk) -> None:
    belongings = Belongings(desk.database)
    assert belongings.get("stream") is None
    belongings.put("stream", b"one")
    belongings.put("stream", b"\x00two")
    assert belongings.get("stream") == b"\x00two"
    belongings.drop("stream")
    belongings.drop("stream")
    assert belongings.get("stream") is None
