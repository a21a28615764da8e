"""How headquarters makes content packs: three keys on three sticks, a folder, two signatures.

1. A key is made straight onto its stick, under a phrase of its own, and never kept in the vault: that knows the
   public halves only.
2. The office names its first root once, with the stick of the offline keys in: so posts that compared the office's
   words know whose packs these are.
3. A pack is checked as a post will check it before anybody signs, and again by each who signs.
4. With the second signature headquarters takes the pack in itself: the next one gets the next number.
5. The newest trust list goes with every pack. When the certificate key changes, the same first root is named anew
   by the new key, and the packs carry who vouched for it: posts that have not heard of it yet follow.

Signing is two people, one after the other, each with their stick: `sign` is called twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from fieldkit.content import packs as pack_content
from fieldkit.content.packs import MANIFEST, TRUST_LIST, Manifest
from fieldkit.crypto.offline import OfflineKeys, open_offline
from fieldkit.crypto.pack_keys import PackKey, open_pack_key, seal_pack_key
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.access import Action
from fieldkit.domain.entries import canonical, read_object, subject
from fieldkit.files import read_bounded
from fieldkit.headquarters.faults import HeadquartersFault
from fieldkit.services import devices, enrolment, packs
from fieldkit.services.errors import ContentRefused, DeskFault
from fieldkit.services.in_force import PACK
from fieldkit.services.pack_source import gather
from fieldkit.services.vault import OpenVault, check_phrase
from fieldkit.sync.packs import layout, signing
from fieldkit.sync.packs.anchor import Anchor, read_anchor, write_anchor
from fieldkit.sync.packs.faults import PackFault
from fieldkit.sync.packs.signing import Signatures
from fieldkit.sync.packs.stick import Stick
from fieldkit.sync.packs.verified import signed_digest
from fieldkit.sync.trust import OfficeFile

KEY_FILE = "pack-key.age"
KEYS, ROOTS, NEXT_ROOT, ANCHOR = "pack keys", "pack roots", "pack next root", "pack anchor"
"""Names among the belongings: public halves, and roots that are not signed yet."""

ROOT_LASTS = timedelta(days=5 * 365)
PACK_LASTS = timedelta(days=365)
"""Proposals. An expired pack warns; keys that nobody has used for years should be looked for."""

MAX_KEY_FILE = 16 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new pack is to be. `folder` holds its content under the names of `content.packs`."""

    folder: Path
    title: str
    active_from: date
    expires: date | None = None
    reviewed_by: str = ""
    reviewed_on: date | None = None


def new_key(vault: OpenVault, stick: Path, phrase: str) -> str:
    """Make a key on a stick; its number, by which people tell the three apart.

    Raises DeskFault `pack.weak_phrase`, `pack.key_exists`; DeviceFault; PersonFault `access.not_allowed`.
    """
    vault.demand(Action.CERTIFY)
    office = enrolment.known_office(vault)
    if check_phrase(phrase, (office.name, vault.person.label)) is not None:
        raise DeskFault("pack.weak_phrase")
    if (stick / KEY_FILE).exists():
        raise DeskFault("pack.key_exists")
    key = SigningKey.generate(vault.world.randomness)
    Stick(stick).write(KEY_FILE, seal_pack_key(PackKey(office.organisation, key), phrase))
    vault.belongings.put(KEYS, _hex([*keys(vault), key.public]))
    return signing.key_number(key.public)


def keys(vault: OpenVault) -> tuple[bytes, ...]:
    """The public halves of the keys that were made here, in the order of their making."""
    content = vault.belongings.get(KEYS)
    return (
        tuple(bytes.fromhex(text) for text in read_object(content, "pack.altered")["keys"]) if content else ()
    )


def signing_keys(vault: OpenVault) -> tuple[str, ...]:
    """The numbers of the three keys that sign; empty while the office has not named them."""
    roots = _roots(vault)
    return tuple(sorted(signing.key_number(key) for key in signing.root_keys(roots[-1]))) if roots else ()


