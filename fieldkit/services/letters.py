"""What a letter says to the person who opens it, and how it comes onto a stick.

1. The text says the same as the signed part, in the words of one language, without any mark-up.
2. A file appears under its final name whole or not at all; what is recorded about it and the file go together.
3. File names say nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from fieldkit.content.codebook import Codebook
from fieldkit.crypto.signature import minisign_public_text
from fieldkit.domain.sharing import Purpose, Rule, SharingProtocol
from fieldkit.files import open_regular, write_whole
from fieldkit.languages.catalogues import Words, load
from fieldkit.languages.marking import mark
from fieldkit.services.errors import ContentRefused, ExchangeFault, stick_faults
from fieldkit.storage.errors import DatabaseFault
from fieldkit.sync.shares import MAX_SEALED_BYTES, LetterFault

AGREED = "yes"
"""What stands in a letter when the person said yes; else the name of the rule."""

PURPOSES = {
    Purpose.REFERRAL: mark("Help from this recipient"),
    Purpose.HAND_OVER: mark("Taking over the case"),
    Purpose.ABROAD: mark("Protection in another country"),
    Purpose.FAMILY: mark("Looking for family"),
}
AGREEMENTS = {
    AGREED: mark("The person agreed that you receive this."),
    Rule.CHILD.value: mark(
        "Sent to protect a child, as the rule allows. The person was told or will be told."
    ),
    Rule.DANGER.value: mark("Sent because a life is in danger, as the rule allows. The person was told."),
}

Case = dict[str, Any]


def share_text(
    head: dict[str, str], cases: Sequence[Case], *, to: str, key: bytes, codebook: Codebook, tag: str
) -> str:
    """The readable half of a share or hand-over. `head` has from, day, purpose, basis, agreement, expires."""
    return "\n".join(_share_lines(head, cases, to, key, codebook, tag)) + "\n"


def _share_lines(
    head: dict[str, str], cases: Sequence[Case], to: str, key: bytes, codebook: Codebook, tag: str
) -> Iterator[str]:
    words = load(tag, "interface")
    yield words.say("From: {post}", post=head["from"])
    yield words.say("To: {recipient}", recipient=to)
    yield words.say("Day: {day}", day=head["day"])
    yield words.say("Purpose: {purpose}", purpose=words.say(PURPOSES[Purpose(head["purpose"])]))
    yield words.say("By which agreement between us: {basis}", basis=head["basis"])
    yield words.say(AGREEMENTS[head["agreement"]])
    yield words.say("Use this for the purpose above only, and give it to nobody else.")
    for case in cases:
        yield ""
        yield words.say("Number {number}", number=case["number"])
        yield from _case_lines(case, codebook, words, tag)
    yield ""
    yield words.say("Signed with this key: {key}", key=minisign_public_text(key).splitlines()[1])


def _case_lines(case: Case, codebook: Codebook, words: Words, tag: str) -> Iterator[str]:
    names = load(tag, "codebook")
    for category in case["categories"]:
        yield words.say("May need: {category}", category=codebook.category_name(category, names))
    for answer in case["answers"]:
        yield f"- {answer['question']}"
        yield f"  {answer['words']}"


def plain_text(lines: Sequence[str]) -> str:
    """A few lines as a text."""
    return "\n".join(lines) + "\n"


def protocol_head(protocol: SharingProtocol, *, post: str, day: str, agreement: str) -> dict[str, str]:
    """What a letter says of the agreement under which it goes."""
    return {
        "from": post,
        "day": day,
        "protocol": protocol.id,
        "purpose": protocol.purpose.value,
        "basis": protocol.basis,
        "expires": protocol.expires.isoformat(),
        "agreement": agreement,
    }


def write_all(folder: Path, files: Sequence[tuple[str, bytes]], record: Callable[[], None]) -> None:
    """Write files into `folder`, then record that they left; when either fails none of them stays (rule 2).

    Raises ExchangeFault `exchange.no_folder`; DatabaseFault `exchange.disk_full`, `exchange.disk_failed`.
    """
    if not folder.is_dir():
        raise ExchangeFault("exchange.no_folder")
    try:
        for name, content in files:
            _write(folder / name, content)
        record()
    except BaseException:
        for name, _ in files:
            with suppress(OSError):  # the stick is gone, and what was on it with it
                (folder / name).unlink(missing_ok=True)
        raise


def read_file(path: Path) -> bytes:
    """The bytes of a letter on a stick. Raises ContentRefused `bundle.not_a_file`; LetterFault `letter.too_large`;
    DatabaseFault `exchange.disk_failed`."""
    try:
        with open_regular(path) as file:
            if file is None:
                raise ContentRefused("bundle.not_a_file")
            content = file.read(MAX_SEALED_BYTES + 1)
    except OSError as error:
        raise DatabaseFault("exchange.disk_failed") from error
    if len(content) > MAX_SEALED_BYTES:
        raise LetterFault("letter.too_large")
    return content


def _write(path: Path, content: bytes) -> None:
    with stick_faults():
        write_whole(path, content)
