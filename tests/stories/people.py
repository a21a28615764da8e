"""Invented people, and what they answer. Nobody here exists.

An interview is told as a list of answers by question name; what is not told is not asked.
"""

from collections.abc import Mapping

from fieldkit.domain.outcome import Mark
from fieldkit.services import intake
from fieldkit.services.intake import Finished
from fieldkit.services.interview import Interview
from fieldkit.services.vault import OpenVault

Told = Mapping[str, str | Mark]

IN_PRIVATE: Told = {
    "private_place": "yes",
    "nobody_listening": "yes",
    "interpreted": "interpreter",
    "interpreter_undertaking": "yes",
}
AGREED: Told = {
    "told_record": "yes",
    "share_headquarters": "yes",
    "share_asylum": "yes",
    "share_child_protection": "no",
    "share_health": "yes",
}
NOT_AGREED: Told = {**AGREED, "share_headquarters": "no"}

NO_URGENT_NEED: Told = {
    "urgent_medical": "no",
    "urgent_labour": "no",
    "urgent_water": "no",
    "urgent_food": "no",
    "urgent_shelter": "no",
    "urgent_clothing": "no",
    "urgent_safety": "no",
    "urgent_child_alone": "no",
}
AN_ADULT: Told = {"name_told": "Amaru Testperson", "sex": "male", "age_years": "34", "nationality": "ER"}


def begin(vault: OpenVault, *, person: str = "ti", officer: str = "en") -> Interview:
    """A first screening of somebody who reads `person`."""
    return intake.begin(vault, "screening", officer_language=officer, person_language=person)


def answer_all(interview: Interview, *told: Told) -> None:
    """Give the answers in the order they are told, each where the question first stands."""
    for answers in told:
        for name, value in answers.items():
            ref = ref_of(interview, name)
            if isinstance(value, Mark):
                interview.mark(ref, value)
            else:
                interview.answer(ref, value)


def ref_of(interview: Interview, name: str) -> str:
    """Where a question stands now."""
    for item in interview.all_questions():
        if item.name == name:
            return item.ref
    raise AssertionError(f"{name} is not asked now")


def screened(vault: OpenVault, *told: Told, person: str = "ti") -> Finished:
    """A finished screening with these answers."""
    interview = begin(vault, person=person)
    answer_all(interview, *told)
    return intake.finish(vault, interview)
