"""Schema 3, the way home: what headquarters sends to a post, and the post's word that it came."""

PROJECTIONS: tuple[str, ...] = (
    """CREATE TABLE outboxes (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        device TEXT NOT NULL,
        stream TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX outboxes_device ON outboxes (device)",
    """CREATE TABLE tasks (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        task TEXT NOT NULL,
        case_id TEXT NOT NULL,
        text TEXT NOT NULL,
        due TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX tasks_task ON tasks (task)",
    "CREATE INDEX tasks_case ON tasks (case_id)",
    """CREATE TABLE tasks_done (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        task TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX tasks_done_task ON tasks_done (task)",
    """CREATE TABLE results (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        referral TEXT NOT NULL,
        case_id TEXT NOT NULL,
        state TEXT NOT NULL,
        text TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX results_referral ON results (referral)",
    "CREATE INDEX results_case ON results (case_id)",
    """CREATE TABLE messages (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        case_id TEXT NOT NULL,
        text TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX messages_case ON messages (case_id)",
    """CREATE TABLE received (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        stream TEXT NOT NULL,
        number INTEGER NOT NULL,
        digest TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX received_stream ON received (stream, number)",
)

STATEMENTS: tuple[str, ...] = PROJECTIONS
