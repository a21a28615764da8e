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
    "exchange.put_back": mark(
        "This laptop was put back to an earlier day: headquarters holds entries that are not here any more. "
        "Nothing was written, and everything that is here is safe. Let the laptop begin again (Exchange): its "
        "data stays."
    ),
    "exchange.copied": mark(
        "Headquarters holds other entries than this laptop under the same name: it was copied, or put back. "
        "Nothing was written, and everything that is here is safe. Let the laptop begin again (Exchange): its "
        "data stays."
    ),
    "exchange.not_trusted": mark(
        "Headquarters does not trust this laptop any more. Nothing was written, and everything that is here is "
        "safe. Call headquarters on a number you know; then let the laptop begin again (Exchange): its data stays."
    ),
    "restored.nothing_wrong": mark(
        "Nothing is wrong between this laptop and headquarters. Nothing was changed. Go on working."
    ),
    "succession.not_ours": mark(
        "This file names a new key for another headquarters, or begins with a key that this post does not know. "
        "Nothing was changed. Ask headquarters for its office file, and compare the words anew."
    ),
    "rotation.weak_phrase": mark(
        "This phrase is too easy to guess. Nothing was changed. Take the six words that are offered, or a longer "
        "phrase."
    ),
    "rotation.same_stick": mark(
        "This folder already holds offline keys ({file}), and they were not touched. Nothing was changed. Choose a "
        "folder on another stick: the old one is still needed for some time."
    ),
    "rotation.nothing_former": mark(
        "No former key is kept any more. Nothing was changed. There is nothing to do."
    ),
    "rotation.still_waiting": mark(
        "{count} laptops have not said yet that they know the new key; what they sealed to the former one opens "
        "with it alone. Nothing was changed. Wait for their next bundle, or write why it cannot wait."
    ),
    "admit.reason_missing": mark(
        "A reason is missing. Nothing was changed. Write in a few words why these entries are to be believed."
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
