"""What left for others, what was taken over from them, alerts; and the sealed records among which complaints lie.

`sealed_records` is no projection and has nothing to do with the journal: content of one size, the week, how
often it was carried out. It holds no more, so that there is nothing in which a complaint could differ from a blank.
"""

PROJECTIONS = (
    """CREATE TABLE shares (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        share TEXT NOT NULL,
        case_id TEXT NOT NULL,
        contact TEXT NOT NULL,
        protocol TEXT NOT NULL,
        how TEXT NOT NULL,
        fields TEXT NOT NULL,
        agreement TEXT NOT NULL,
        told INTEGER NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX shares_case ON shares (case_id)",
    "CREATE INDEX shares_share ON shares (share)",
    """CREATE TABLE hand_over_receipts (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        share TEXT NOT NULL,
        case_id TEXT NOT NULL,
        by TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX hand_over_receipts_share ON hand_over_receipts (share)",
    """CREATE TABLE taken_over (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        share TEXT NOT NULL,
        case_id TEXT NOT NULL,
        contact TEXT NOT NULL,
        number TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX taken_over_share ON taken_over (share)",
    """CREATE TABLE alerts (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        alert TEXT NOT NULL,
        way TEXT NOT NULL,
        contact TEXT NOT NULL,
        number TEXT NOT NULL,
        age_band TEXT NOT NULL,
        sex TEXT NOT NULL,
        call TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX alerts_alert ON alerts (alert)",
)

SEALED_RECORDS = (
    """CREATE TABLE sealed_records (
        id INTEGER PRIMARY KEY,
        week TEXT NOT NULL,
        carried INTEGER NOT NULL,
        content BLOB NOT NULL
    ) STRICT""",
)

STATEMENTS: tuple[str, ...] = PROJECTIONS + SEALED_RECORDS
