"""Recorded scenarios of other engines (`scenario-traces.json.gz`), replayed on a session.

A scenario passes when every state after every step is equal. Not compared: values that begin with `uuid:`, nodes
named `start` and `end`, references that end in `#range`. The zone is America/Phoenix.
"""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.recordings import CountedBytes, Miss, Score, clock_at
from fieldkit.forms.itext import language_tag
from fieldkit.forms.nodes import ELEMENT, Node
from fieldkit.forms.reader import read_form
from fieldkit.forms.recalculation import subtree
from fieldkit.forms.session import Session

FILE = "scenario-traces.json.gz"
ZONE = "America/Phoenix"
NOT_DRIVABLE = ("instance-input", "instance-edit", "instance-attachments", "set-geopoint-action")
COMPARED = ("v", "rel", "req", "ro", "cv", "rv", "l", "o")
_PARTS_OF_THE_CLOCK = ("start", "end")
State = dict[str, dict[str, Any]]
Scenario = Mapping[str, Any]


def score(file: Path) -> Score:
    """All scenarios of a file; one at which fieldkit throws is a miss."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        scenarios: list[dict[str, Any]] = json.load(stream)
    tried = [scenario for scenario in scenarios if drivable(scenario)]
    found = [(scenario, miss_of(scenario)) for scenario in tried]
    misses = tuple((f"{s.get('suite')}: {s.get('title')}", miss) for s, miss in found if miss is not None)
    return Score(len(tried) - len(misses), len(tried), len(scenarios) - len(tried), misses)


def drivable(scenario: Scenario) -> bool:
    """Whether a scenario can be replayed here."""
    skipped = any(name in scenario.get("suite", "") for name in NOT_DRIVABLE)
    return not (skipped or scenario.get("expectedFail") or scenario.get("edit"))


def miss_of(scenario: Scenario) -> Miss | None:
    """The first difference, or None when the scenario passes."""
    step = "start"
    try:
        session = session_of(scenario)
        expected: State = dict(scenario["init_state"] or {})
        miss = _compare(step, expected, state_of(session))
        for number, one in enumerate(scenario["steps"] or []):
            if miss is not None:
                return miss
            step = f"step {number}: {one.get('op')} {one.get('ref', '')}"
            _drive(session, one)
            for ref in one.get("gone") or []:
                expected.pop(ref, None)
            expected.update(one.get("changed") or {})
            miss = _compare(step, expected, state_of(session))
    except Exception as fault:  # a scenario that fails loudly is a scenario that fails
        return Miss(step, "a state", f"{type(fault).__name__}: {fault}")
    return miss


def session_of(scenario: Scenario) -> Session:
    """A session on the scenario's form."""
    resources = {name: _bytes(content) for name, content in (scenario.get("resources") or {}).items()}
    form = read_form(scenario["form"].encode(), resources)
    return Session(form, clock=clock_at(scenario["now"], ZONE), randomness=CountedBytes())


def _bytes(content: Any) -> bytes:
    if isinstance(content, Mapping):
        content = content.get("body", json.dumps(content))
    return str(content).encode()


# ---- driving ---------------------------------------------------------------------------------------------


def _drive(session: Session, step: Mapping[str, Any]) -> None:
    match step["op"]:
        case "answer":
            session.set_value(step["ref"], _answer(step))
        case "addRepeat":
            session.add_row(step["ref"])
        case "removeRepeat":
            session.remove_row(step["ref"])
        case "setLanguage":
            session.set_language(language_tag(step["lang"]))
        case unknown:
            raise ValueError(f"this runner has no operation {unknown!r}")


def _answer(step: Mapping[str, Any]) -> str:
    """The text as it was typed; where that is no text (a file, a truth, a list), the value it became."""
    raw, value = step.get("raw"), step.get("value")
    typed = raw is not None and not isinstance(raw, bool | list | dict) and not str(raw).startswith("[object")
    return str(raw) if typed else str(value if value is not None else "")


# ---- the state -------------------------------------------------------------------------------------------


def state_of(session: Session) -> State:
    """The state in the recorded spelling, as far as it is compared."""
    return {
        session.ref(node): _node_state(session, node)
        for node in subtree(session.state.root)
        if node.kind == ELEMENT
    }


def _node_state(session: Session, node: Node) -> dict[str, Any]:
    ref = session.ref(node)
    required = session.is_required(ref)
    state: dict[str, Any] = {"rel": node.active, "req": required, "ro": session.is_readonly(ref)}
    if not node.children:
        fault = session.fault(ref)
        why = fault.why if fault is not None else None
        state |= {"v": node.value if node.active else "", "cv": why != "constraint", "rv": why != "required"}
    control = node.shape.control if node.shape is not None else None
    if control is not None:
        label = session.label(ref, session.language)
        if control.label is not None:
            state["l"] = label.text
        if control.kind in ("select", "select1", "rank"):
            choices = session.choices(ref, session.language)
            state["o"] = [[choice.value, choice.label.text] for choice in choices if not choice.placeholder]
    return state


# ---- comparing -------------------------------------------------------------------------------------------


def _compared(ref: str) -> bool:
    return not ref.endswith("#range") and ref.rpartition("/")[2] not in _PARTS_OF_THE_CLOCK


def _compare(step: str, expected: State, got: State) -> Miss | None:
    for ref, wanted in expected.items():
        if not _compared(ref):
            continue
        have = got.get(ref)
        if have is None:
            return Miss(f"{step}: {ref}", "there", "not there")
        miss = _compare_node(f"{step}: {ref}", wanted, have)
        if miss is not None:
            return miss
    extra = next((ref for ref in got if ref not in expected and _compared(ref)), None)
    return Miss(f"{step}: {extra}", "not there", "there") if extra is not None else None


def _compare_node(where: str, wanted: dict[str, Any], have: dict[str, Any]) -> Miss | None:
    for key in COMPARED:
        recorded = wanted.get(key)
        if recorded is None or (key == "v" and str(recorded).startswith("uuid:")):
            continue
        if have.get(key) != recorded:
            return Miss(f"{where} {key}", recorded, have.get(key))
    return None
