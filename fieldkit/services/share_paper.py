"""The paper that goes beside a sealed share (R-166): to whom it goes, by which agreement between offices, until
when.

1. Nothing of the content stands on it: no answer, no name of a person, no number of a case, no category. What
   kinds of answers go is told by their names, so that whoever receives it knows what they may keep.
2. The words are those that two people read to each other when the contact was kept, and those of this post:
   whoever opens the file can ask for them over the telephone.
3. A share that was made under a protocol or to a contact that is not here any more has no paper: nothing is
   guessed.
"""

from collections.abc import Iterator

from fieldkit.crypto.phrases import fingerprint_words
from fieldkit.domain.access import Action
from fieldkit.domain.document import Block, Document, Heading, Page, Paragraph, Run, Table
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.sharing import SharingProtocol
from fieldkit.forms.session import Session
from fieldkit.languages import catalogues
from fieldkit.languages.catalogues import Words
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date, format_list
from fieldkit.services import contacts, forms_held
from fieldkit.services.contacts import Contact
from fieldkit.services.errors import DeskFault
from fieldkit.services.sharing import shares
from fieldkit.services.vault import OpenVault
from fieldkit.storage.shared import ShareRow
from fieldkit.sync.contact_file import fingerprint_of

TITLE = mark("A sealed file")
_TOLD = mark(
    "With this paper goes a file that only the recipient can open. Nothing of what is in it stands here."
)
_ASK = mark(
    "Before you open it, call this office on a number that you know. Read the ten words to each other. If one is "
    "different, do not open it."
)
_END = mark(
    "After this day nothing more may be shared under this agreement. Keep what you got only as long as it says."
)
_ROWS = (
    mark("From"),
    mark("To"),
    mark("Day"),
    mark("Agreement between the offices"),
    mark("What it rests on"),
    mark("Ends on"),
    mark("What kinds of answers"),
    mark("File"),
    mark("Words of the recipient"),
    mark("Words of this office"),
)
_WIDTHS = (0.34, 0.66)
_EMPTY = frozenset({isolate(""), isolate_words("")})


def document(vault: OpenVault, case: str, share: str, language: str, file: str = "") -> Document:
    """The paper of one share in one language; `file` is the name of the sealed file where it is known.

    Raises PersonFault `access.not_allowed`; DeskFault `share.unknown`, `share.no_protocol`.
    """
    vault.demand(Action.SHARE)
    held = next((one for one in shares(vault, case) if one.share == share), None)
    if held is None:
        raise DeskFault("share.unknown")
    contact, protocol = contacts.find(vault, held.contact), contacts.find_protocol(vault, held.protocol)
    if protocol is None:
        raise DeskFault("share.no_protocol")
    words = catalogues.load(language, "interface")
    return Document(
        title=words.say(TITLE),
        language=language,
        blocks=tuple(_blocks(vault, held, contact, protocol, words, file)),
        page=Page.A4,
    )


def _blocks(
    vault: OpenVault, held: ShareRow, contact: Contact, protocol: SharingProtocol, words: Words, file: str
) -> Iterator[Block]:
    tag = words.tag
    yield Heading(1, (Run(words.say(TITLE), bold=True),), tag)
    yield Paragraph((Run(words.say(_TOLD)),), tag)
    said = (
        isolate_words(vault.name),
        isolate_words(contact.name),
        format_date(held.day, tag),
        isolate_words(f"{protocol.name} ({protocol.id})"),
        isolate_words(protocol.basis),
        format_date(protocol.expires.isoformat(), tag),
        format_list([isolate_words(one) for one in field_names(vault, held.fields, tag)], tag),
        isolate(file),
        isolate_words(
            " ".join(fingerprint_words(fingerprint_of(contact.name, contact.recipient, contact.key)))
        ),
        isolate_words(" ".join(contacts.own_summary(vault).words)),
    )
    rows = [(label, value) for label, value in zip(_ROWS, said, strict=True) if value and value not in _EMPTY]
    cells = tuple(((Run(words.say(label)),), (Run(value, bold=True),)) for label, value in rows)
    yield Table(cells, tag, _WIDTHS)
    for sentence in (_ASK, _END):
        yield Paragraph((Run(words.say(sentence)),), tag)


def field_names(vault: OpenVault, names: tuple[str, ...], tag: str) -> tuple[str, ...]:
    """Codebook names as a person reads them: the question of one of our forms, else the label of what is worked
    out."""
    codebook = catalogues.load(tag, "codebook")
    asked = _questions(vault, frozenset(names), tag)
    return tuple(
        asked.get(name) or vault.codebook.fact_label(name, codebook) or name.replace("_", " ")
        for name in names
    )


def _questions(vault: OpenVault, names: frozenset[str], tag: str) -> dict[str, str]:
    """What our own forms ask under these names, without any interview being opened for it."""
    found: dict[str, str] = {}
    for form_id in forms_held.accesses(vault):
        try:
            form = forms_held.hold(vault, form_id).form
        except FieldkitError:
            continue  # a form of another region
        refs = {one.path[-1]: one.path for one in form.controls if one.path and one.path[-1] in names}
        wanted = refs.keys() - found.keys()
        if not wanted:
            continue
        session = Session(form, clock=vault.world.clock, randomness=vault.world.randomness)
        for name in wanted:
            found[name] = session.label("/" + "/".join(refs[name]), tag).text
        if found.keys() == names:
            break
    return {name: label for name, label in found.items() if label}
