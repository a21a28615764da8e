"""Interpreters by a code, their undertaking, and what the person says to each (R-197, K-21; `protection.md` 2).

1. No name is kept: a code, which stands on papers; who it is stands on the signed paper in the post's folder.
2. Who has not signed the undertaking of confidentiality is not chosen: the day it was signed is part of the
   entry.
3. For each talk the person says whether this interpreter suits them, and whether they are strangers; with a
   no, the interpreter does not interpret, and nobody asks why.
4. How well somebody speaks a language, which dialects, and what they were trained in, is written down as they say
   themselves: nobody here examines them.
5. A talk for which nobody suitable was there is counted (`missing`): an interpreter who is needed and not there is
   a need of the post.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fieldkit.domain.access import Action
from fieldkit.domain.document import Blank, Document
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.services.bilingual import Pair
from fieldkit.services.case_file import CASE
from fieldkit.services.errors import DeskFault
from fieldkit.services.interview import Interview
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_papers
from fieldkit.storage.kinds_papers import INTERPRETER, TALKED
from fieldkit.storage.queries_papers import Interpreting

SUBJECT = "interpreter"
UNLISTED = "unlisted"
"""Stands for somebody who is not in the list: whether they may interpret, the person says all the same."""
HOWS = ("here", "phone")
LEVELS = ("some", "well", "first")
"""How well somebody speaks a language, as they say themselves: a little, well, as a first language (rule 4)."""
MOST_TEXT = 120
_STANDING = """
    SELECT held.interpreter, held.code, held.languages, held.undertaking, held.stopped, entries.digest,
           hex(entries.payload)
    FROM interpreters AS held JOIN entries ON entries.id = held.entry
    WHERE NOT EXISTS (
        SELECT 1 FROM replacements JOIN interpreters AS newer ON newer.entry = replacements.entry
        WHERE replacements.replaced = entries.digest AND newer.interpreter = held.interpreter
    ) ORDER BY held.code, held.entry
"""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Somebody who interprets. `undertaking` is the day it was signed; empty: not yet."""

    id: str
    code: str
    languages: tuple[str, ...]
    undertaking: str
    stopped: bool = False
    sex: str = ""
    how: str = HOWS[0]
    levels: Mapping[str, str] = field(default_factory=dict)
    dialects: str = ""
    training: str = ""
    trained_on: str = ""

    @property
    def may_be_chosen(self) -> bool:
        """Rule 2."""
        return bool(self.undertaking) and not self.stopped


@dataclass(frozen=True, slots=True)
class Told:
    """What is written down about an interpreter."""

    code: str
    languages: Sequence[str]
    sex: str = ""
    how: str = HOWS[0]
    undertaking: date | None = None
    stopped: bool = False
    levels: Mapping[str, str] = field(default_factory=dict)
    dialects: str = ""
    training: str = ""
    trained_on: date | None = None


def as_told(one: Interpreter) -> Told:
    """What stands of an interpreter, to be kept again with a change."""
    return Told(
        one.code,
        one.languages,
        one.sex,
        one.how,
        date.fromisoformat(one.undertaking) if one.undertaking else None,
        one.stopped,
        one.levels,
        one.dialects,
        one.training,
        date.fromisoformat(one.trained_on) if one.trained_on else None,
    )


def interpreters(vault: OpenVault) -> tuple[Interpreter, ...]:
    """Everybody in the list. Where two people wrote different things: signed only when both say so, stopped
    when one does."""
    found: dict[str, Interpreter] = {}
    for name, code, languages, undertaking, stopped, _, digest in vault.database.rows(_STANDING):
        signed, ended, before = undertaking, bool(stopped), found.get(name)
        if before is not None:
            signed = max(before.undertaking, undertaking) if before.undertaking and undertaking else ""
            ended = before.stopped or ended
        payload = vault.journal.payload(digest.lower())
        said = _said(payload.value() if payload is not None else {})
        one = Interpreter(name, code, tuple(json.loads(languages)), signed, ended, **said)
        found[name] = one
    return tuple(sorted(found.values(), key=lambda one: one.code))


