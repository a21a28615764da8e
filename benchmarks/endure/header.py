"""R13: both copies of the header are changed by somebody who holds the laptop; nobody comes in by it.

    python3 run.py endure header [--n 1000] [--json]

Every change is made by somebody who knows the format and mends the checksum. The right phrase is then tried: what
was changed must not be believed, and no forged cost may be paid. Control: without the header's MAC a changed name
must be believed.
"""

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.endure import core
from benchmarks.endure.core import Figures
from benchmarks.endure.memory import Peak
from benchmarks.endure.mutants import spoiled
from fieldkit.crypto.keys import DatabaseKey, Keyring
from fieldkit.crypto.person_keys import whole_piece
from fieldkit.crypto.primitives import FOR_TESTS, mac
from fieldkit.domain.entries import canonical
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.ids import new_id
from fieldkit.languages.messages import sentences
from fieldkit.services.vault import SignIn
from fieldkit.storage import slots
from fieldkit.storage.door import COUNT_FILE
from fieldkit.storage.slots import FIRST_COPY, SECOND_COPY
from tests.conftest import OFFLINE_PHRASE, PHRASE
from tests.stories import offices
from tests.worlds import world

NAME, USUAL = "header", 1000
CONTROLS = 5
LARGEST = 64
"""MiB that a try may add at most: slots for tests are cheap, so a forged cost that is paid shows."""

Fields = dict[str, Any]
Change = Callable[["Laptop", Fields, random.Random], Fields]


def main(words: list[str]) -> int:
    """Run it as the command line asks."""
    return core.main(words, NAME, USUAL, protocol)


def protocol(n: int, rng: random.Random) -> Figures:
    """`n` pairs of changed copies, then the control."""
    with core.scratch() as folder:
        laptop = Laptop(folder)
        thief = Thief(laptop)
        for number in range(n):
            thief.try_with(
                laptop.changed(number, rng), laptop.changed(rng.choice((number, rng.randrange(n))), rng)
            )
        control = Thief(laptop)
        with patch.object(slots, "is_authentic", lambda *_: True):
            for _ in range(CONTROLS):
                renamed = laptop.spelled(_text(laptop, deepcopy(laptop.fields), rng))
                control.try_with(renamed, renamed)
    return {
        "opened": thief.opened,
        "uncaught": len(thief.uncaught),
        "what": thief.uncaught[:5],
        "without_sentence": thief.unsaid,
        "refused": dict(thief.refused.most_common()),
        "peak_mib_added": thief.added,
        "exceeded": int(thief.added > LARGEST),
        "control_failed": control.opened > 0,
    }


class Laptop:
    """A vault of two people, and another vault that the same person opens with the same phrase."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "vault"
        self.thiefs: DatabaseKey | None = None
        for place, seed in ((self.folder, "laptop"), (folder / "other", "other laptop")):
            vault = offices.open_post(place, "Invented post", at=world(seed))
            chance = vault.world.randomness
            header = slots.with_slot(
                vault.header,
                vault._keys,
                person=new_id(chance),
                label="Officer Two",
                phrase=OFFLINE_PHRASE,
                randomness=chance,
                policy=FOR_TESTS,
            )
            slots.write_header(place, header, vault._keys.database)
            vault.close()
        self.content = (self.folder / FIRST_COPY).read_bytes()
        self.other_content = (folder / "other" / FIRST_COPY).read_bytes()
        self._body, self._other = (
            json.loads(one.split(b"\n", 2)[2]) for one in (self.content, self.other_content)
        )
        self.fields: Fields = self._body["header"]
        self.other: Fields = self._other["header"]
        self.person = self.fields["slots"][0]["person"]

    def spelled(self, fields: Fields, mac: str | None = None) -> bytes:
        """A header file with a right checksum."""
        first = self.content.split(b"\n")[0] + b"\n"
        body = canonical({"header": fields, "mac": mac or self._body["mac"]})
        return first + hashlib.sha256(first + body).hexdigest().encode() + b"\n" + body

    def _signed(self, fields: Fields) -> str | None:
        """The thief's own MAC, where the thief has a key."""
        return None if self.thiefs is None else mac(self.thiefs.for_header(), canonical(fields)).hex()

    def changed(self, number: int, rng: random.Random) -> bytes:
        """One changed copy; every kind of change in its turn."""
        kind = number % (len(CHANGES) + 4)
        if kind < len(CHANGES):
            self.thiefs = None
            fields = CHANGES[kind](self, deepcopy(self.fields), rng)
            return self.spelled(fields, self._signed(fields))
        if kind == len(CHANGES):
            return spoiled(self.content, rng)
        if kind == len(CHANGES) + 1:
            return self.spelled(self.fields, rng.randbytes(32).hex())
        if kind == len(CHANGES) + 2:
            return self.other_content
        return self.spelled({**self.other, "vault": self.fields["vault"]}, self._other["mac"])


