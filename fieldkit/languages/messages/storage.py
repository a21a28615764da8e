"""What is said about the vault, its door and its journal."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "vault.none": mark(
        "There is no vault in this folder. Nothing was changed. Choose the folder of a vault, or create one."
    ),
    "vault.exists": mark(
        "There is a vault in this folder already. It was not touched. Open it, or choose another folder."
    ),
    "vault.in_use": mark(
        "This vault is open in another window of the program. Nothing was changed. Go to that window, or "
        "close it and try again."
    ),
    "vault.wrong_phrase": mark(
        "This phrase does not open the vault. Nothing was changed. Check your name, the spelling and the "
        "order of the words. Capitals and extra spaces do not matter; accents do."
    ),
    "vault.wait": mark(
        "Several phrases were wrong. Wait for {wait_seconds} s, then try again. Nothing was changed and"
        " nobody is locked out."
    ),
    "vault.no_such_person": mark(
        "This person has no way into this vault any more. Nothing was changed. Choose another name, or "
        "ask the administrator."
    ),
    "vault.newer": mark(
        "This vault was written by a newer version of the program. It was not touched. Install the newer "
        "version and open it again."
    ),
    "vault.header_damaged": mark(
        "Both copies of the file that opens this vault are damaged. The records themselves were not "
        "touched. Copy the whole folder to a safe place, then ask headquarters how to recover it."
    ),
    "vault.header_altered": mark(
        "The file that opens this vault was changed by something other than this program. Nobody was let "
        "in and the records were not touched. Keep the folder as it is and tell headquarters."
    ),
    "vault.database_missing": mark(
        "The file with the records is missing from this vault. Nothing was changed. Look for a copy of "
        "the folder, then ask headquarters how to recover it."
    ),
    "vault.plaintext": mark(
        "The file with the records is not encrypted, so this program did not open it. Nothing was "
        "changed. It was not written by this program: tell headquarters and keep it safe."
    ),
    "vault.no_cipher": mark(
        "The part of the program that encrypts is missing. Nothing was opened or written. Install the "
        "program again."
    ),
    "vault.not_this_key": mark(
        "The file with the records does not belong to this vault, or its beginning is damaged. Nothing "
        "was changed. Copy the whole folder to a safe place, then ask headquarters how to recover it."
    ),
    "vault.database_damaged": mark(
        "The file with the records is damaged in places. Nothing more was written. Copy the whole folder "
        "to a safe place, then ask headquarters how to recover it."
    ),
    "attachment.damaged": mark(
        "The file {file} that belongs to an interview is missing or damaged in the vault. The answers themselves "
        "were not touched. Copy the whole vault folder to a safe place, then tell your administrator."
    ),
    "vault.disk_full": mark(
        "The disk is full. What was shown as saved is safe; the last change was not saved. Make room on "
        "the disk, then try again."
    ),
    "vault.disk_failed": mark(
        "The disk does not answer as it should. What was shown as saved stays as it is on the disk; the "
        "last change was not saved. Check that the disk is connected, then try again."
    ),
    "vault.vanished": mark(
        "The records of this vault are not in their place any more: their folder was moved or removed, or the disk "
        "was pulled out. What was saved before lies where the folder is now; the last change was not saved. Put "
        "the folder or the disk back, then try again; if that does not help, lock and sign in again."
    ),
    "vault.read_only": mark(
        "The disk allows reading only. Nothing was saved. Allow writing to the folder of the vault, then "
        "try again."
    ),
    "vault.busy": mark(
        "Another program holds the file with the records. The last change was not saved. Close that "
        "program, then try again."
    ),
    "vault.too_many_people": mark(
        "This vault has as many people as it can hold. Nobody was added. Remove somebody who left, then "
        "try again."
    ),
    "vault.name_too_long": mark("This name is too long. Nothing was saved. Use at most 200 letters."),
    "vault.header": mark(
        "The program made a mistake with the file that opens the vault. Nothing was written. Please "
        "report the code vault.header."
    ),
    "journal.hole": mark(
        "Entries {first} to {last} are missing before what was brought. Nothing of it was kept. Ask the "
        "post for a bundle that begins earlier."
    ),
    "journal.fork": mark(
        "Entry {number} differs from the one held already: two laptops write under one name, or one was "
        "restored from a backup. Nothing of it was kept. Tell headquarters, who enrols the laptop again."
    ),
    "journal.broken": mark(
        "Entry {number} does not continue the entry before it. Nothing of it was kept. Ask the post to "
        "export again."
    ),
    "journal.wrong_stream": mark(
        "Entry {number} belongs to another laptop than the bundle says. Nothing of it was kept. Ask the "
        "post to export again."
    ),
    "journal.payload_altered": mark(
        "The content of entry {number} was altered. Nothing of it was kept. Ask the post to export again."
    ),
    "journal.too_large": mark(
        "The content of one entry is larger than this program takes. Nothing of it was kept. Ask the post"
        " what it is."
    ),
    "journal.payload": mark(
        "The program made a mistake: a change of the kind {kind} was not complete. Nothing was saved. "
        "Please report the code journal.payload."
    ),
    "journal.entry": mark(
        "The program made a mistake with an entry. Nothing was saved. Please report the code journal.entry."
    ),
    "entry.unreadable": mark(
        "An entry cannot be read. Nothing of it was kept. Ask whoever sent it to export again."
    ),
    "entry.newer": mark(
        "An entry was written by a newer version of the program. Nothing of it was kept. Install the "
        "newer version, then import again."
    ),
    "entry.too_large": mark(
        "An entry is larger than an entry can be ({bytes} bytes). Nothing of it was kept. Ask whoever "
        "sent it what it is."
    ),
    "payload.unreadable": mark(
        "The content of an entry cannot be read. It is kept as it is. Install the newest version of the "
        "program."
    ),
    "draft.changed": mark(
        "This interview was changed while its move to the newer version was shown. Nothing was moved. "
        "Look at what would move once more."
    ),
    "draft.unknown": mark(
        "This interview was finished or discarded in another place. The answer was not saved. Go back "
        "to Home and open the case."
    ),
    "draft.not_yours": mark(
        "This unfinished interview is sealed to the person who began it. Nothing was changed. Ask them to "
        "finish it, or begin an interview of your own."
    ),
    "sealed.not_cleared": mark(
        "This is sealed, and your key does not open it. Nothing was changed. Ask somebody who is cleared for "
        "it; the case says whom."
    ),
    "sealed.no_key": mark(
        "The key for sealed answers is missing in this vault. Nothing was saved. Sign out, sign in again and "
        "try once more; if it stays, please report the code sealed.no_key."
    ),
    "sealed.left_open": mark(
        "The program made a mistake with sealed answers. Nothing was saved. Please report the code "
        "sealed.left_open."
    ),
    "sealed.no_own_key": mark(
        "This person has not signed in yet with this version of the program. Nothing was given. Ask them to "
        "sign in once, then try again."
    ),
    "sealed.not_held": mark(
        "You do not hold the key for this yourself, so you cannot give it to anybody. Nothing was changed. Ask "
        "somebody who holds it."
    ),
    "database.nested": mark(
        "The program made a mistake. Nothing was saved. Please report the code database.nested."
    ),
    "database.outside": mark(
        "The program made a mistake. Nothing was saved. Please report the code database.outside."
    ),
    "database.failed_inside": mark(
        "The program made a mistake. Nothing was saved. Please report the code database.failed_inside."
    ),
    "database.statement": mark(
        "The program made a mistake ({kind}). Nothing was saved. Please report the code database.statement."
    ),
    "database.no_number": mark(
        "The program made a mistake. Nothing was changed. Please report the code database.no_number."
    ),
}
