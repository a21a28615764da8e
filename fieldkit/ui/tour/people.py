"""The invented people of the tour. Nobody here exists, and their names say so."""

from fieldkit.domain.outcome import Mark
from fieldkit.ui.tour.interview import Person, Told

NO_URGENT_NEED: Told = {
    "urgent_medical": "no",
    "urgent_labour": "no",
    "urgent_water": "yes",
    "urgent_food": "no",
    "urgent_shelter": "yes",
    "urgent_clothing": "no",
    "urgent_safety": "no",
    "urgent_child_alone": "no",
}
TOLD: Told = {"information_how": "spoken paper", "information_understood": "yes"}
IN_PRIVATE: Told = {
    "private_place": "yes",
    "nobody_listening": "yes",
    "interpreted": "interpreter",
    "interpreter_undertaking": "yes",
    "speak_with": "woman",
}
AGREED: Told = {
    "told_record": "yes",
    "share_headquarters": "yes",
    "share_asylum": "yes",
    "share_child_protection": "no",
    "share_health": "yes",
}

ADULT = Person(
    "adult",
    "ti",
    {
        **NO_URGENT_NEED,
        **TOLD,
        **IN_PRIVATE,
        **AGREED,
        "name_told": "Selam Testperson",
        "sex": "female",
        "age_years": "31",
        "nationality": "ER",
        "languages_spoken": "ti ar",
        "alone": "no",
        "with_whom": "own_children",
        "origin_country": "ER",
        "origin_region": "ER-MA",
        "origin_place": "ER-MA-1",
        "arrival_date": "2026-11-20",
        "journey_means": "foot sea",
        "reasons": "war work",
        "fear_return": "yes",
        "asks_protection": "yes",
        "wishes": Mark.DECLINED,
        "health_needs": "medicine",
        "difficulties": "none",
        "inconclusive": "finished",
    },
    family=(
        {
            "member_name": "Little Testperson",
            "member_relation": "child",
            "member_age": "6",
            "member_place": "here",
        },
        {"member_relation": "partner", "member_place": "on_the_way"},
    ),
)
"""A mother who is afraid to go back; through an interpreter, in private."""

THROUGH_A_COMPANION = Person(
    "companion",
    "ar",
    {
        **NO_URGENT_NEED,
        **TOLD,
        "private_place": "no",
        "nobody_listening": "no",
        "interpreted": "companion",
        **AGREED,
        "name_told": "عابر الاختبار",
        "sex": "male",
        "age_years": "44",
        "nationality": "YE",
        "alone": "no",
        "fear_return": Mark.DECLINED,
    },
)
"""A man for whom a companion interprets: the private questions stay closed and are planned."""

CHILD = Person(
    "child",
    "so",
    {
        **{name: value for name, value in NO_URGENT_NEED.items() if name != "urgent_child_alone"},
        "urgent_child_alone": "yes",
        **TOLD,
        **IN_PRIVATE,
        **{**AGREED, "share_headquarters": "no", "share_child_protection": "yes"},
        "age_years": "14",
        "alone": "yes",
    },
)
"""A boy alone, who does not want headquarters to have his answers."""

ADULT_IN_A_HURRY = Person(
    "in-a-hurry",
    "ar",
    {
        "urgent_medical": "yes",
        "information_how": "spoken",
        "information_understood": "yes",
        "private_place": "yes",
        "nobody_listening": "yes",
        "interpreted": "interpreter",
        "interpreter_undertaking": "yes",
        **AGREED,
        "share_headquarters": "no",
        "sex": "male",
        "age_years": "31",
        "fear_return": "yes",
        "health_needs": "medicine",
    },
)
"""A man who is afraid to go back and needs medicine often; the queue behind him is long."""

CHILD_FIRST = Person("child-first", "so", {"urgent_child_alone": "yes", "age_years": "13"})
"""A child alone, on the first sheet: fear would be noted, and is not asked about."""
