"""Schema 4, papers and plans: what happened to people, issued papers, help, steps, results,
interpreters.
"""

PROJECTIONS: tuple[str, ...] = (
    """CREATE TABLE measures (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        measure TEXT NOT NULL,
        case_id TEXT NOT NULL,
        what TEXT NOT NULL,
        state TEXT NOT NULL,
        shut INTEGER NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX measures_state ON measures (state, shut, case_id)",
    """CREATE TABLE issued (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        document TEXT NOT NULL,
        case_id TEXT NOT NULL,
        paper TEXT NOT NULL,
        state TEXT NOT NULL,
        code TEXT NOT NULL,
        valid TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX issued_code ON issued (code)",
    "CREATE INDEX issued_document ON issued (document)",
    "CREATE INDEX issued_case ON issued (case_id)",
    """CREATE TABLE assistance (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        case_id TEXT NOT NULL,
        what TEXT NOT NULL,
        state TEXT NOT NULL,
        service TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX assistance_what ON assistance (what, state, case_id)",
    """CREATE TABLE steps (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        case_id TEXT NOT NULL,
        step TEXT NOT NULL,
        state TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX steps_case ON steps (case_id, step)",
    """CREATE TABLE follow_ups (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        referral TEXT NOT NULL,
        case_id TEXT NOT NULL,
        state TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX follow_ups_referral ON follow_ups (referral, state)",
    """CREATE TABLE interpreters (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        interpreter TEXT NOT NULL,
        code TEXT NOT NULL,
        languages TEXT NOT NULL,
        undertaking TEXT NOT NULL,
        stopped INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX interpreters_interpreter ON interpreters (interpreter)",
)

STATEMENTS: tuple[str, ...] = PROJECTIONS
