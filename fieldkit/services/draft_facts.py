"""What the log of a draft says beside the answers: its chance, its paper, what it corrects, what a move left."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from fieldkit.domain.locks import FEAR_SAID
from fieldkit.domain.ports import JsonObject
from fieldkit.services import keyed_in
from fieldkit.services.keyed_in import OnPaper
from fieldkit.services.refs import leaf
from fieldkit.storage.drafts import Done, DraftOp, Logged

_TOLD = frozenset(
    {Done.SEED, Done.PAPER, Done.CORRECTS, Done.REASON, Done.LEFT, Done.MOVED, Done.KNOWN, Done.FORM}
)
_ANYWHERE = frozenset({Done.POSITION, Done.LANGUAGE, Done.INTERPRETED})
"""What still holds when a draft has gone over to another version of its form."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """An answer that had no place in a newer version. `to` is where it stands there unasked, if anywhere."""

    ref: str
    value: str
    mark: str
    reason: str
    label: str
    answer: str
    version: str
    to: str = ""

    def spelled(self) -> str:
        """As it is kept in a draft's log."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    def fields(self) -> JsonObject:
        """As it stands in the entry of the finished interview."""
        return dict(asdict(self))


@dataclass(frozen=True, slots=True)
class Corrected:
    """The finished interview that a draft corrects: its name, when it was finished, whose entries are replaced."""

    instance_id: str
    at: str
    subject: str
    finished: str
    kept: str = ""
    line: str = ""
    seen: Sequence[str] = ()
    """The entries whose values were on the screen when the correction began (journal rule 5)."""
    sealed: Mapping[str, str] = field(default_factory=dict)
    """The entries of what is sealed of it, by kind and class."""

    def spelled(self) -> str:
        """As it is kept in a draft's log."""
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(slots=True)
class DraftFacts:
    """Read from a log; `again` is what has to be done again to stand where the draft stands."""

    seed: str = ""
    known: int | None = None
    """How far the journal went when the talk began (`own_lists`, rule 2)."""
    paper: OnPaper | None = None
    corrected: Corrected | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    left: list[LeftBehind] = field(default_factory=list)
    former_versions: list[str] = field(default_factory=list)
    feared: list[tuple[str, str]] = field(default_factory=list)
    """Names and values in which fear of going back was said before a move (R-022)."""
    again: list[Logged] = field(default_factory=list)
    last: int = 0
    """The number of the newest line of the log."""

    def take(self, logged: Logged) -> None:
        """Read one more line."""
        self.take_op(logged.seq, logged.op)
        if logged.op.kind not in _TOLD:
            self.again.append(logged)

    def take_op(self, seq: int, op: DraftOp) -> None:
        """Read what a line says beside the answers."""
        self.last = seq
        match op.kind:
            case Done.SEED:
                self.seed = op.value
            case Done.KNOWN:
                self.known = int(op.value)
            case Done.PAPER:
                self.paper = keyed_in.read(op.value)
            case Done.CORRECTS:
                self.corrected = Corrected(**json.loads(op.value))
            case Done.REASON:
                self.reasons[op.ref] = op.value
            case Done.LEFT:
                self.left.append(LeftBehind(**json.loads(op.value)))
            case Done.MOVED:
                self.former_versions.append(op.ref)
                self.feared += [
                    (leaf(one.ref), one.value) for held in self.again if says_fear(one := held.op)
                ]
                self.again = [held for held in self.again if held.op.kind in _ANYWHERE]


def says_fear(op: DraftOp) -> bool:
    """Whether somebody answered then that fear of going back was said, or a wish for protection."""
    return op.kind is Done.SET and op.value in FEAR_SAID.get(leaf(op.ref), ())


def read_facts(history: Iterable[Logged]) -> DraftFacts:
    """What a log says."""
    facts = DraftFacts()
    for logged in history:
        facts.take(logged)
    return facts
