"""Schema 4, which content a laptop had in force when it sealed a bundle: as headquarters heard it."""

PROJECTIONS = (
    """CREATE TABLE told_versions (
        entry INTEGER NOT NULL REFERENCES entries (id),
        device TEXT NOT NULL,
        name TEXT NOT NULL,
        version TEXT NOT NULL,
        day TEXT NOT NULL,
        PRIMARY KEY (device, name, entry)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX told_versions_entry ON told_versions (entry)",
)

STATEMENTS: tuple[str, ...] = PROJECTIONS
