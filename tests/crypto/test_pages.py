"""Pages opened by hand are what the library wrote, and nothing that was altered opens."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.crypto.pages import PAGE_BYTES, SALT_BYTES, USABLE_BYTES, PageKey
from fieldkit.storage.database import Database

KEY = DatabaseKey(bytes(range(32)))


def written(folder: Path) -> list[bytes]:
    """The pages of a file that the library wrote."""
    database = Database.create(folder / "pages.db", KEY)
    with database.transaction():
        database.execute("CREATE TABLE notes (text TEXT)")
        for number in range(400):
            database.execute("INSERT INTO notes VALUES (?)", (f"invented {number} " * 9,))
    database.close()
    content = (folder / "pages.db").read_bytes()
    return [content[at : at + PAGE_BYTES] for at in range(0, len(content), PAGE_BYTES)]


def test_every_page_opens_at_its_place_only(tmp_path: Path) -> None:
    pages = written(tmp_path)
    key = PageKey(KEY, pages[0][:SALT_BYTES])
    opened = [key.open(number, page) for number, page in enumerate(pages, start=1)]
    assert {len(page or b"") for page in opened} == {USABLE_BYTES}
    assert (opened[0] or b"").startswith(b"SQLite format 3\x00")
    assert sum((page or b"").count(b"invented 399 ") for page in opened) == 9
    assert key.open(3, pages[1]) is None


def test_the_salt_follows_from_the_key(tmp_path: Path) -> None:
    """So the first bytes of a file may be lost (`storage.database`, rule 6)."""
    pages = written(tmp_path)
    assert pages[0][:SALT_BYTES] == KEY.for_salt()
    assert PageKey(KEY, bytes(SALT_BYTES)).open(2, pages[1]) is None
    assert PageKey(DatabaseKey(bytes(32)), KEY.for_salt()).open(2, pages[1]) is None


@given(st.binary(max_size=PAGE_BYTES + 1), st.integers(1, 2**31))
def test_no_other_bytes_open(content: bytes, number: int) -> None:
    key = PageKey(KEY, KEY.for_salt())
    assert key.open(number, content) is None
    assert key.open(number, content.ljust(PAGE_BYTES, b"\x00")[:PAGE_BYTES]) is None