def found(vault: OpenVault, offline_file: bytes, offline_phrase: str) -> tuple[str, ...]:
    """Name the last three keys that were made as those that sign packs; their numbers.

    Raises DeskFault `pack.founded_already`; PackFault `pack.keys`; OfflineFault, SealFault; HeadquartersFault
    `headquarters.other_stick`.
    """
    vault.demand(Action.CERTIFY)
    if _roots(vault):
        raise DeskFault("pack.founded_already")
    office = enrolment.known_office(vault)
    root = signing.first_root(keys(vault)[-signing.KEYS :], vault.world.clock.now() + ROOT_LASTS)
    offline = open_offline(offline_file, offline_phrase)
    if (offline.organisation, offline.certificates.public) != (office.organisation, office.certificate_key):
        raise HeadquartersFault("headquarters.other_stick")
    anchor = write_anchor(Anchor(office.organisation, signed_digest(root)), offline.certificates)
    with vault.database.transaction():
        vault.belongings.put(ANCHOR, anchor)
        vault.belongings.put(ROOTS, _texts([root]))
        _note(
            vault,
            "keys",
            "pack.keys_named",
            {"keys": [signing.key_number(key) for key in signing.root_keys(root)]},
        )
    return signing_keys(vault)


def name_again(vault: OpenVault, former: OfficeFile, offline: OfflineKeys) -> None:
    """Let a new certificate key name the first root that the former one named; nothing before packs are founded."""
    content = vault.belongings.get(ANCHOR)
    if content is not None:
        vault.belongings.put(ANCHOR, write_anchor(read_anchor(content, former), offline.certificates))


def replace_key(vault: OpenVault, lost: str, new: str) -> tuple[str, ...]:
    """Let the key `new` take the place of `lost` (numbers) from the next pack on; two of the old ones must sign it.

    Raises DeskFault `pack.not_founded`; PackFault `pack.keys`.
    """
    vault.demand(Action.CERTIFY)
    roots = _signed_roots(vault)
    made = {signing.key_number(key): key for key in keys(vault)}
    left = [key for key in signing.root_keys(roots[-1]) if signing.key_number(key) != lost]
    if new not in made or len(left) != signing.KEYS - 1:
        raise PackFault("pack.keys")
    root = signing.next_root(roots[-1], [*left, made[new]], vault.world.clock.now() + ROOT_LASTS)
    with vault.database.transaction():
        vault.belongings.put(NEXT_ROOT, root)
        _note(vault, "keys", "pack.key_replaced", {"lost": lost, "new": new})
    return tuple(sorted(signing.key_number(key) for key in signing.root_keys(root)))


def make(vault: OpenVault, wanted: Wanted, out: Path) -> Path:
    """Lay out the next pack in a new folder in `out`, not signed yet; the folder.

    Raises DeskFault `pack.not_founded`, `pack.folder_not_empty`; ContentRefused, ContentFault naming what cannot be
    used; PackFault `pack.name`, `pack.too_large`; DeviceFault. Then no folder stands there.
    """
    vault.demand(Action.CERTIFY)
    roots, number = _all_roots(vault), next_number(vault)
    files = gather(wanted.folder)
    manifest = _manifest(vault, wanted, number)
    files = {**files, MANIFEST: manifest.to_bytes()}
    trusted = devices.list_file(vault)
    if trusted is not None:
        files[TRUST_LIST] = trusted.content
    packs.check_files(files)
    if pack_content.read_manifest(files[MANIFEST]) != manifest:
        raise ContentRefused("pack.unsound", file=MANIFEST)
    until = wanted.expires or max(vault.world.today(), wanted.active_from) + PACK_LASTS
    laid = signing.lay_out(
        number, files, roots, vault.belongings.get(ANCHOR) or b"", datetime.combine(until, time(), UTC)
    )
    for place, vouched in enumerate(enrolment.office_keys(vault).successions, start=1):
        laid[layout.succession_file(place)] = vouched
    folder = out / f"fieldkit-pack-{number}"
    if folder.exists():
        raise DeskFault("pack.folder_not_empty", file=folder.name)
    # The timestamp comes last: without it nobody takes the folder for a pack.
    for name in sorted(laid, key=lambda one: one == layout.TIMESTAMP):
        Stick(folder).write(name, laid[name])
    return folder


