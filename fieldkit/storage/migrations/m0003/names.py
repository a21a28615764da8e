"""Names that people told, the index in which they are looked up, and the one for the numbers of cases.

`names` is a projection. `names_found` holds no text of its own, only the words of `names` and where they stand; it
is kept by triggers, so that whatever drops a name drops its words too. `secure-delete` takes deleted words out
of the index at once: without it they would stay readable in the file, even after VACUUM.

The row of an index entry is `entry * 4096 + place`.
"""

PROJECTIONS = (
    """CREATE TABLE names (
        entry INTEGER NOT NULL REFERENCES entries (id),
        place INTEGER NOT NULL CHECK (place BETWEEN 0 AND 4095),
        case_id TEXT NOT NULL,
        name TEXT NOT NULL,
        skeleton TEXT NOT NULL,
        PRIMARY KEY (entry, place)
    ) STRICT, WITHOUT ROWID""",
)

INDEX = (
    "CREATE INDEX cases_number ON cases (number)",
    """CREATE VIRTUAL TABLE names_found USING fts5 (
        name, skeleton, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
    )""",
    "INSERT INTO names_found (names_found, rank) VALUES ('secure-delete', 1)",
    """CREATE TRIGGER names_told AFTER INSERT ON names BEGIN
        INSERT INTO names_found (rowid, name, skeleton)
        VALUES (new.entry * 4096 + new.place, new.name, new.skeleton);
    END""",
    """CREATE TRIGGER names_gone AFTER DELETE ON names BEGIN
        INSERT INTO names_found (names_found, rowid, name, skeleton)
        VALUES ('delete', old.entry * 4096 + old.place, old.name, old.skeleton);
    END""",
)

STATEMENTS: tuple[str, ...] = PROJECTIONS + INDEX
