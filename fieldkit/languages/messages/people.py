"""What is said about accounts, phrases, recovery by headquarters, re-keying and destroying a vault."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "people.phrase_first": mark(
        "Somebody else knows the phrase of this account. Nothing was changed. Choose a phrase of your own first; "
        "then everything works as before."
    ),
    "rekey.disk_full": mark(
        "There is too little room on the disk to write the vault anew: {needed} MiB are needed, {free} MiB free. "
        "Nothing was changed. Make room on the disk, then try again."
    ),
    "rekey.not_whole": mark(
        "The vault that was written anew did not read back as it should ({reason}), so it was thrown away. Nothing "
        "was changed. Check the disk with your administrator, then try again."
    ),
}
