"""Tokens of a surge carry a number each and nothing else (`protection.md` 7 and 8)."""

from fieldkit.domain.document import Document, Table
from fieldkit.services import counsel, tokens
from fieldkit.services.vault import OpenVault


def cells(document: Document) -> list[str]:
    return [
        run.text
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        for run in cell
    ]


def test_a_token_says_its_number_and_nothing_else(post: OpenVault) -> None:
    numbers = ("7KQ2-M0XD", "94WG-7VDZ", "ET6W-4YZY")
    made = tokens.tokens(post, numbers)
    assert cells(made) == [*numbers, ""]
    assert (made.footer, made.header, made.draft_notice) == ("", "", "")
    assert made.title == "Numbers", (
        "a file must have a title for readers of the screen: one that says nothing"
    )
    assert len(made.blocks) == 1


def test_as_many_as_there_are_come_onto_as_many_pages_as_it_takes(post: OpenVault) -> None:
    numbers = tuple(f"7KQ2-{number:04}" for number in range(200))
    assert cells(tokens.tokens(post, numbers)) == list(numbers)
    assert counsel.print_pages(tokens.tokens(post, numbers), post.world).pages > 1
