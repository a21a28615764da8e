"""What is said when a content pack is refused, and what headquarters is told while it makes one."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "pack.not_a_pack": mark(
        "This folder holds no content pack. Nothing was changed. Choose the folder that headquarters gave you; "
        "its name begins with fieldkit-pack."
    ),
    "pack.incomplete": mark(
        "This content pack is incomplete: {file} is missing. Nothing was changed. Copy the whole folder again, "
        "and wait until the copy is finished."
    ),
    "pack.altered": mark(
        "This content pack was altered or damaged after it was signed. Nothing was changed. Copy it again from "
        "headquarters; if it happens twice, tell whoever looks after security."
    ),
    "pack.not_signed": mark(
        "This content pack does not have the signatures of two people at headquarters that it needs. Nothing was "
        "changed. Ask headquarters whether it was finished; do not use it until two have signed."
    ),
    "pack.other_root": mark(
        "This content pack begins with other keys than headquarters has named. Nothing was changed. Ask "
        "headquarters by a way you trust, and tell whoever looks after security."
    ),
    "pack.other_office": mark(
        "This content pack comes from another office than the one whose words were compared here. Nothing was "
        "changed. Ask your headquarters for its own pack."
    ),
    "pack.older": mark(
        "This content pack has the number {number}; a newer one is here already. Nothing was changed. To go back "
        "to earlier content, headquarters makes a new pack with it."
    ),
    "pack.held": mark("Content pack {number} is here already. Nothing was changed. There is nothing to do."),
    "pack.forked": mark(
        "Two different content packs have the number {number}. Nothing was changed. Keep this one apart and tell "
        "headquarters: one of the two should not exist."
    ),
    "pack.mixed": mark(
        "The parts of this content pack belong to different packs. Nothing was changed. Copy the whole folder "
        "again from headquarters; if it happens twice, tell whoever looks after security."
    ),
    "pack.too_large": mark(
        "A part of this content pack is larger than the {limit} that it may be. Nothing was changed. Ask "
        "headquarters what it is."
    ),
    "pack.name": mark(
        "A file of this content pack has a name that could point elsewhere on the laptop. Nothing was changed. At "
        "headquarters, use plain letters, digits, dots and hyphens; at a post, tell whoever looks after security."
    ),
    "pack.link": mark(
        "In this folder {file} is no plain file but points elsewhere. It was not followed; nothing was changed. "
        "Do not use this stick again; tell whoever looks after security."
    ),
    "pack.words_unreadable": mark(
        "The translations in {file} cannot be read. Nothing was changed. Open the file with a tool for gettext, "
        "such as Poedit, and put it right."
    ),
    "pack.words_altered": mark(
        "In the translations {file} {count} entries do not keep a number or a placeholder of their sentence. "
        "Nothing was changed. Put the numbers and the words in braces back as they are in the English sentence."
    ),
    "pack.words_language": mark(
        "The translations {file} are in a language that this program does not know. Nothing was changed. Name the "
        "folder as the program names the language, such as fr or fa_AF."
    ),
    "pack.newer": mark(
        "This content pack was made for a newer version of the program. Nothing was changed. Keep the pack, "
        "install the newer version here, and take it in then."
    ),
    "pack.unreadable": mark(
        "The folder cannot be read any more. Nothing was changed. Put the stick in again, and choose the folder "
        "once more."
    ),
    "pack.unwritable": mark(
        "The folder cannot be written. What stood there stands. Check that the stick is in, is not write-protected "
        "and has room, and try again."
    ),
    "pack.unsound": mark(
        "The signatures are right, but what this content pack says of itself does not fit ({file}). Nothing was "
        "changed. Ask headquarters to make the pack again."
    ),
    "pack.form_refused": mark(
        "The form {file} of this content pack cannot be used. Nothing was changed. At headquarters, check it with "
        "form check and mend it; at a post, ask for a new pack."
    ),
    "pack.form_without_roles": mark(
        "No row of forms/roles.csv says who may open the form {form}. Nothing was changed. Add the row at "
        "headquarters and make the pack again."
    ),
    "pack.rule_refused": mark(
        "The rule {rule} of this content pack, row {row} of rules.csv, cannot be evaluated. Nothing was changed. "
        "Mend the condition in its column “when” at headquarters, and make the pack again."
    ),
    "pack.takes_away": mark(
        "This content pack takes away something that protects people ({value} in {file}). Nothing of it was taken "
        "in, and what is in force stays. Headquarters puts this line back as the program has it and makes the "
        "pack again."
    ),
    "pack.movement_refused": mark(
        "The rule on moving freely {rule} of this content pack, row {row} of movement.csv, cannot be evaluated. "
        "Nothing was changed. Mend the condition in its column “when” at headquarters, and make the pack again."
    ),
    "pack.unknown_file": mark(
        "This content pack has a file that this version does not know: {file}. Nothing was changed. At "
        "headquarters, check the name; at a post, install the newer version first."
    ),
    "pack.no_office": mark(
        "This post does not know its headquarters yet, so it cannot tell whose pack this is. Nothing was changed. "
        "Enrol with headquarters first; then take the pack in."
    ),
    "pack.unknown": mark("This content pack is not here. Nothing was changed. Go back to the list of packs."),
    "pack.not_waiting": mark(
        "This content pack is in force already, or a newer one is. Nothing was changed. To go back to earlier "
        "content, headquarters makes a new pack with it."
    ),
    "pack.reason_missing": mark(
        "A pack comes into force before its day only with a reason. Nothing was changed. Write why it cannot wait."
    ),
    "region.not_training": mark(
        "Only a vault made for training can use a region that comes with the program: nobody has reviewed it. "
        "Nothing was changed. A signed content pack brings a region to this post."
    ),
    "region.unknown": mark(
        "This region does not come with the program. Nothing was changed. Choose one from the list."
    ),
    "region.folder_not_empty": mark(
        "The folder for the new content has something in it already. Nothing was written. Choose an empty folder, "
        "so that nothing of yours is overwritten."
    ),
    "pack.keys": mark(
        "Packs are signed by three different keys, and when keys are replaced two of the three must stay. Nothing "
        "was changed. Check which sticks were used."
    ),
    "pack.not_our_key": mark(
        "This stick holds a key that does not sign packs of this office. Nothing was signed. Put in one of the "
        "three sticks, with its own phrase."
    ),
    "pack.signed_already": mark(
        "This stick has signed the pack already. Nothing was changed. The second signature comes from another "
        "person with another stick."
    ),
    "pack.complete": mark(
        "This content pack has its two signatures. Nothing was changed. Give it to the posts."
    ),
    "pack.key_unreadable": mark(
        "This file opened, but it holds no key for signing packs. Nothing was changed. Choose the file pack-key on "
        "one of the three sticks."
    ),
    "pack.key_exists": mark(
        "The folder already holds a key for signing packs. Nothing was written and that key was not touched. Each "
        "key needs a stick of its own."
    ),
    "pack.not_founded": mark(
        "This headquarters has no keys for packs yet. Nothing was made. Make three keys on three sticks, then name "
        "them with the stick of the offline keys in."
    ),
    "pack.founded_already": mark(
        "This headquarters has named its keys for packs already. Nothing was changed. To replace a key, use the "
        "replacement of a key."
    ),
    "pack.folder_not_empty": mark(
        "The folder {file} is there already. Nothing was written. Choose another place, or take it away."
    ),
    "pack.no_content": mark(
        "There is nothing in this folder that a pack could hold. Nothing was made. Look at the names that a "
        "pack knows: codebook, forms, leaflets, directory."
    ),
    "pack.weak_phrase": mark(
        "This phrase is too easy to guess for a key that signs packs. Nothing was written. Use six words that were "
        "drawn for you, or a longer phrase."
    ),
}