def _said(held: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says beyond its columns; older ones say nothing of levels and training."""
    texts = ("sex", "how", "dialects", "training", "trained_on")
    return {**{name: str(held.get(name, "")) for name in texts}, "levels": dict(held.get("levels", {}))}


def keep(vault: OpenVault, told: Told, interpreter: str = "") -> str:
    """Keep an interpreter, new or changed; the id. Raises PersonFault `access.not_allowed`; DeskFault
    `interpreter.incomplete`, `interpreter.day`, `interpreter.level`, `interpreter.training`."""
    vault.demand(Action.KEEP_INTERPRETERS)
    _check(told, vault.world.today())
    name = interpreter or new_id(vault.world.randomness)
    held = [row[5].hex() for row in vault.database.rows(_STANDING) if row[0] == name]
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(SUBJECT, name),
        kind=INTERPRETER,
        payload={
            "code": told.code.strip(),
            "languages": list(told.languages),
            "sex": told.sex,
            "how": told.how,
            "undertaking": told.undertaking.isoformat() if told.undertaking else "",
            "stopped": told.stopped,
            "levels": dict(told.levels),
            "dialects": told.dialects.strip(),
            "training": told.training.strip(),
            "trained_on": told.trained_on.isoformat() if told.trained_on else "",
        },
        replaces=sorted(held),
    )
    return name


def _check(told: Told, today: date) -> None:
    if not told.code.strip() or not told.languages:
        raise DeskFault("interpreter.incomplete")
    if told.undertaking is not None and told.undertaking > today:
        raise DeskFault("interpreter.day")
    if not (set(told.levels) <= set(told.languages) and set(told.levels.values()) <= set(LEVELS)):
        raise DeskFault("interpreter.level")
    is_late = told.trained_on is not None and told.trained_on > today
    if is_late or max(len(told.dialects.strip()), len(told.training.strip())) > MOST_TEXT:
        raise DeskFault("interpreter.training", limit=MOST_TEXT)


def missing(vault: OpenVault) -> dict[str, tuple[int, int]]:
    """By the person's language: talks for which nobody suitable was there, and all talks in it (rule 5). Those of
    which nothing was written stand in neither."""
    vault.demand(Action.KEEP_INTERPRETERS)
    found: dict[str, Counter[Interpreting]] = {}
    for row in queries_papers.interpreting(vault.database):
        found.setdefault(row.language, Counter())[row.state] += 1
    return {
        language: (held[Interpreting.MISSING], held[Interpreting.MISSING] + held[Interpreting.THERE])
        for language, held in sorted(found.items())
    }


def speaking(vault: OpenVault, language: str) -> tuple[Interpreter, ...]:
    """Who may be chosen for a language."""
    return tuple(one for one in interpreters(vault) if one.may_be_chosen and language in one.languages)


def record_agreed(vault: OpenVault, case: str, interpreter: str, *, agreed: bool, stranger: bool) -> bool:
    """Keep what the person says to an interpreter for this talk (rule 3); whether they may interpret.

    Raises PersonFault `access.not_allowed`; DeskFault `interpreter.unknown`, `interpreter.no_undertaking`.
    """
    vault.demand(Action.INTERVIEW)
    _demand_signed(vault, interpreter)
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(CASE, case),
        kind=TALKED,
        payload={"interpreter": interpreter, "agreed": agreed, "stranger": stranger},
    )
    return agreed and stranger


def person_says(vault: OpenVault, interview: Interview, interpreter: str, *, agreed: bool) -> None:
    """Keep in a talk that is led what the person says to the interpreter who is there now, when the talk begins and
    whenever somebody else comes (rule 3). It goes into the case as the talk is finished.

    Raises PersonFault `access.not_allowed`; DeskFault `interpreter.unknown`, `interpreter.no_undertaking`.
    """
    vault.demand(Action.INTERVIEW)
    if interpreter != UNLISTED:
        _demand_signed(vault, interpreter)
    interview.says_to_interpreter(interpreter, agreed=agreed)


def _demand_signed(vault: OpenVault, interpreter: str) -> None:
    one = next((held for held in interpreters(vault) if held.id == interpreter and not held.stopped), None)
    if one is None:
        raise DeskFault("interpreter.unknown")
    if not one.undertaking:
        raise DeskFault("interpreter.no_undertaking")


def undertaking(vault: OpenVault, languages: tuple[str, ...]) -> Document:
    """The undertaking on paper, to be read aloud and signed: in the interpreter's language and the official
    one."""
    vault.demand(Action.KEEP_INTERPRETERS)
    pair = Pair(languages, vault.codebook.texts)
    said = pair.say("undertaking/title")
    rows = [pair.row(pair.say(f"undertaking/{part}")) for part in _PARTS]
    sign = [pair.row(pair.say("undertaking/sign"))]
    return Document(
        title=said[0].text,
        language=pair.first,
        blocks=(
            *pair.heading(1, said),
            pair.table(rows),
            pair.table(sign, ruled=False),
            Blank(pair.first, lines=3),
        ),
        draft_notice=pair.notice(),
    )


_PARTS = ("secret", "all", "nothing", "sides", "kin", "stop")
