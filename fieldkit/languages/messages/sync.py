"""What is said when a file that was exchanged is refused. In every case nothing was taken from it."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "bundle.not_a_bundle": mark(
        "This file is not a bundle. Nothing was imported. "
        "Choose a file that ends in .fkb, as the post exported it."
    ),
    "bundle.incomplete": mark(
        "This bundle is incomplete: it was cut short while it was copied. Nothing was imported and nothing "
        "is lost. Copy it again from the laptop that exported it, and wait until the copy is finished."
    ),
    "bundle.altered": mark(
        "This bundle was altered or damaged after it was made. Nothing was imported and nothing is lost. "
        "Ask the post to export again; if it happens twice, tell whoever looks after security."
    ),
    "bundle.too_large": mark(
        "This bundle is larger than the {limit} bytes that a bundle may have. Nothing was imported. "
        "Ask the sender what it is."
    ),
    "bundle.not_for_us": mark(
        "This bundle was sealed for somebody else and cannot be opened here. Nothing was imported and nobody "
        "here has seen what is in it. Give it back, or pass it on to the office it was made for."
    ),
    "bundle.other_recipient": mark(
        "This bundle was made for another office and sealed again for this one. Nothing was imported. "
        "Ask the post, by a way you trust, whom it was meant for."
    ),
    "bundle.newer": mark(
        "This bundle was made by a newer version of the program. Nothing was imported and nothing is lost. "
        "Keep the file, install the newer version here, and import it then."
    ),
    "bundle.unknown_device": mark(
        "This bundle comes from a laptop that this office has not certified. Nothing was imported. "
        "Keep the file and ask the post to enrol; it can export again afterwards."
    ),
    "bundle.revoked_device": mark(
        "This bundle comes from a laptop of {post} that is no longer trusted. Nothing was imported. "
        "Keep the file, and speak with the post before you decide what to do with it."
    ),
    "bundle.replayed": mark(
        "This bundle claims to be another laptop's record. Nothing was imported. "
        "Keep the file and tell whoever looks after security."
    ),
    "bundle.other_direction": mark(
        "This bundle goes the other way: from headquarters to a post. Nothing was imported. "
        "Open it at the post it was made for."
    ),
    "bundle.other_device": mark(
        "These files from headquarters were made for {post}, not for this laptop. Nothing was taken in and nobody "
        "here has seen what is in them. Pass them on to {post}."
    ),
    "bundle.other_office": mark(
        "These files come from another organisation than the one this post belongs to. Nothing was taken in. "
        "Give them back to whoever brought them."
    ),
    "bundle.unsound": mark(
        "The signature is right, but the records in this bundle do not fit together. Nothing was imported. "
        "Keep the file, ask the post to check its vault, and to export again."
    ),
    "bundle.former_key": mark(
        "This bundle was signed before the laptop of {post} changed its key. Nothing was imported and nothing is "
        "lost. Ask the post to export again: everything that is not confirmed comes again."
    ),
    "bundle.hole": mark(
        "Entries {first} to {last} of {post} are missing between what is held here and this bundle. Nothing "
        "was imported yet. Import the earlier bundle first, or ask the post to export everything again."
    ),
    "bundle.nothing_to_send": mark(
        "There is nothing new to send: everything was received already. No file was written."
    ),
    "bundle.line_feed": mark(
        "A record could not be written into the bundle. No file was written. Report this."
    ),
    "bundle.not_contiguous": mark(
        "The records to be sent do not follow one another. No file was written. Have the vault checked."
    ),
    "bundle.not_certified": mark(
        "The certificate of this laptop is for another record than the one to be sent. No file was written. "
        "Enrol this laptop again."
    ),
    "trust.unreadable": mark(
        "This file cannot be read: it was altered, or it is another kind of file. Nothing was changed. "
        "Ask for it again."
    ),
    "trust.other_file": mark(
        "This is not the file that is needed at this step. Nothing was changed. Look which of office file, "
        "device request and certificate is asked for, and choose that one."
    ),
    "trust.newer": mark(
        "This file was made by a newer version of the program. Nothing was changed. "
        "Install the newer version here first."
    ),
    "trust.not_signed": mark(
        "The signature in this file does not fit: it was altered, or somebody else made it. Nothing was "
        "changed. Speak with the other side by a way you trust, and ask for the file again."
    ),
    "trust.other_office": mark(
        "This file belongs to another organisation. Nothing was changed. "
        "Check the name and the words of the office with the person who gave it to you."
    ),
    "trust.not_ours": mark(
        "This certificate was made for another laptop. Nothing was changed. "
        "Import it on the laptop that made the request, or send a request from this one."
    ),
    "trust.revoked": mark(
        "The laptop of {post} is no longer trusted. Nothing was changed. Speak with headquarters."
    ),
    "trust.list_older": mark(
        "This trust list has number {number}, and list {held} is held already. Nothing was changed. It may come "
        "from an old stick, or be somebody's attempt to undo a later one. Ask headquarters for the newest."
    ),
    "trust.list_forked": mark(
        "Two different trust lists with the number {number} exist. Nothing was changed. Keep the file and call "
        "headquarters on a number you know."
    ),
    "trust.name": mark(
        "This name cannot be used: it is empty, too long, or has characters that do not show. "
        "Nothing was written. Choose another name, on one line."
    ),
}
