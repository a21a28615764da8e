"""Which laptops headquarters trusts, which not any more, and what each was last heard to know.

1. Everything follows from the entries of headquarters' own journal: certificates, revocations with their cut-offs,
   imports that name the trust list a laptop held. So a restored headquarters learns it again from what comes.
2. A stream has the key of its newest certificate. What an older key signs is refused: nothing is lost by that, for
   whatever no receipt covers comes again.
3. A revocation is for ever. A laptop that is found again asks anew, under another identity, with its data kept.
4. A former bundle key is kept until every trusted laptop has acknowledged a list that names the new one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldkit.headquarters import queries
from fieldkit.storage.database import Database
from fieldkit.sync.manifest import Head
from fieldkit.sync.trust import Certificate
from fieldkit.sync.trust_list import CutOff, ListedDevice, Revoked


@dataclass(frozen=True, slots=True)
class Revocation:
    """That a device or stream (its id) is not trusted any more, why, since which day, and where it was cut off."""

    id: str
    reason: str
    day: str
    cut_offs: Mapping[str, Head]


@dataclass(frozen=True, slots=True)
class Device:
    """A laptop as headquarters knows it: its newest certificate, and the trust list that it was last heard to hold
    (0: none yet)."""

    certificate: Certificate
    revocation: Revocation | None
    acknowledged: int

    @property
    def trusted(self) -> bool:
        """Whether it may send, and be sealed to."""
        return self.revocation is None


def devices(database: Database) -> tuple[Device, ...]:
    """Every laptop that was certified, with its newest certificate; the oldest first."""
    gone, heard = revocations(database), acknowledgements(database)
    newest: dict[str, Certificate] = {}
    for certificate in valid(queries.certificates(database)):
        newest[certificate.device] = certificate
    return tuple(
        Device(one, gone.get(one.device) or gone.get(one.stream), heard.get(one.device, 0))
        for one in newest.values()
    )


def revocations(database: Database) -> dict[str, Revocation]:
    """Everything that was revoked, by its id. Said twice, the first time counts."""
    cuts: dict[str, dict[str, Head]] = {}
    for revoked, stream, number, digest in database.rows(
        "SELECT revoked, stream, number, digest FROM cut_offs ORDER BY entry DESC"
    ):
        cuts.setdefault(revoked, {})[stream] = Head(number, digest)
    rows = database.rows("SELECT revoked, reason, day FROM revocations ORDER BY entry DESC")
    return {revoked: Revocation(revoked, reason, day, cuts.get(revoked, {})) for revoked, reason, day in rows}


def acknowledgements(database: Database) -> dict[str, int]:
    """The newest trust list that each device was heard to hold."""
    return dict(database.rows("SELECT device, MAX(number) FROM acknowledgements GROUP BY device"))


@dataclass(frozen=True, slots=True)
class Content:
    """What a laptop had in force when it sealed its newest bundle: the number of its content pack (empty: what the
    program came with), a mark of its approved forms and one of its rules, and the day that headquarters heard
    it."""

    pack: str
    forms: str
    rules: str
    day: str


def content(database: Database) -> dict[str, Content]:
    """What every device was last heard to have in force."""
    newest: dict[str, tuple[int, dict[str, str], str]] = {}
    rows = database.rows("SELECT device, entry, name, version, day FROM told_versions ORDER BY device, entry")
    for device, entry, name, version, day in rows:
        held = newest.get(device)
        if held is None or held[0] != entry:
            held = newest[device] = (entry, {}, day)
        held[1][name] = version
    return {
        device: Content(said.get("pack", ""), said.get("forms", ""), said.get("rules", ""), day)
        for device, (_, said, day) in newest.items()
    }


def valid(certificates: Iterable[Certificate]) -> tuple[Certificate, ...]:
    """Those whose key was not replaced by a later certificate for the same stream (rule 2)."""
    held = tuple(certificates)
    replaced = {(one.stream, one.former) for one in held if one.former}
    return tuple(one for one in held if (one.stream, one.key) not in replaced)


def listed(found: Iterable[Device]) -> tuple[ListedDevice, ...]:
    """The trusted laptops as a trust list has them."""
    return tuple(
        sorted(
            (
                ListedDevice(one.certificate.device, one.certificate.stream, one.certificate.key)
                for one in found
                if one.trusted
            ),
            key=lambda one: one.device + one.stream + one.key.hex(),
        )
    )


def listed_revocations(database: Database) -> tuple[Revoked, ...]:
    """The revocations as a trust list has them: without their reasons."""
    return tuple(
        Revoked(
            one.id,
            tuple(
                CutOff(stream, head.number, head.digest)
                for stream, head in sorted(one.cut_offs.items())
                if head.number
            ),
        )
        for one in sorted(revocations(database).values(), key=lambda one: one.id)
    )
