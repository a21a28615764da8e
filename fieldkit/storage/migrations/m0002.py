"""Schema 2: files that were attached to answers, media that came with forms, and where each belongs.

`holder` is `draft/…`, `submission/…` or `form/…` (`storage/attachments.py`). A draft takes its files with it when
it goes. `files` is a projection: what an entry says it has, whether the bytes are here or not.
"""

ATTACHMENTS = (
    """CREATE TABLE attachments (
        id INTEGER PRIMARY KEY,
        holder TEXT NOT NULL,
        draft TEXT REFERENCES drafts (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        digest BLOB NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX attachments_name ON attachments (holder, name)",
    "CREATE INDEX attachments_draft ON attachments (draft)",
    """CREATE TABLE attachment_parts (
        attachment INTEGER NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        content BLOB NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX attachment_parts_place ON attachment_parts (attachment, place)",
)

PROJECTIONS = (
    """CREATE TABLE files (
        entry INTEGER NOT NULL REFERENCES entries (id),
        holder TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (entry, holder, name)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX files_holder ON files (holder)",
)

STATEMENTS: tuple[str, ...] = ATTACHMENTS + PROJECTIONS
