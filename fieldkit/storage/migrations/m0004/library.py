"""Schema 4, what counsellors keep: talks, group sessions, people informed, comments on leaflets, recorded clips."""

PROJECTIONS: tuple[str, ...] = (
    """CREATE TABLE counsellings (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        case_id TEXT NOT NULL,
        place TEXT NOT NULL,
        language TEXT NOT NULL,
        interpreted TEXT NOT NULL,
        understood TEXT NOT NULL,
        asked INTEGER NOT NULL,
        goes_on INTEGER NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX counsellings_case ON counsellings (case_id)",
    """CREATE TABLE counselled_topics (
        entry INTEGER NOT NULL REFERENCES entries (id),
        topic TEXT NOT NULL,
        PRIMARY KEY (entry, topic)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE group_sessions (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        place TEXT NOT NULL,
        topic TEXT NOT NULL,
        languages TEXT NOT NULL,
        audience TEXT NOT NULL,
        people INTEGER NOT NULL,
        questions INTEGER NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE informed (
        entry INTEGER NOT NULL REFERENCES entries (id),
        place TEXT NOT NULL,
        language TEXT NOT NULL,
        people INTEGER NOT NULL,
        day TEXT NOT NULL,
        PRIMARY KEY (entry, language)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE handed_out (
        entry INTEGER NOT NULL REFERENCES entries (id),
        leaflet TEXT NOT NULL,
        version TEXT NOT NULL,
        language TEXT NOT NULL,
        copies INTEGER NOT NULL,
        day TEXT NOT NULL,
        PRIMARY KEY (entry, leaflet, language)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE leaflet_comments (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        leaflet TEXT NOT NULL,
        version TEXT NOT NULL,
        language TEXT NOT NULL,
        reader TEXT NOT NULL,
        understood TEXT NOT NULL,
        text TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX leaflet_comments_leaflet ON leaflet_comments (leaflet, language)",
    """CREATE TABLE clips (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        leaflet TEXT NOT NULL,
        section TEXT NOT NULL,
        language TEXT NOT NULL,
        text TEXT NOT NULL,
        file TEXT NOT NULL,
        seconds INTEGER NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX clips_leaflet ON clips (leaflet, language, section)",
)

STATEMENTS: tuple[str, ...] = PROJECTIONS
