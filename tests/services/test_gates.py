"""The gates of an interview, every kind of section in every setting (`protection.md` 2 and 3)."""

import itertools

import pytest

from fieldkit.domain.outcome import SUITABLE, Interpreted
from fieldkit.services.gates import Gate, SectionKind, SectionState, Setting, gate

ALWAYS_OPEN = [
    SectionKind.URGENT,
    SectionKind.INFORMATION,
    SectionKind.PRIVACY,
    SectionKind.AGREEMENT,
    SectionKind.CLOSING,
]
SETTINGS = [
    Setting(private, interpreted, answered, undertaking)
    for private, interpreted, answered, undertaking in itertools.product(
        (True, False), (None, *Interpreted), (True, False), (True, False)
    )
]


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("kind", ALWAYS_OPEN)
def test_urgent_needs_and_information_wait_for_nothing(kind: SectionKind, setting: Setting) -> None:
    assert gate(kind, setting) == Gate(SectionState.OPEN)


@pytest.mark.parametrize("setting", SETTINGS)
def test_profiling_waits_for_an_answer_to_each_recipient_and_for_nothing_else(setting: Setting) -> None:
    assert (gate(SectionKind.CORE, setting).state is SectionState.OPEN) == setting.agreement_answered


@pytest.mark.parametrize("setting", SETTINGS)
def test_sensitive_sections_open_only_in_private_and_through_somebody_suitable(setting: Setting) -> None:
    through = setting.interpreted in SUITABLE
    if setting.interpreted is Interpreted.INTERPRETER:
        through = setting.undertaking
    suitable = setting.private and through and setting.agreement_answered
    assert (gate(SectionKind.SENSITIVE, setting).state is SectionState.OPEN) == suitable


@pytest.mark.parametrize("interpreted", [Interpreted.COMPANION, Interpreted.CHILD, Interpreted.ARRIVAL])
def test_through_a_companion_a_child_or_another_arrival_they_are_scheduled(interpreted: Interpreted) -> None:
    result = gate(SectionKind.SENSITIVE, Setting(True, interpreted, True, True))
    assert result == Gate(SectionState.SCHEDULED, "gate.unsuitable_interpreter")


def test_a_survey_from_elsewhere_has_no_gates_of_ours() -> None:
    nothing_known = Setting(False, None, False, survey=True)
    assert all(gate(kind, nothing_known).state is SectionState.OPEN for kind in SectionKind)
