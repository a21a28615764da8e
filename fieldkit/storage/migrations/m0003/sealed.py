"""Schema 3, sealed classes: public halves of keys, who was given which, and what is sealed.

None of these are projections: what is sealed lies here instead of among the payloads. `recipient` is an age
recipient. A row of `key_holders` without a class is the key of that person's own. `due` marks a class whose key
somebody took along who left: the next person who holds it renews it. `size`
is that of the open file while it belongs to a draft, and 0 afterwards.
"""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE class_keys (
        class TEXT PRIMARY KEY,
        recipient TEXT NOT NULL,
        due INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE key_holders (
        person TEXT NOT NULL,
        class TEXT NOT NULL,
        recipient TEXT NOT NULL,
        PRIMARY KEY (person, class)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE class_grants (
        person TEXT NOT NULL,
        class TEXT NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (person, class)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE sealed_payloads (
        digest BLOB PRIMARY KEY,
        class TEXT NOT NULL,
        recipient TEXT NOT NULL,
        content BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX sealed_payloads_class ON sealed_payloads (class)",
    """CREATE TABLE sealed_files (
        class TEXT NOT NULL,
        recipient TEXT NOT NULL,
        size INTEGER NOT NULL,
        attachment INTEGER NOT NULL REFERENCES attachments (id) ON DELETE CASCADE
    ) STRICT""",
    "CREATE UNIQUE INDEX sealed_files_attachment ON sealed_files (attachment)",
    "CREATE INDEX sealed_files_class ON sealed_files (class)",
)
