"""Content packs at a post: looked at, taken in, in force from their day (`vault-and-bundles.md`, content packs).

1. A pack is believed when the office whose words were compared here named its first root (`sync.packs.anchor`), and
   two of its three keys signed it (`sync.packs.verified`).
2. It is taken whole or not at all: all is verified and read as it will be used, then one transaction keeps it.
3. It waits for its day; an administrator may let it begin earlier, with a reason. Going back needs a newer pack.
4. An expired pack is told, and stays.
5. The trust list that comes with a pack, and who vouched for a new certificate key, are taken in with it. An older
   list than the one that is held is left aside: the pack may have lain on its stick for long.

Each step is an entry about the subject `content pack/<number>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fieldkit.content import packs as pack_content
from fieldkit.content.faults import ContentFault
from fieldkit.content.packs import MANIFEST, TRUST_LIST, Insert, Manifest
from fieldkit.domain.access import Action
from fieldkit.domain.entries import canonical, read_object, subject
from fieldkit.domain.errors import FieldkitError, ForeignFault
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.languages.autonyms import language
from fieldkit.languages.catalogues import Compiled
from fieldkit.languages.compiling import compile_content
from fieldkit.languages.quality import altered_entries
from fieldkit.services import booklet, devices, enrolment, in_force, judge, pack_floor, pack_forms
from fieldkit.services.about import about
from fieldkit.services.errors import ContentRefused, DeskFault, ExchangeFault
from fieldkit.services.in_force import PACK, KnownPack
from fieldkit.services.media_types import medium_of
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.storage.attachments import form_holder
from fieldkit.sync.packs import layout, verified
from fieldkit.sync.packs.anchor import Anchor, read_anchor
from fieldkit.sync.packs.faults import PackFault
from fieldkit.sync.packs.stick import Stick
from fieldkit.sync.packs.verified import Held, Verified
from fieldkit.sync.succession import read_succession
from fieldkit.sync.trust import OfficeFile
from fieldkit.sync.trust_list import is_news, read_trust_list

HELD = "packs held"
"""Roots, timestamp and snapshot of the pack accepted last, among the belongings."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A pack that was verified and may be taken in; nothing of it is kept."""

    manifest: Manifest
    expires: date
    forms: tuple[str, ...]
    files: int
    waits: bool
    expired: bool


@dataclass(frozen=True, slots=True)
class State:
    """What is in force here. `fault` says why the shipped content serves where a pack should."""

    in_force: KnownPack | None
    waiting: tuple[KnownPack, ...]
    earlier: tuple[KnownPack, ...]
    expired: bool
    rules: str
    codebook: int
    fault: FieldkitError | None


def state(vault: OpenVault) -> State:
    """The packs of this vault, after those whose day has come came into force."""
    in_force.activate_due(vault)
    now, waiting = vault.packs.in_force, vault.packs.waiting
    earlier = tuple(pack for pack in vault.packs.all() if pack != now and pack not in waiting)
    expired = now is not None and now.expires < vault.world.today()
    book = about(vault).codebook
    return State(now, waiting, earlier, expired, vault.rules.version, book, vault.content[1])


def look(vault: OpenVault, folder: Path) -> Looked:
    """Verify a pack; nothing is kept. Raises as `accept`."""
    vault.demand(Action.IMPORT_FORM)
    found, files, _ = _believed(vault, folder)
    manifest = _checked(vault, found, files)
    today, expires = vault.world.today(), found.expires.date()
    forms = pack_content.forms(Shelf(resources(), files))
    return Looked(manifest, expires, forms, len(files), manifest.active_from > today, expires < today)


