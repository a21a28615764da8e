"""Sentences for copies of a vault, for looking at one, and for rescuing what is left of one."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "check.pages": mark(
        "The disk gave back {count} pages of the file with the records that are not as they were written. Nothing"
        " was changed. Do not work on. Copy the whole vault folder to a safe place, then rescue what can be read."
    ),
    "check.tables": mark(
        "The tables of this vault do not fit together in {count} places. Nothing was changed. Copy the whole "
        "vault folder to a safe place, then rescue what can be read, or put back a copy."
    ),
    "check.journal": mark(
        "In the journal {stream} {count} entries do not fit; the first is number {first}. Nothing was changed. "
        "Somebody or something changed the records from outside. Keep this laptop as it is and call your "
        "headquarters."
    ),
    "check.files": mark(
        "{count} files that belong to interviews are missing or damaged. The answers themselves are sound. Put "
        "back a copy into another folder to look for them there."
    ),
    "check.header_copy": mark(
        "One of the two files that open this vault ({file}) is missing or damaged. The other one is sound and "
        "nothing is lost. Sign in once to write both anew, then make a copy of the vault: the disk may be "
        "failing."
    ),
    "check.header_altered": mark(
        "One of the two files that open this vault ({file}) was not written by this vault. Nothing was changed. "
        "Keep this laptop as it is and call your headquarters."
    ),
    "check.header_copies_differ": mark(
        "One of the two files that open this vault is older than the other. Nothing is lost. Sign in once to "
        "write both anew."
    ),
    "backup.no_folder": mark(
        "The chosen folder is not there. Nothing was written. Put the stick in and choose the folder again."
    ),
    "backup.inside_vault": mark(
        "This folder lies inside the vault itself: a copy there would be lost with it. Nothing was written. "
        "Choose a folder on another disk."
    ),
    "backup.source_damaged": mark(
        "{count} pages of the file with the records are damaged, so a copy would not be whole. No copy was "
        "written and earlier copies were not touched. Check this vault, and keep the earlier copies safe."
    ),
    "backup.not_whole": mark(
        "The copy was written, but what came back from the disk is not what went there ({reason}). It was taken "
        "away again; the vault itself was not touched. Take another stick."
    ),
    "backup.disk_full": mark(
        "The copy needs {needed} MB and there are {free} MB free. Nothing was written. Make room, or take another"
        " stick."
    ),
    "backup.filled": mark(
        "The stick or disk became full. The unfinished copy was taken away; the vault itself was not touched. "
        "Make room, or take another stick. A stick may also refuse a file of more than 4 GB: format it as exFAT."
    ),
    "backup.disk_failed": mark(
        "The stick or disk does not answer as it should. There is no new copy; the vault itself was not touched. "
        "Put the stick in again, or take another one."
    ),
    "backup.not_empty": mark(
        "This folder is not empty. Nothing in it was touched. Choose an empty folder, or a name that is not there"
        " yet."
    ),
    "restore.filled": mark(
        "The disk became full. Nothing was put back, and the copy was not touched. Make room, then try again."
    ),
    "restore.disk_failed": mark(
        "The stick or disk does not answer as it should. Nothing was put back, and the copy was not touched. Put "
        "the stick in again, or take another copy."
    ),
    "restore.not_whole": mark(
        "This copy is damaged ({reason}). Nothing was put back. Take another copy, or rescue what can be read of "
        "this one."
    ),
    "rescue.nothing_readable": mark(
        "Nothing in the damaged file can be read with this key. No new vault was written and the damaged one was "
        "not touched. Put back an earlier copy, or ask headquarters."
    ),
    "rescue.pages": mark(
        "{broken} of {count} pages could not be read. What stood on them is lost unless a copy or headquarters "
        "has it. What was found is in the new vault; keep the damaged folder."
    ),
    "rescue.entries": mark(
        "In the journal {stream} the entries {first} to {last} are gone. Everything else was kept. Look for them "
        "in an earlier copy, or ask headquarters what it holds."
    ),
    "rescue.contents": mark(
        "Of {count} entries only the link is left, not what they said. Everything else was kept. Look for them in"
        " an earlier copy, or ask headquarters what it holds."
    ),
    "rescue.files": mark(
        "{count} attached files are gone. The answers they belong to were kept. Look for them in an earlier copy."
    ),
    "rescue.drafts": mark(
        "{count} unfinished interviews are gone, because the page on which they begin is. Finished interviews are"
        " not meant by this. Ask the persons again only for what is needed."
    ),
    "rescue.draft_lines": mark(
        "Unfinished interviews lost {count} steps at their end. What was answered before is there. Read these "
        "interviews through before you finish them."
    ),
    "rescue.office_keys": mark(
        "The keys of this headquarters are gone. The records were kept, but no bundle from a post opens with "
        "them. Put back an earlier copy, which has the keys."
    ),
    "rescue.roles": mark(
        "Which roles the people of this vault have is lost. The records were kept, but nobody can work with them "
        "here. Put back an earlier copy, or ask headquarters."
    ),
    "journal.begun": mark(
        "The program made a mistake. Nothing was saved. Please report the code journal.begun."
    ),
}
