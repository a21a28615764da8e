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
FEAR: Told = {"fear_return": "yes", "reasons": "war work"}
HURT: Told = {"control_signs": "none", "harm": "held", "harm_places": "way", "help_wanted": "doctor"}
"""Said in the private part, which is open only in a private place and through somebody suitable."""

NOTHING_FOUND: Told = {
    "information_how": "spoken",
    "information_understood": "yes",
    "speak_with": "no_wish",
    **AN_ADULT,
    "birth_date": Mark.UNKNOWN,
    "languages_spoken": "ti",
    "reads": "easily",
    "alone": "no",
    "with_whom": "partner",
    "children_needs": "no_child",
    "origin_country": "KE",
    "phase": "arrived",
    "arrival_date": "2026-03-01",
    "journey_means": "road",
    "papers_now": "passport",
    "other_continent": "no",
    "smuggler_used": "no",
    "died_or_missing": "no",
    "reasons": "other",
    "fear_return": "no",
    "asks_protection": "no",
    "registered_elsewhere": "no",
    "wishes": "stay",
    "health_needs": "none",
    "difficulties": "none",
    "control_signs": "none",
    "harm": "none",
    "help_wanted": "none",
    "anything_else": Mark.SKIPPED,
    "took_part": "none",
    "inconclusive": "finished",
    "fear_mentioned_closing": "no",
}
"""Somebody who was asked everything, and needs nothing that the rules know."""


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


def somebody(name: str, *, nationality: str = "ER") -> Told:
    """An adult with a name of their own, so that a story can look for it."""
    return {**AN_ADULT, "name_told": name, "nationality": nationality}


def screened_again(vault: OpenVault, case: str, *told: Told, person: str = "ti") -> Finished:
    """Another finished screening of the same person."""
    interview = intake.begin(vault, "screening", officer_language="en", person_language=person, case=case)
    answer_all(interview, *told)
    return intake.finish(vault, interview)


def led(vault: OpenVault, form: str, *told: Told, case: str = "", person: str = "en") -> Finished:
    """Any other finished interview with these answers; with `case`, of the same person."""
    interview = intake.begin(vault, form, officer_language="en", person_language=person, case=case)
    answer_all(interview, *told)
    return intake.finish(vault, interview)


def ref_of(interview: Interview, name: str) -> str:
    """Where a question stands now."""
    if name == "fear_mentioned_closing":  # the one key in every section is a question in the last
        return "/data/closing/fear_mentioned"
    for path in interview.form.shapes:
        ref = "/" + "/".join(path)
        if path and path[-1] == name and interview.session.is_relevant(ref):
            return ref
    raise AssertionError(f"{name} is not asked now")


def screened(vault: OpenVault, *told: Told, person: str = "ti") -> Finished:
    """A finished screening with these answers."""
    interview = begin(vault, person=person)
    answer_all(interview, *told)
    return intake.finish(vault, interview)
