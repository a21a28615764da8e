"""Schema 4, the desk: who arrived and waits, households and groups.

`arrival_steps` and `arrival_said` are projections. `waiting` follows from them: one row for each person or
household that waits, in the order of the queue, so that the queue is read without looking at whoever waits no more.
It is kept by triggers, so that whatever drops a step or a flag also puts the queue right (`domain.waiting`, rules 1
and 3). What an entry replaces is written before its rows (`projections.project_links`).
"""

PROJECTIONS: tuple[str, ...] = (
    """CREATE TABLE arrival_steps (
        entry INTEGER PRIMARY KEY REFERENCES entries (id),
        about TEXT NOT NULL,
        step TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX arrival_steps_about ON arrival_steps (about, step, at)",
    """CREATE TABLE arrival_said (
        entry INTEGER NOT NULL REFERENCES entries (id),
        place INTEGER NOT NULL,
        about TEXT NOT NULL,
        what TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (entry, place)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX arrival_said_about ON arrival_said (about, what, value)",
    "CREATE INDEX arrival_said_value ON arrival_said (what, value, about)",
)

_STEP = "SELECT 1 FROM arrival_steps WHERE about = {row}.about AND step = '{step}'"
_ENDED = """
    SELECT 1 FROM arrival_steps AS held JOIN entries ON entries.id = held.entry
    WHERE held.about = {row}.about AND held.step = 'ended' AND NOT EXISTS (
        SELECT 1 FROM replacements JOIN arrival_steps AS newer ON newer.entry = replacements.entry
        WHERE replacements.replaced = entries.digest AND newer.about = held.about AND newer.step = 'again'
    )
"""
_FLAGGED = """
    SELECT 1 FROM arrival_said AS held JOIN entries ON entries.id = held.entry
    WHERE held.about = {row}.about AND held.what = 'flag' AND NOT EXISTS (
        SELECT 1 FROM arrival_said AS newer WHERE newer.about = held.about AND newer.what = 'settled'
        AND newer.value = held.value || ' ' || lower(hex(entries.digest))
    )
"""
_PUT_RIGHT = f"""
    DELETE FROM waiting WHERE about = {{row}}.about;
    INSERT INTO waiting (about, urgent, since)
    SELECT {{row}}.about, EXISTS ({_FLAGGED}),
           (SELECT MIN(at) FROM arrival_steps WHERE about = {{row}}.about AND step = 'arrived')
    WHERE EXISTS ({_STEP.format(row="{row}", step="arrived")})
      AND NOT (EXISTS ({_STEP.format(row="{row}", step="screened")})
               AND EXISTS ({_STEP.format(row="{row}", step="referred")}))
      AND NOT EXISTS ({_ENDED});
"""  # noqa: S608 (constants)


def _trigger(name: str, happens: str, table: str, row: str, when: str = "") -> str:
    return f"CREATE TRIGGER {name} AFTER {happens} ON {table} {when} BEGIN {_PUT_RIGHT.format(row=row)} END"


_A_FLAG = "WHEN {row}.what IN ('flag', 'settled')"

QUEUE = (
    """CREATE TABLE waiting (
        about TEXT PRIMARY KEY,
        urgent INTEGER NOT NULL,
        since TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX waiting_order ON waiting (urgent DESC, since, about)",
    _trigger("arrival_step_told", "INSERT", "arrival_steps", "new"),
    _trigger("arrival_step_gone", "DELETE", "arrival_steps", "old"),
    _trigger("arrival_flag_told", "INSERT", "arrival_said", "new", _A_FLAG.format(row="new")),
    _trigger("arrival_flag_gone", "DELETE", "arrival_said", "old", _A_FLAG.format(row="old")),
)

STATEMENTS: tuple[str, ...] = PROJECTIONS + QUEUE
