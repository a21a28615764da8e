"""Schema 1: the journal, its projections, drafts, and what belongs to this vault alone.

Digests of entries and payloads are 32 raw bytes here, and hexadecimal everywhere else. `entry` in a
projection is the row of the entry it came from: its rows can be dropped and written again entry by entry.
"""

JOURNAL = (
    "CREATE TABLE streams (id INTEGER PRIMARY KEY, stream TEXT NOT NULL UNIQUE) STRICT",
    """CREATE TABLE entries (
        id INTEGER PRIMARY KEY,
        stream INTEGER NOT NULL REFERENCES streams (id),
        number INTEGER NOT NULL,
        digest BLOB NOT NULL,
        content BLOB NOT NULL,
        subject TEXT NOT NULL,
        kind TEXT NOT NULL,
        payload BLOB NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX entries_place ON entries (stream, number)",
    "CREATE UNIQUE INDEX entries_digest ON entries (digest)",
    "CREATE INDEX entries_payload ON entries (payload)",
    "CREATE INDEX entries_subject ON entries (subject)",
    "CREATE TABLE payloads (digest BLOB PRIMARY KEY, salt BLOB NOT NULL, content BLOB NOT NULL) STRICT",
    """CREATE TABLE absences (
        digest BLOB PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('withheld', 'erased'))
    ) STRICT, WITHOUT ROWID""",
)

PROJECTIONS = (
    """CREATE TABLE replacements (
        entry INTEGER NOT NULL REFERENCES entries (id),
        replaced BLOB NOT NULL,
        PRIMARY KEY (replaced, entry)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX replacements_entry ON replacements (entry)",
    """CREATE TABLE field_values (
        entry INTEGER NOT NULL REFERENCES entries (id),
        subject TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (subject, field, entry)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX field_values_entry ON field_values (entry)",
    "CREATE TABLE unread (entry INTEGER PRIMARY KEY REFERENCES entries (id)) STRICT",
    """CREATE TABLE cases (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        case_id TEXT NOT NULL,
        number TEXT NOT NULL,
        form TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX cases_day ON cases (day, case_id, number)",
    "CREATE INDEX cases_case ON cases (case_id)",
    """CREATE TABLE submissions (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        instance_id TEXT NOT NULL,
        case_id TEXT NOT NULL,
        form TEXT NOT NULL,
        version TEXT NOT NULL,
        survey INTEGER NOT NULL,
        interpreted TEXT NOT NULL,
        officer_language TEXT NOT NULL,
        person_language TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX submissions_case ON submissions (case_id)",
    "CREATE INDEX submissions_form ON submissions (survey, form, day)",
    """CREATE TABLE sections (
        entry INTEGER NOT NULL REFERENCES entries (id),
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        asked INTEGER NOT NULL,
        in_private INTEGER NOT NULL,
        interpreted TEXT NOT NULL,
        reviewed_text INTEGER NOT NULL,
        declined INTEGER NOT NULL,
        not_asked INTEGER NOT NULL,
        PRIMARY KEY (entry, place)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX sections_count ON sections (name, asked, declined, not_asked)",
    """CREATE TABLE facts (
        entry INTEGER NOT NULL REFERENCES entries (id),
        name TEXT NOT NULL,
        place INTEGER NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (entry, name, place)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX facts_value ON facts (name, value, entry)",
    """CREATE TABLE outcomes (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        case_id TEXT NOT NULL,
        category TEXT NOT NULL,
        state TEXT NOT NULL,
        rule TEXT NOT NULL,
        verdict TEXT NOT NULL,
        because TEXT NOT NULL,
        reason TEXT NOT NULL,
        rules_version TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX outcomes_count ON outcomes (day, category, state, case_id)",
    "CREATE INDEX outcomes_case ON outcomes (case_id, category, state)",
    """CREATE TABLE referrals (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        referral TEXT NOT NULL,
        case_id TEXT NOT NULL,
        category TEXT NOT NULL,
        service TEXT NOT NULL,
        needs TEXT NOT NULL,
        declined INTEGER NOT NULL,
        safe_to_carry INTEGER NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX referrals_case ON referrals (case_id)",
    "CREATE INDEX referrals_referral ON referrals (referral)",
    "CREATE INDEX referrals_count ON referrals (day, category, declined, case_id)",
    """CREATE TABLE information (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        case_id TEXT NOT NULL,
        leaflet TEXT NOT NULL,
        version TEXT NOT NULL,
        language TEXT NOT NULL,
        draft INTEGER NOT NULL,
        how TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX information_count ON information (day, leaflet, language)",
    "CREATE INDEX information_case ON information (case_id)",
    """CREATE TABLE documents (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        case_id TEXT NOT NULL,
        what TEXT NOT NULL,
        language TEXT NOT NULL,
        pages INTEGER NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX documents_case ON documents (case_id)",
    """CREATE TABLE people (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        person TEXT NOT NULL,
        label TEXT NOT NULL,
        roles TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE agreements (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        case_id TEXT NOT NULL,
        recipient TEXT NOT NULL,
        agreed INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX agreements_case ON agreements (case_id, recipient)",
    """CREATE TABLE forms (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        form TEXT NOT NULL,
        version TEXT NOT NULL,
        title TEXT NOT NULL,
        source TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX forms_form ON forms (form, version)",
    """CREATE TABLE exports (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        bundle TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        recipient TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE imports (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        bundle TEXT NOT NULL,
        stream TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        holes TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX imports_bundle ON imports (bundle)",
    """CREATE TABLE certificates (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        device TEXT NOT NULL,
        certificate TEXT NOT NULL
    ) STRICT""",
)

DRAFTS = (
    """CREATE TABLE drafts (
        id TEXT PRIMARY KEY,
        person TEXT NOT NULL,
        case_id TEXT NOT NULL,
        form TEXT NOT NULL,
        version TEXT NOT NULL,
        started TEXT NOT NULL,
        officer_language TEXT NOT NULL,
        person_language TEXT NOT NULL,
        interpreted TEXT NOT NULL,
        position TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX drafts_person ON drafts (person)",
    """CREATE TABLE draft_log (
        draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        kind TEXT NOT NULL,
        ref TEXT NOT NULL,
        value TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (draft, seq)
    ) STRICT, WITHOUT ROWID""",
)

BELONGINGS = ("CREATE TABLE belongings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID",)

STATEMENTS: tuple[str, ...] = JOURNAL + PROJECTIONS + DRAFTS + BELONGINGS
