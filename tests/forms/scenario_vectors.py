"""The recorded scenarios of other engines (`shared/vectors/forms`), replayed on a session.

A scenario passes when every state after every step is equal. Not compared: values that begin with `uuid:`, nodes
named `start` and `end`, references that end in `#range`. The zone is America/Phoenix.
"""

import gzip
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from fieldkit.forms.itext import language_tag
from fieldkit.forms.nodes import ELEMENT, Node
from fieldkit.forms.reader import read_form
from fieldkit.forms.recalculation import subtree
from fieldkit.forms.session import Session
from tests.forms.expressions.vectors import VECTORS, CountedBytes, clock_at

ZONE = "America/Phoenix"
NOT_DRIVABLE = ("instance-input", "instance-edit", "instance-attachments", "set-geopoint-action")
State = dict[str, dict[str, Any]]


@cache
def scenarios() -> list[dict[str, Any]]:
    """All recorded scenarios."""
    with gzip.open(VECTORS / "scenario-traces.json.gz", "rt", encoding="utf-8") as file:
        found: list[dict[str, Any]] = json.load(file)
    return found


def drivable(scenario: dict[str, Any]) -> bool:
    """Whether a scenario can be replayed here."""
    skipped = any(name in scenario["suite"] for name in NOT_DRIVABLE)
    return not (skipped or scenario["expectedFail"] or scenario["edit"])


@dataclass(frozen=True)
class Miss:
    """The first difference of a scenario."""

    step: str
    ref: str
    key: str
    expected: Any
    got: Any


def session_of(scenario: dict[str, Any]) -> Session:
    """A session on the scenario's form."""
    resources = {name: _bytes(content) for name, content in (scenario["resources"] or {}).items()}
    form = read_form(scenario["form"].encode(), resources)
    return Session(form, clock=clock_at(scenario["now"], ZONE), randomness=CountedBytes())


def _bytes(content: Any) -> bytes:
    text = content if isinstance(content, str) else content.get("body", json.dumps(content))
    return str(text).encode()


def state_of(session: Session) -> State:
    """The state in the recorded spelling, as far as it is compared."""
    found: State = {}
    for node in subtree(session.state.root):
        if node.kind == ELEMENT:
            found[session.ref(node)] = _node_state(session, node)
    return found


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


def first_miss(scenario: dict[str, Any]) -> Miss | None:
    """The first difference, or None when the scenario passes."""
    session = session_of(scenario)
    expected: State = dict(scenario["init_state"])
    miss = _compare("start", expected, state_of(session))
    for number, step in enumerate(scenario["steps"]):
        if miss is not None:
            return miss
        _drive(session, step)
        for ref in step.get("gone") or []:
            expected.pop(ref, None)
        expected.update(step["changed"])
        miss = _compare(f"{number} {step['op']} {step.get('ref', '')}", expected, state_of(session))
    return miss


def _drive(session: Session, step: dict[str, Any]) -> None:
    match step["op"]:
        case "answer":
            raw = step["raw"]
            value = (
                step["value"]
                if raw is None or isinstance(raw, bool) or str(raw).startswith("[object")
                else str(raw)
            )
            session.set_value(step["ref"], value)
        case "addRepeat":
            session.add_row(step["ref"])
        case "removeRepeat":
            session.remove_row(step["ref"])
        case "setLanguage":
            session.set_language(language_tag(step["lang"]))


def _compare(step: str, expected: State, got: State) -> Miss | None:
    for ref, wanted in expected.items():
        if ref.endswith("#range") or ref.rpartition("/")[2] in ("start", "end"):
            continue
        have = got.get(ref)
        if have is None:
            return Miss(step, ref, "node", "there", "not there")
        miss = _compare_node(step, ref, wanted, have)
        if miss is not None:
            return miss
    extra = [ref for ref in got if ref not in expected and ref.rpartition("/")[2] not in ("start", "end")]
    return Miss(step, extra[0], "node", "not there", "there") if extra else None


def _compare_node(step: str, ref: str, wanted: dict[str, Any], have: dict[str, Any]) -> Miss | None:
    for key in ("v", "rel", "req", "ro", "cv", "rv", "l", "o"):
        if key not in wanted or wanted[key] is None:
            continue
        if key == "v" and str(wanted["v"]).startswith("uuid:"):
            continue
        if have.get(key) != wanted[key]:
            return Miss(step, ref, key, wanted[key], have.get(key))
    return None