def accept(vault: OpenVault, folder: Path) -> KnownPack:
    """Take a pack in, whole or not at all. It is in force at once when its day has come.

    Raises PackFault; ContentFault, ContentRefused naming what cannot be used; ExchangeFault `pack.no_office`;
    PersonFault `access.not_allowed`; DeviceFault. Then nothing has changed.
    """
    vault.demand(Action.IMPORT_FORM)
    found, files, said = _believed(vault, folder)
    manifest = _checked(vault, found, files)
    pack = KnownPack(
        manifest.number,
        manifest.title,
        manifest.active_from,
        found.expires.date(),
        manifest.reviewed_by,
        manifest.reviewed_on,
        vault.world.today(),
    )
    with vault.database.transaction():
        vault.packs.keep_files(pack.number, files)
        vault.packs.keep_words(pack.number, _words(files))
        _keep_media(vault, Shelf(resources(), files))
        vault.packs.keep(pack)
        vault.belongings.put(HELD, _held_bytes(found.held))
        _note(
            vault, pack, "pack.accepted", {"title": pack.title, "active_from": pack.active_from.isoformat()}
        )
    for content in said:
        devices.take_in(vault, content)
    in_force.activate_due(vault)
    return vault.packs.find(pack.number) or pack


def activate(vault: OpenVault, number: int, reason: str) -> KnownPack:
    """Let a pack that waits begin now. Raises DeskFault `pack.unknown`, `pack.not_waiting`, `pack.reason_missing`;
    PersonFault `access.not_allowed`."""
    vault.demand(Action.IMPORT_FORM)
    pack = vault.packs.find(number)
    if pack is None:
        raise DeskFault("pack.unknown")
    if pack not in vault.packs.waiting:
        raise DeskFault("pack.not_waiting")
    if not reason.strip():
        raise DeskFault("pack.reason_missing")
    return in_force.begin(vault, pack, reason.strip())


def rules_of(vault: OpenVault, version: str) -> int | None:
    """The number of the pack whose rules have this version; None for the shipped ones and for unknown ones."""
    for pack in vault.packs.all():
        shelf = vault.packs.shelf(pack.number)
        try:
            if pack_content.rules_version(shelf) == version:
                return pack.number
        except ContentFault:
            continue
    return None


def held(vault: OpenVault) -> Held | None:
    """What was accepted last, for verifying what comes after it."""
    content = vault.belongings.get(HELD)
    if content is None:
        return None
    fields = read_object(content, "pack.altered")
    roots = tuple(text.encode("utf-8") for text in fields["roots"])
    return Held(
        fields["number"], roots, fields["timestamp"].encode("utf-8"), fields["snapshot"].encode("utf-8")
    )


def _held_bytes(what: Held) -> bytes:
    return canonical(
        {
            "number": what.number,
            "roots": [root.decode("utf-8") for root in what.roots],
            "snapshot": what.snapshot.decode("utf-8"),
            "timestamp": what.timestamp.decode("utf-8"),
        }
    )


def _believed(vault: OpenVault, folder: Path) -> tuple[Verified, Mapping[str, bytes], tuple[bytes, ...]]:
    """The pack and its files, verified (rule 1), and what headquarters says of trust with it (rule 5)."""
    stick = Stick(folder)
    office, vouched = _office(vault, stick)
    found = verified.verify(stick.read, _known(vault, stick, office))
    files = {name: verified.fetch(stick.read, file) for name, file in found.files.items()}
    return found, files, (*vouched, *_news(vault, office, files.get(TRUST_LIST)))


def _office(vault: OpenVault, stick: Stick) -> tuple[OfficeFile, tuple[bytes, ...]]:
    """The office as it is now, and the statements that lead there from the one that is known here."""
    try:
        office = enrolment.known_office(vault)
    except ExchangeFault as fault:
        raise ExchangeFault("pack.no_office") from fault
    vouched = []
    for number in range(1, layout.MAX_ROTATIONS):
        content = stick.read(layout.succession_file(number), layout.MAX_ANCHOR)
        if content is None:
            break
        came = read_succession(content)
        if came.former == office.certificate_key and came.office.organisation == office.organisation:
            office = came.office
            vouched.append(content)
    return office, tuple(vouched)


