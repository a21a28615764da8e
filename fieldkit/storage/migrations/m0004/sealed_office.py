"""Schema 4, sealed answers that travel: what a post seals for headquarters, keys that gave way, who is cleared
there.

The first two are no projections. `sealed_for_office` is a second sealing of what `sealed_payloads` holds, under
the class key of headquarters; `delivered` is the last number of the bundle it went along in, 0 before the first.
`former_class_keys` keeps the private half of a class key that others still seal to, sealed to the present one.
"""

KEPT = (
    """CREATE TABLE sealed_for_office (
        digest BLOB PRIMARY KEY,
        class TEXT NOT NULL,
        recipient TEXT NOT NULL,
        content BLOB NOT NULL,
        delivered INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE former_class_keys (
        class TEXT NOT NULL,
        recipient TEXT NOT NULL,
        present TEXT NOT NULL,
        sealed BLOB NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX former_class_keys_recipient ON former_class_keys (recipient)",
)

PROJECTIONS = (
    """CREATE TABLE clearances (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        person TEXT NOT NULL,
        class TEXT NOT NULL,
        stands INTEGER NOT NULL,
        reason TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX clearances_person ON clearances (person, class)",
)

STATEMENTS: tuple[str, ...] = KEPT + PROJECTIONS
