"""Receipts, copies that hold a stream, and what went: purged here, erased everywhere, asked by a person.

A payload that is not here is withheld, erased (for ever) or purged (on this laptop only): the third is new.
"""

ABSENCES = (
    """CREATE TABLE absences_with_purged (
        digest BLOB PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('withheld', 'erased', 'purged'))
    ) STRICT, WITHOUT ROWID""",
    "INSERT INTO absences_with_purged SELECT digest, state FROM absences",
    "DROP TABLE absences",
    "ALTER TABLE absences_with_purged RENAME TO absences",
)

PROJECTIONS = (
    """CREATE TABLE receipts (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        stream TEXT NOT NULL,
        number INTEGER NOT NULL,
        digest TEXT NOT NULL,
        safe INTEGER NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX receipts_stream ON receipts (stream, number)",
    """CREATE TABLE copied_heads (
        entry INTEGER NOT NULL REFERENCES entries (id),
        stream TEXT NOT NULL,
        number INTEGER NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (stream, number, entry)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX copied_heads_entry ON copied_heads (entry)",
    """CREATE TABLE removals (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        about TEXT NOT NULL,
        how TEXT NOT NULL,
        records INTEGER NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX removals_about ON removals (about)",
    """CREATE TABLE erasures (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        erasure TEXT NOT NULL,
        about TEXT NOT NULL,
        statement TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX erasures_erasure ON erasures (erasure)",
    """CREATE TABLE asked_of_us (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        request TEXT NOT NULL,
        case_id TEXT NOT NULL,
        what TEXT NOT NULL,
        answered INTEGER NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX asked_of_us_case ON asked_of_us (case_id, request)",
    """CREATE TABLE erasures_asked (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        request TEXT NOT NULL,
        about TEXT NOT NULL,
        because TEXT NOT NULL,
        place TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX erasures_asked_about ON erasures_asked (about)",
)

STATEMENTS: tuple[str, ...] = ABSENCES + PROJECTIONS
