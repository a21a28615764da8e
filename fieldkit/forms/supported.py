"""What this version of the program cannot do yet with a question, in one table.

A form with such a question opens; the question is shown with the sentence that says what is missing. Take a
row out when its field exists (`ui/fields`).
"""

from collections.abc import Mapping
from typing import Final

from fieldkit.forms.definition import Control

NOT_YET: Final[Mapping[str, str]] = {
    # kind of control or type of answer -> what is missing, for the sentence
    "upload image": "pictures cannot be taken or attached",
    "upload audio": "sound cannot be recorded or attached",
    "upload video": "films cannot be recorded or attached",
    "upload application": "files cannot be attached",
    "geopoint": "places cannot be picked on a map or measured",
    "geotrace": "lines on a map cannot be drawn",
    "geoshape": "areas on a map cannot be drawn",
    "barcode": "codes cannot be read by a camera",
    "external select": "lists in the sheet external_choices are not read",
}

APPEARANCES_NOT_YET: Final = frozenset(
    {"ethiopian", "coptic", "islamic", "persian", "bikram-sambat", "myanmar", "buddhist", "image-map"}
)


def not_yet(control: Control, answer_type: str) -> str:
    """The key of `NOT_YET` that fits a question, or an empty string when it can be answered."""
    if control.kind == "upload":
        kind = control.media_type.partition("/")[0] or "application"
        return f"upload {kind if f'upload {kind}' in NOT_YET else 'application'}"
    if control.query is not None:
        return "external select"
    return answer_type if answer_type in NOT_YET else ""
