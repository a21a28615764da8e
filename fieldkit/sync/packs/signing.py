"""How headquarters signs a content pack: two of three keys, each on a stick of its own, one after the other.

1. A pack is laid out unsigned; each person with a stick looks at it and signs all of it at once. With the second
   signature it is complete; nothing is converted or copied in between.
2. What is signed is what lies there: whoever signs verifies the files and the signatures before theirs.
3. A key is replaced by a new root, signed by two keys of the old one and two of its own.

The other door to `tuf` is `verified`. Signatures are made by `crypto.signature`, the same key type as everywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from securesystemslib.signer import Key, Signature, Signer, SSlibKey
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from fieldkit.crypto.primitives import sha256
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.entries import canonical
from fieldkit.sync.packs import layout
from fieldkit.sync.packs.faults import PackFault
from fieldkit.sync.packs.layout import Read
from fieldkit.sync.packs.verified import BELONGS_TO, PackFile, fetch, read_part, read_role

KEYS, THRESHOLD = 3, 2
_ED25519 = "ed25519"
_ROLES = ("root", "snapshot", "targets", "timestamp")


@dataclass(frozen=True, slots=True)
class Signatures:
    """How far a pack has come: the numbers of the keys that have signed all of it, and what is still needed."""

    signed: tuple[str, ...]
    missing: int


def first_root(keys: Sequence[bytes], expires: datetime) -> bytes:
    """The first root, unsigned: three public keys, each 32 bytes. Raises PackFault `pack.keys`."""
    return _root(1, keys, expires)


def next_root(before: bytes, keys: Sequence[bytes], expires: datetime) -> bytes:
    """The root after `before`, unsigned, with these keys. Raises PackFault `pack.keys`."""
    old = read_role(before, Root)
    kept = set(root_keys(before)) & set(keys)
    if len(kept) < THRESHOLD:  # else no two people could sign it for both
        raise PackFault("pack.keys")
    return _root(old.version + 1, keys, expires)


def root_keys(root: bytes) -> tuple[bytes, ...]:
    """The public keys of a root."""
    read = read_role(root, Root)
    return tuple(bytes.fromhex(read.keys[one].keyval["public"]) for one in sorted(read.roles["root"].keyids))


def lay_out(
    number: int, files: Mapping[str, bytes], roots: Sequence[bytes], anchor: bytes, expires: datetime
) -> dict[str, bytes]:
    """Everything of a pack by its name in the folder, not signed yet.

    Raises PackFault `pack.name`, `pack.too_large`.
    """
    _demand_bounds(files)
    until = _utc(expires)
    listed = {name: TargetFile(len(content), _digest(content), name) for name, content in files.items()}
    targets = Metadata(Targets(version=number, expires=until, targets=listed))
    snapshot = Metadata(Snapshot(version=number, expires=until, meta={"targets.json": MetaFile(number)}))
    snapshot.signed.unrecognized_fields[BELONGS_TO] = sha256(targets.signed_bytes).hex()
    timestamp = Metadata(Timestamp(version=number, expires=until, snapshot_meta=MetaFile(number)))
    timestamp.signed.unrecognized_fields[BELONGS_TO] = sha256(snapshot.signed_bytes).hex()
    return {
        layout.ANCHOR: anchor,
        **{layout.root_file(place): root for place, root in enumerate(roots, start=1)},
        layout.TIMESTAMP: timestamp.to_bytes(),
        layout.snapshot_file(number): snapshot.to_bytes(),
        layout.targets_file(number): targets.to_bytes(),
        **{layout.content_file(sha256(content).hex()): content for content in files.values()},
    }


def sign(read: Read, key: SigningKey) -> dict[str, bytes]:
    """The four parts of a pack with one more signature: what is to be written over those that lie there.

    Raises PackFault `pack.not_our_key`, `pack.signed_already`, `pack.complete`, `pack.altered`, others of
    reading.
    """
    names = _names(read)
    listed(read)
    state = signatures(read)
    if key.public not in _may_sign(read):
        raise PackFault("pack.not_our_key")
    if _key(key.public).keyid in state.signed:
        raise PackFault("pack.signed_already")
    if state.missing == 0:
        raise PackFault("pack.complete")
    return {name: _with_signature(read, name, key) for name in names}


def signatures(read: Read) -> Signatures:
    """Who has signed so far. Raises PackFault `pack.altered` when what was signed was changed since."""
    root = read_role(_last_root(read), Root)
    by_all: set[str] | None = None
    missing = 0
    for name in _names(read):
        part = read_part(_needed(read, name))
        result = root.get_verification_result(part.signed.type, part.signed_bytes, part.signatures)
        previous = _root_before(read, part.signed)
        old = (
            previous.get_verification_result("root", part.signed_bytes, part.signatures) if previous else None
        )
        results = (
            (result,) if old is None else (result, old)
        )  # a result is false while signatures are missing
        right = {one for found in results for one in found.signed}
        if set(part.signatures) - right:
            raise PackFault("pack.altered")
        by_all = right if by_all is None else by_all & right
        missing = max(missing, *(found.missing for found in results))
    return Signatures(tuple(sorted(by_all or ())), missing)


def listed(read: Read) -> Mapping[str, bytes]:
    """The files of a pack that is being signed, each as its list says. Raises PackFault."""
    targets = read_role(_needed(read, layout.targets_file(_number(read))), Targets)
    return {
        name: fetch(read, PackFile(name, one.length, one.hashes["sha256"]))
        for name, one in targets.targets.items()
    }


def key_number(public: bytes) -> str:
    """By what a key is told from another: the first eight digits of its id."""
    return str(_key(public).keyid)[:8]


class _Stick(Signer):
    """Lets our own signing key sign for the library."""

    def __init__(self, key: SigningKey) -> None:
        self._signing = key
        self._public = _key(key.public)

    @property
    def public_key(self) -> Key:
        return self._public

    @classmethod
    def from_priv_key_uri(cls, priv_key_uri: str, public_key: Key, secrets_handler: Any = None) -> "_Stick":
        """Not offered: a key lies on a stick, never at an address."""
        raise NotImplementedError

    def sign(self, payload: bytes) -> Signature:
        return Signature(self._public.keyid, self._signing.sign(payload).hex())


def _with_signature(read: Read, name: str, key: SigningKey) -> bytes:
    part = read_part(_needed(read, name))
    part.sign(_Stick(key), append=True)
    part.signatures = dict(sorted(part.signatures.items()))
    return part.to_bytes()


def _root(version: int, keys: Sequence[bytes], expires: datetime) -> bytes:
    if len(set(keys)) != KEYS or len(keys) != KEYS:
        raise PackFault("pack.keys")
    root = Root(version=version, expires=_utc(expires), consistent_snapshot=True)
    for role in _ROLES:
        root.roles[role].threshold = THRESHOLD
        for public in keys:
            root.add_key(_key(public), role)
    return Metadata(root).to_bytes()


def _key(public: bytes) -> SSlibKey:
    """The key as the library knows it; its id is the digest that the specification names (4.2)."""
    value = {"public": public.hex()}
    plain = canonical({"keytype": _ED25519, "keyval": value, "scheme": _ED25519})
    return SSlibKey(sha256(plain).hex(), _ED25519, _ED25519, value)


def _names(read: Read) -> tuple[str, ...]:
    """What is signed now: the three parts of the pack, and the last root while it is not complete."""
    number, version = _number(read), read_role(_last_root(read), Root).version
    parts = (layout.targets_file(number), layout.snapshot_file(number), layout.TIMESTAMP)
    return parts if _root_complete(read, version) else (layout.root_file(version), *parts)


def _root_complete(read: Read, version: int) -> bool:
    part = read_part(_needed(read, layout.root_file(version)))
    own = part.signed.get_verification_result("root", part.signed_bytes, part.signatures)
    before = _root_before(read, part.signed)
    old = before.get_verification_result("root", part.signed_bytes, part.signatures) if before else own
    return bool(own) and bool(old)


def _root_before(read: Read, signed: Any) -> Root | None:
    """For a root its predecessor; None for the first one and for everything else."""
    if not isinstance(signed, Root) or signed.version == 1:
        return None
    return read_role(_needed(read, layout.root_file(signed.version - 1)), Root)


def _last_root(read: Read) -> bytes:
    content = _needed(read, layout.root_file(1))
    for version in range(2, layout.MAX_ROTATIONS):
        later = read(layout.root_file(version), layout.MAX_ROLE)
        if later is None:
            break
        content = later
    return content


def _may_sign(read: Read) -> set[bytes]:
    return set(root_keys(_last_root(read)))


def _number(read: Read) -> int:
    return read_role(_needed(read, layout.TIMESTAMP), Timestamp).version


def _needed(read: Read, name: str) -> bytes:
    content = read(name, layout.MAX_TARGETS)
    if content is None:
        raise PackFault("pack.not_a_pack" if name == layout.TIMESTAMP else "pack.incomplete", file=name)
    return content


def _digest(content: bytes) -> dict[str, str]:
    return {"sha256": sha256(content).hex()}


def _demand_bounds(files: Mapping[str, bytes]) -> None:
    if not all(layout.is_name(name) for name in files):
        raise PackFault("pack.name")
    if len(files) > layout.MAX_FILES:
        raise PackFault("pack.too_large", limit=layout.MAX_FILES)
    if any(len(content) > layout.MAX_FILE for content in files.values()):
        raise PackFault("pack.too_large", limit=layout.MAX_FILE)
    if sum(map(len, files.values())) > layout.MAX_TOTAL:
        raise PackFault("pack.too_large", limit=layout.MAX_TOTAL)


def _utc(moment: datetime) -> datetime:
    """TUF writes whole seconds of UTC."""
    return moment.astimezone(UTC).replace(microsecond=0)
