"""Devices that are not trusted any more, which list each laptop has acknowledged, and what was set aside.

`quarantine` is no projection: it holds entries that came and are not merged, as they came. `name` is the digest of
the payload, and an empty salt says that none came with it; when headquarters erases one, it goes here too (journal
rule 7), whoever does it.
"""

PROJECTIONS = (
    """CREATE TABLE revocations (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        revoked TEXT NOT NULL,
        reason TEXT NOT NULL,
        day TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX revocations_revoked ON revocations (revoked)",
    """CREATE TABLE cut_offs (
        entry INTEGER NOT NULL REFERENCES entries (id),
        revoked TEXT NOT NULL,
        stream TEXT NOT NULL,
        number INTEGER NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (revoked, stream, entry)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX cut_offs_entry ON cut_offs (entry)",
    """CREATE TABLE acknowledgements (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        device TEXT NOT NULL,
        number INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX acknowledgements_device ON acknowledgements (device, number)",
)

QUARANTINE = (
    """CREATE TABLE quarantine (
        id INTEGER PRIMARY KEY,
        stream TEXT NOT NULL,
        number INTEGER NOT NULL,
        digest BLOB NOT NULL,
        content BLOB NOT NULL,
        salt BLOB NOT NULL,
        payload BLOB NOT NULL,
        name BLOB NOT NULL,
        why TEXT NOT NULL,
        device TEXT NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX quarantine_digest ON quarantine (digest)",
    "CREATE INDEX quarantine_stream ON quarantine (stream, number)",
    "CREATE INDEX quarantine_name ON quarantine (name)",
    """CREATE TRIGGER quarantine_erased AFTER INSERT ON absences WHEN NEW.state = 'erased' BEGIN
        UPDATE quarantine SET salt = X'', payload = X'' WHERE name = NEW.digest;
    END""",
    """CREATE TRIGGER quarantine_erased_later AFTER UPDATE ON absences WHEN NEW.state = 'erased' BEGIN
        UPDATE quarantine SET salt = X'', payload = X'' WHERE name = NEW.digest;
    END""",
)
"""After the topic that makes `absences` anew: a trigger goes with its table."""

STATEMENTS: tuple[str, ...] = PROJECTIONS + QUARANTINE