def next_number(vault: OpenVault) -> int:
    """The number of the next pack."""
    return max((pack.number for pack in vault.packs.all()), default=0) + 1


def read_draft(folder: Path) -> tuple[Manifest, Signatures]:
    """What lies in a folder to be signed, and who has signed. Raises PackFault, ContentFault."""
    stick = Stick(folder)
    files = signing.listed(stick.read)
    packs.check_files(files)
    return pack_content.read_manifest(files.get(MANIFEST, b"")), signing.signatures(stick.read)


def sign(vault: OpenVault, folder: Path, key_file: bytes, phrase: str) -> Signatures:
    """Sign a pack with one stick; with the second signature it is complete and headquarters takes it in (rule 4).

    Raises PackFault `pack.not_our_key`, `pack.signed_already`, `pack.complete`, `pack.altered`, `pack.unsound`;
    OfflineFault `offline.wrong_phrase`; SealFault; ContentFault, ContentRefused; DeviceFault.
    """
    vault.demand(Action.CERTIFY)
    manifest, _ = read_draft(folder)
    if (manifest.organisation, manifest.number) != (
        enrolment.known_office(vault).organisation,
        next_number(vault),
    ):
        raise PackFault("pack.unsound", file=MANIFEST)
    opened = open_pack_key(key_file, phrase)
    if opened.organisation != manifest.organisation:
        raise PackFault("pack.not_our_key")
    stick = Stick(folder)
    written = signing.sign(stick.read, opened.key)
    for name, content in written.items():
        stick.write(name, content)
    about = {"key": signing.key_number(opened.key.public), "title": manifest.title}
    _note(vault, str(manifest.number), "pack.signed", about)
    state = signing.signatures(stick.read)
    if state.missing == 0:
        packs.accept(vault, folder)
        vault.belongings.drop(NEXT_ROOT)
    return state


def read_key_file(stick: Path) -> bytes:
    """The key file on a stick. Raises PackFault `pack.key_unreadable`."""
    path = stick / KEY_FILE if stick.is_dir() else stick
    try:
        content = read_bounded(path, MAX_KEY_FILE)
    except OSError as error:
        raise PackFault("pack.key_unreadable") from error
    if content is None:
        raise PackFault("pack.key_unreadable")
    return content


def _manifest(vault: OpenVault, wanted: Wanted, number: int) -> Manifest:
    organisation = enrolment.known_office(vault).organisation
    made, by, on = vault.world.today(), wanted.reviewed_by, wanted.reviewed_on
    return Manifest(organisation, number, wanted.title.strip(), made, wanted.active_from, by, on)


def _roots(vault: OpenVault) -> tuple[bytes, ...]:
    """The roots up to the present one: those of the last pack, or the first one that nobody has signed yet."""
    before = packs.held(vault)
    if before is not None:
        return before.roots
    content = vault.belongings.get(ROOTS)
    return tuple(text.encode() for text in read_object(content, "pack.altered")["roots"]) if content else ()


def _signed_roots(vault: OpenVault) -> tuple[bytes, ...]:
    before = packs.held(vault)
    if before is None:
        raise DeskFault("pack.not_founded")
    return before.roots


def _all_roots(vault: OpenVault) -> Sequence[bytes]:
    roots, later = _roots(vault), vault.belongings.get(NEXT_ROOT)
    if not roots:
        raise DeskFault("pack.not_founded")
    return roots if later is None else (*roots, later)


def _hex(public: Sequence[bytes]) -> bytes:
    return canonical({"keys": [key.hex() for key in public]})


def _texts(roots: Sequence[bytes]) -> bytes:
    return canonical({"roots": [root.decode() for root in roots]})


def _note(vault: OpenVault, about: str, kind: str, payload: Mapping[str, str | list[str]]) -> None:
    vault.journal.append(
        actor=vault.person.id, subject=subject(PACK, about), kind=kind, payload=dict(payload)
    )