def _news(vault: OpenVault, office: OfficeFile, content: bytes | None) -> tuple[bytes, ...]:
    """The trust list of a pack, if it says anything new here."""
    if content is None or vault.desk is not Desk.POST:
        return ()
    came, held_here = read_trust_list(content, office), enrolment.held_list(vault)
    if held_here is not None and came.number < held_here.number:
        return ()
    return (content,) if is_news(came, held_here) else ()


def _known(vault: OpenVault, stick: Stick, office: OfficeFile) -> Anchor | Held:
    """What was accepted last, or what the office names as its first root.

    The anchor is read every time: a folder with another office's is refused, whatever else is in it.
    """
    content = stick.read(layout.ANCHOR, layout.MAX_ANCHOR)
    if content is None:
        raise PackFault("pack.not_a_pack")
    anchor = read_anchor(content, office)
    return held(vault) or anchor


def _checked(vault: OpenVault, found: Verified, files: Mapping[str, bytes]) -> Manifest:
    """What the pack says of itself, after everything in it was read as it will be used (rule 2)."""
    if MANIFEST not in files:
        raise PackFault("pack.unsound", file=MANIFEST)
    manifest = pack_content.read_manifest(files[MANIFEST])
    if (manifest.organisation, manifest.number) != (enrolment.known_office(vault).organisation, found.number):
        raise PackFault("pack.unsound", file=MANIFEST)
    check_files(files)
    return manifest


def check_files(files: Mapping[str, bytes]) -> None:
    """Read all content of a pack as it will be used. Raises ContentFault, ContentRefused."""
    pack_content.check(files, resources())
    shelf = Shelf(resources(), files)
    _words(files)
    pack_forms.check(shelf)
    booklet.check(shelf)
    _demand_compiled(shelf)
    pack_floor.check(shelf)


def _demand_compiled(shelf: Shelf) -> None:
    """Return when every condition of a pack can be evaluated. Raises ContentRefused naming rule and row."""
    for rule in pack_content.rules_of(shelf):
        if not _compiles(rule.when):
            row = pack_content.row_of_rule(shelf, rule.id)
            raise ContentRefused("pack.rule_refused", rule=rule.id, row=row)
    for row, movement in enumerate(pack_content.movement_of(shelf), 2):
        if movement.when and not _compiles(movement.when):
            raise ContentRefused("pack.movement_refused", rule=movement.id, row=row)


def _compiles(when: str) -> bool:
    try:
        judge.demand_compiles(when)
    except FieldkitError:
        return False
    return True


def _words(files: Mapping[str, bytes]) -> dict[tuple[str, str], Compiled]:
    """The catalogues of a pack, compiled. Raises ContentRefused `pack.words_refused`, naming the file."""
    found = {}
    for (tag, domain), content in pack_content.translations(files).items():
        name = f"translations/{tag}/{domain}.po"
        try:
            altered = altered_entries(content, tag, name)
            found[tag, domain] = compile_content(content, tag, name)
        except ForeignFault as fault:
            raise ContentRefused("pack.words_unreadable", file=name) from fault
        if altered:
            raise ContentRefused("pack.words_altered", file=name, count=altered)
        if language(tag) is None:
            raise ContentRefused("pack.words_language", file=name)
    return found


def _keep_media(vault: OpenVault, shelf: Shelf) -> None:
    """A form's pictures, sounds and films lie where those of every form lie."""
    for form in pack_content.forms(shelf):
        place = form_holder(form, pack_forms.marks(shelf, form).version)
        for name, content in pack_forms.media(shelf, form).items():
            vault.attachments.put(place, name, content, media_type=medium_of(content, name).media_type)


def _note(vault: OpenVault, pack: KnownPack, kind: str, payload: Mapping[str, str]) -> None:
    vault.journal.append(
        actor=vault.person.id, subject=subject(PACK, str(pack.number)), kind=kind, payload=dict(payload)
    )


def inserts(vault: OpenVault) -> tuple[Insert, ...]:
    """The reviewed sentences of the pack in force, each with who reviewed it and when."""
    return pack_content.inserts(vault.content[0])
