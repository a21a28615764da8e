"""How each question was put to the person: in a private place or not, and through whom (`protection.md` 1 and 2).

1. What counts is how the talk took place when an answer was given, not how it ended: who was asked before others or
   through a companion, and goes on alone with an interpreter, was not asked in private until the question is put
   again.
2. A move to another version of the form asks nobody anything: an answer that came along keeps how it was asked.
3. What a person may give no answer to, and what may be told otherwise later, is not decided here: only how it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldkit.services.endings import marks_without_row
from fieldkit.services.refs import leaf
from fieldkit.storage.drafts import Done, DraftOp, Logged

PRIVATE_PLACE, NOBODY_LISTENING, INTERPRETED = "private_place", "nobody_listening", "interpreted"
_SETTING = (PRIVATE_PLACE, NOBODY_LISTENING, INTERPRETED)


@dataclass(frozen=True, slots=True)
class HowAsked:
    """How a question was put: `through` is a value of the list `interpreted`, empty where nobody said it yet."""

    private: bool
    through: str


def of_log(history: Iterable[Logged]) -> Mapping[str, HowAsked]:
    """How each question of a draft was put when its present answer was given, by concrete path."""
    reading = _Reading()
    for logged in history:
        reading.take(logged.op)
    return reading.found


class _Reading:
    def __init__(self) -> None:
        self.found: dict[str, HowAsked] = {}
        self._said: dict[str, tuple[Done, str]] = {}
        self._setting: dict[str, str] = {}
        self._before: dict[str, tuple[tuple[Done, str], HowAsked]] = {}

    def take(self, op: DraftOp) -> None:
        """Read one more line."""
        match op.kind:
            case Done.SET | Done.MARK:
                self._answered(op)
            case Done.REMOVE_ROW:
                self.found = marks_without_row(self.found, op.ref)
                self._said = marks_without_row(self._said, op.ref)
            case Done.MOVED:
                # By name: a question that stands elsewhere now is the same one (`forms.moving`, rule 1).
                self._before = {
                    leaf(ref): (self._said[ref], how)
                    for ref, how in sorted(self.found.items(), key=lambda held: held[1].private, reverse=True)
                }
                self.found, self._said = {}, {}
            case _:
                pass

    def _answered(self, op: DraftOp) -> None:
        name, said = leaf(op.ref), (op.kind, op.value)
        if name in _SETTING:
            self._setting[name] = op.value if op.kind is Done.SET else ""
            return
        before = self._before.get(name)
        came_along = before is not None and before[0] == said  # rule 2
        self.found[op.ref] = before[1] if before is not None and came_along else self._now()
        self._said[op.ref] = said

    def _now(self) -> HowAsked:
        private = all(self._setting.get(name) == "yes" for name in (PRIVATE_PLACE, NOBODY_LISTENING))
        return HowAsked(private, self._setting.get(INTERPRETED, ""))
