"""Which sections of an interview are open (`protection.md` 2 and 3, R-029).

1. Urgent needs, information, the privacy check and agreement are open from the start, in that order.
2. Before profiling the person is told what must be recorded, then answers yes or no for each recipient: until
   the person was told and each recipient has an answer (declining is one), profiling is closed. A "no" to a
   recipient closes nothing: help never depends on it.
3. Sensitive sections open only in a private place and through nobody or an interpreter who has given the
   undertaking of confidentiality; through a companion, a child or another arrival they stay closed and are
   scheduled. So they do with an interpreter whom the person does not want, until there is another one (K-21).
4. A survey from elsewhere has no gates of ours: it has no case either (`protection.md` 13).
"""

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.outcome import SUITABLE, Interpreted


class SectionKind(StrEnum):
    """What a top-level group of a form is for; `fk:section` in the form."""

    URGENT = "urgent"
    INFORMATION = "information"
    PRIVACY = "privacy"
    AGREEMENT = "agreement"
    CORE = "core"
    SENSITIVE = "sensitive"
    CLOSING = "closing"
    PLAIN = ""


class SectionState(StrEnum):
    """Whether a section can be entered."""

    OPEN = "open"
    CLOSED = "closed"
    SCHEDULED = "scheduled"


@dataclass(frozen=True, slots=True)
class Setting:
    """What the gates look at: how the talk takes place, and whether the agreement questions were answered.
    `refused`: the person did not agree to the interpreter who is there."""

    private: bool
    interpreted: Interpreted | None
    agreement_answered: bool
    undertaking: bool = False
    survey: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """The state of one section; `reason` is a code for the sentence shown when it is not open."""

    state: SectionState
    reason: str = ""


_OPEN = Gate(SectionState.OPEN)
_NEEDS_AGREEMENT = frozenset({SectionKind.CORE, SectionKind.SENSITIVE})


def gate(kind: SectionKind, setting: Setting) -> Gate:
    """Whether a section of this kind is open in this setting."""
    if setting.survey:
        return _OPEN
    if kind in _NEEDS_AGREEMENT and not setting.agreement_answered:
        return Gate(SectionState.CLOSED, "gate.agreement_first")
    if kind is SectionKind.SENSITIVE:
        return _sensitive(setting)
    return _OPEN


def _sensitive(setting: Setting) -> Gate:
    if not setting.private:
        return Gate(SectionState.SCHEDULED, "gate.no_private_place")
    if setting.interpreted is None:
        return Gate(SectionState.CLOSED, "gate.interpreter_not_said")
    if setting.interpreted not in SUITABLE:
        return Gate(SectionState.SCHEDULED, "gate.unsuitable_interpreter")
    if setting.interpreted is Interpreted.INTERPRETER and not setting.undertaking:
        return Gate(SectionState.SCHEDULED, "gate.no_undertaking")
    if setting.interpreted is Interpreted.INTERPRETER and setting.refused:
        return Gate(SectionState.SCHEDULED, "gate.interpreter_refused")
    return _OPEN
