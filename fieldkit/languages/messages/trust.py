"""What is said about trust between laptops and headquarters: practice and work, lists, keys, lost laptops."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "enrol.for_training": mark(
        "{name} is a headquarters for training, and this vault is for work with real people. Nothing was changed. "
        "Ask your coordinator for the office file of the real headquarters."
    ),
    "enrol.for_work": mark(
        "{name} is a real headquarters, and this vault is for training. Nothing was changed, so that nothing "
        "invented is ever counted. Enrol it with a headquarters for training, or make a vault for work."
    ),
    "revoke.reason_missing": mark(
        "A reason is missing. Nothing was changed. Write in a few words why this laptop is not trusted any more."
    ),
    "revoke.unknown": mark(
        "This laptop was never certified here. Nothing was changed. Go back to the list of laptops."
    ),
    "revoke.already": mark(
        "This laptop is not trusted any more since earlier. Nothing was changed. Go back to the list of laptops."
    ),
    "quarantine.empty": mark(
        "Nothing of this laptop is set aside any more. Nothing was changed. Go back and look again."
    ),
}