class Thief:
    """Puts two copies in place and tries the right phrase."""

    def __init__(self, laptop: Laptop) -> None:
        self._laptop = laptop
        self._peak = Peak()
        self.opened = self.unsaid = self.added = 0
        self.uncaught: list[str] = []
        self.refused: Counter[str] = Counter()

    def try_with(self, first: bytes, second: bytes) -> None:
        """One try."""
        folder = self._laptop.folder
        (folder / FIRST_COPY).write_bytes(first)
        (folder / SECOND_COPY).write_bytes(second)
        (folder / COUNT_FILE).unlink(missing_ok=True)  # or the door would only ask to wait
        self._peak.begin()
        before = self._peak.now()
        try:
            SignIn(folder, world("thief"), FOR_TESTS).open(self._laptop.person, PHRASE).close()
            self.opened += 1
        except FieldkitError as error:
            self.refused[error.code] += 1
            self.unsaid += error.code not in sentences()
        except Exception as error:
            self.uncaught.append(f"{type(error).__name__}: {error}"[:200])
        self._peak.end()
        self.added = max(self.added, self._peak.most - before)


# --- what is changed ----------------------------------------------------------------------------------


def _text(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    fields[rng.choice(("name", "language"))] = rng.choice(("Another post", "xx", "\u202egninrom", ""))
    return fields


def _label(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    rng.choice(fields["slots"])["label"] = "Officer Three"
    return fields


def _identity(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    return {**fields, **rng.choice(({"vault": laptop.other["vault"]}, {"role": "headquarters"}))}


def _number(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    name = rng.choice(("sequence", "schema"))
    return {**fields, name: rng.choice((0, 1, fields[name] + 1, 2**53 - 1)) if fields[name] else 7}


def _recovery(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    return {**fields, "recovery": rng.randbytes(rng.choice((0, 40, 2000))).hex()}


def _cost_lowered(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    for slot in fields["slots"]:
        slot["cost"] = rng.choice(
            ({"lanes": 1, "memory": 8, "passes": 1}, {"lanes": 1, "memory": 0, "passes": 0})
        )
    return fields


def _cost_raised(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    for slot in fields["slots"]:
        slot["cost"][rng.choice(("lanes", "memory", "passes"))] = rng.choice(
            (4096, 2**24, 2**32 - 1, 2**53 - 1)
        )
    return fields


def _slots_swapped(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    one, other = fields["slots"]
    for name in rng.choice((("salt", "nonce", "sealed"), ("sealed",), ("person",), ("salt",))):
        one[name], other[name] = other[name], one[name]
    return fields


def _foreign_slot(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    """The slot of the other vault, which the same phrase opens, under this person's name."""
    foreign = deepcopy(laptop.other["slots"][0])
    fields["slots"][0] = {**foreign, "person": rng.choice((laptop.person, foreign["person"]))}
    return fields


def _slot_gone_or_more(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    more = [{**fields["slots"][1], "person": rng.randbytes(16).hex()} for _ in range(rng.choice((1, 70)))]
    fields["slots"] = rng.choice((fields["slots"][:1], fields["slots"] + more, fields["slots"][::-1]))
    return fields


def _slot_spoiled(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    slot, name = fields["slots"][0], rng.choice(("salt", "nonce", "sealed"))
    slot[name] = spoiled(bytes.fromhex(slot[name]), rng).hex()
    return fields


def _pieces(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    """The sealed ring: another person's, another vault's, one sealed anew by somebody who only has the header."""
    one, other = fields["slots"]
    forged = whole_piece(Keyring.new(world(str(rng.random())).randomness), [one["recipient"]])
    one["pieces"] = rng.choice(
        (other["pieces"], laptop.other["slots"][0]["pieces"], [forged.hex()], [*one["pieces"], forged.hex()])
    )
    return fields


def _person_key(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    """Whom the ring is sealed to, what vouches for it, whether a new phrase is due."""
    slot = fields["slots"][0]
    name = rng.choice(("recipient", "vouched", "voucher", "escrow", "phrase", "due"))
    foreign = rng.choice((laptop.other["slots"][0], fields["slots"][1]))
    slot[name] = not slot[name] if name == "due" else foreign[name] or "age1other"
    return fields


def _planted(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    """A ring of the thief's own, sealed to the person, in a header that is signed with the thief's key."""
    ring = Keyring.new(world(str(rng.random())).randomness)
    slot = fields["slots"][0]
    slot["pieces"] = [whole_piece(ring, [slot["recipient"]]).hex()]
    fields["slots"] = [slot]
    laptop.thiefs = ring.database
    return fields


def _shape(laptop: Laptop, fields: Fields, rng: random.Random) -> Fields:
    name = rng.choice(sorted(fields))
    fields[name] = rng.choice((None, 1, "x", [], {}, -1))
    return fields if fields != laptop.fields else {**fields, "more": 1}


CHANGES: tuple[Change, ...] = (
    _text,
    _label,
    _identity,
    _number,
    _recovery,
    _cost_lowered,
    _cost_raised,
    _slots_swapped,
    _foreign_slot,
    _slot_gone_or_more,
    _slot_spoiled,
    _pieces,
    _person_key,
    _planted,
    _shape,
)
