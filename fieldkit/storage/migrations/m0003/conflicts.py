"""Schema 3, answers that differ: the fields in dispute, and what waits for a second person.

`disputes` follows from `field_values` and `replacements` and is kept with them, so that the first screen of a desk
need not look through all values. `proposals` is a projection like others.
"""

DERIVED: tuple[str, ...] = (
    """CREATE TABLE disputes (
        subject TEXT NOT NULL,
        field TEXT NOT NULL,
        PRIMARY KEY (subject, field)
    ) STRICT, WITHOUT ROWID""",
)

PROJECTIONS: tuple[str, ...] = (
    """CREATE TABLE proposals (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        proposal TEXT NOT NULL,
        about TEXT NOT NULL,
        what TEXT NOT NULL,
        state TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX proposals_proposal ON proposals (proposal, state)",
    "CREATE INDEX proposals_about ON proposals (about)",
)

STATEMENTS: tuple[str, ...] = DERIVED + PROJECTIONS
