"""What is said when something sealed or signed is refused."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "seal.key_unreadable": mark(
        "This key cannot be read. Nothing was changed. Use the key file as it was made, without editing it."
    ),
    "seal.recipient": mark(
        "The address to seal to is not valid, so nothing was sealed. Import headquarters' office file again."
    ),
    "seal.too_large": mark(
        "This file is larger, or asks for more memory, than this program opens (limit {limit}). "
        "Nothing was changed. Ask the sender what it is."
    ),
    "seal.not_sealed": mark(
        "This is not a sealed file of the kind expected here. Nothing was changed. Choose the right file."
    ),
    "seal.not_for_us": mark(
        "This file was sealed to somebody else's key and cannot be opened here. Nothing was changed. "
        "Pass it on to the office it was made for, or ask the sender to export it for you."
    ),
    "seal.damaged": mark(
        "This file was altered or cut short on the way. Nothing was taken from it. Copy it again from "
        "where it was made; the data is still there."
    ),
    "signature.key_unreadable": mark(
        "This signing key cannot be read. Nothing was changed. Use the key file as it was made."
    ),
    "signature.comment": mark("The note beside a signature must be plain text. Nothing was signed."),
    "signature.unreadable": mark(
        "The signature in this file is not written as it must be. Nothing was taken from it. "
        "Copy the file again from where it was made."
    ),
    "signature.other_key": mark(
        "This file was signed with another key than expected. Nothing was taken from it. "
        "Ask the sender, by a way you trust, which laptop made it."
    ),
    "signature.wrong": mark(
        "The signature does not fit this file: it was altered, or somebody else made it. Nothing was taken "
        "from it. Ask the sender for a new copy, by a way you trust."
    ),
    "offline.wrong_phrase": mark(
        "This phrase does not open the offline keys. Nothing was changed. Check the words and their order, "
        "and try again."
    ),
    "offline.unreadable": mark(
        "The offline key file opened, but its content is not that of offline keys. Nothing was changed. "
        "Use the second copy of the stick."
    ),
    "offline.newer": mark(
        "The offline key file was made by a newer version of this program. Nothing was changed. "
        "Install the newer version on this laptop first."
    ),
}
