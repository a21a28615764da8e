"""What is said when a module or the practice case cannot be begun or kept."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "learning.unknown": mark(
        "This module is not in the content of now. Nothing was written down. Choose a module of the list."
    ),
    "learning.not_all": mark(
        "Not every question of this module is answered rightly yet. Nothing was written down. "
        "Go on with the questions that are left."
    ),
    "learning.not_passed": mark(
        "This module is not passed yet, so there is no paper for it. Nothing was printed. "
        "Answer its questions first."
    ),
    "practice.real_vault": mark(
        "People are practised with in a vault for training only. Nothing was changed. "
        "Open a vault for training, or make one on another laptop."
    ),
}
