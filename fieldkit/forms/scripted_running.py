"""Runs a script on a form, step by step, and says what was found in place of what was expected."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from fieldkit.domain.ports import Clock, Randomness
from fieldkit.forms.definition import Form
from fieldkit.forms.items import GroupItem, Item, QuestionItem, RepeatItem, RowItem
from fieldkit.forms.nodes import Node
from fieldkit.forms.scripted import Do, Miss, Result, ScriptReport, Step
from fieldkit.forms.scripted_places import NotFound, Places
from fieldkit.forms.session import Session

_RELATIVE: Final = re.compile(r"today\s*(?:([+-])\s*(\d+))?", re.IGNORECASE)
_DATES: Final = frozenset({"date", "dateTime"})
_WORDS: Final = re.compile(r"[\s,;]+")
_SHOWN: Final = 12  # choices or questions that are named in a miss


class ScriptClock:
    """The clock of a scripted interview: the real one until a step says which day it is."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._day: datetime | None = None

    def set(self, text: str) -> bool:
        """Whether `text` is a day (or a moment) that the clock could be set to."""
        try:
            said = datetime.fromisoformat(text)
        except ValueError:
            return False
        zone = self._clock.now().tzinfo
        self._day = said if said.tzinfo else said.replace(tzinfo=zone, hour=said.hour or 12)
        return True

    def now(self) -> datetime:
        """The present instant of the interview."""
        return self._day or self._clock.now()


def run_script(form: Form, steps: tuple[Step, ...], *, clock: Clock, randomness: Randomness) -> ScriptReport:
    """Run all steps; a miss does not stop the rest."""
    runner = _Runner(form, ScriptClock(clock), randomness)
    results = []
    for at, step in enumerate(steps):
        following = steps[at + 1] if at + 1 < len(steps) else None
        results.append(Result(step, runner.step(step, following)))
    return ScriptReport(tuple(results))


class _Runner:
    def __init__(self, form: Form, clock: ScriptClock, randomness: Randomness) -> None:
        self.form, self.clock, self.randomness = form, clock, randomness
        self._begin()
        self._acts: dict[Do, Callable[[Step], Miss | None]] = {
            Do.TODAY: self._today,
            Do.LANGUAGE: self._language,
            Do.CLEAR: self._clear,
            Do.ADD_ROW: self._add_row,
            Do.REMOVE_ROW: self._remove_row,
            Do.VALUE: self._value,
            Do.SHOWN: self._shown,
            Do.HIDDEN: self._hidden,
            Do.REQUIRED: self._required,
            Do.OPTIONAL: self._optional,
            Do.CHOICES: self._choices,
            Do.CHOICE: self._choice,
            Do.NO_CHOICE: self._no_choice,
            Do.LABEL: self._label,
            Do.ROWS: self._rows,
            Do.ACCEPTED: self._accepted,
            Do.REFUSED: self._refused,
            Do.FINISHED: self._finished,
            Do.UNFINISHED: self._unfinished,
        }

    def _begin(self) -> None:
        self.session = Session(self.form, clock=self.clock, randomness=self.randomness)
        self.places = Places(self.session)

    def step(self, step: Step, following: Step | None) -> Miss | None:
        """Do one step; what was found when it is not what the script says."""
        try:
            if step.do is Do.INTERVIEW:
                self._begin()
                return None
            if step.do is Do.ANSWER:
                return self._answer(step, following)
            return self._acts[step.do](step)
        except NotFound as fault:
            return fault.miss

    # ---- steps that do something ---------------------------------------------------------------------

    def _today(self, step: Step) -> Miss | None:
        if not self.clock.set(step.value):
            return Miss("script.no_date", {"value": step.value})
        self._begin()
        return None

    def _language(self, step: Step) -> Miss | None:
        said = step.value.lower()
        declared = self.form.texts.declared
        tag = next((t for t in self.form.languages if said in (t.lower(), declared.get(t, "").lower())), None)
        if tag is None:
            known = ", ".join(declared.get(one, one) for one in self.form.languages)
            return Miss("script.language_unknown", {"value": step.value, "known": known})
        self.session.set_language(tag)
        return None

    def _answer(self, step: Step, following: Step | None) -> Miss | None:
        node = self.places.node(step.question)
        ref = self.session.ref(node)
        item = self._item(ref)
        if not isinstance(item, QuestionItem):
            return Miss("script.not_asked", {"question": step.question})
        if item.readonly or item.control == "note":
            return Miss("script.not_answerable", {"question": step.question})
        value = self._written(node, step.value)
        if item.control in ("select", "select1", "rank"):
            offered = self.session.offered_values(ref)
            chosen = [value] if item.control == "select1" else _WORDS.split(value)
            strange = [one for one in chosen if one and one not in offered]
            if strange:
                return Miss("script.not_offered", {"value": strange[0], "offered": _listed(offered)})
            value = " ".join(chosen)
        self.session.set_value(ref, value)
        expected = (
            following is not None and following.do is Do.REFUSED and following.question == step.question
        )
        why = self.session.fault(ref)
        if why is None or expected:
            return None
        return Miss("script.refused", {"value": step.value, "message": self._message(ref, why.why)})

    def _written(self, node: Node, value: str) -> str:
        """`today` and `today-30` where a date is asked; nothing in quotation marks is changed."""
        match = _RELATIVE.fullmatch(value)
        if match is None or node.shape is None or node.shape.type not in _DATES:
            return value
        days = int(match[2] or 0) * (-1 if match[1] == "-" else 1)
        moment = self.clock.now() + timedelta(days=days)
        return (
            moment.date().isoformat()
            if node.shape.type == "date"
            else moment.isoformat(timespec="milliseconds")
        )

    def _clear(self, step: Step) -> Miss | None:
        node = self.places.node(step.question)
        self.session.set_value(self.session.ref(node), "")
        return None

    def _add_row(self, step: Step) -> Miss | None:
        ref, _ = self.places.repeat(step.question)
        item = self._item(ref)
        if not isinstance(item, RepeatItem):
            return Miss("script.not_asked", {"question": step.question})
        if item.fixed:
            return Miss("script.rows_fixed", {"question": step.question})
        self.session.add_row(ref)
        return None

    def _remove_row(self, step: Step) -> Miss | None:
        node = self.places.node(step.question)
        if node.shape is None or node.shape.path not in self.form.rows:
            return Miss("script.no_repeat", {"question": step.question})
        self.session.remove_row(self.session.ref(node))
        return None

    # ---- steps that look -----------------------------------------------------------------------------

    def _value(self, step: Step) -> Miss | None:
        node = self.places.node(step.question)
        got = self.session.value(self.session.ref(node)) if node.active else ""
        wanted = self._written(node, step.value)
        if got == wanted or _same_number(got, wanted):
            return None
        if not got:
            return Miss("script.value_empty", {"value": step.value})
        return Miss(
            "script.value_is" if step.value else "script.value_there", {"value": step.value, "got": got}
        )

    def _shown(self, step: Step) -> Miss | None:
        return None if self._is_shown(step) else Miss("script.is_hidden", {"question": step.question})

    def _hidden(self, step: Step) -> Miss | None:
        return Miss("script.is_shown", {"question": step.question}) if self._is_shown(step) else None

    def _is_shown(self, step: Step) -> bool:
        try:
            node = self.places.node(step.question)
        except NotFound as fault:
            if fault.miss.code != "script.row_not_there":
                raise
            return False
        return self._item(self.session.ref(node)) is not None

    def _required(self, step: Step) -> Miss | None:
        required = self.session.is_required(self.session.ref(self.places.node(step.question)))
        return None if required else Miss("script.is_optional", {"question": step.question})

    def _optional(self, step: Step) -> Miss | None:
        required = self.session.is_required(self.session.ref(self.places.node(step.question)))
        return Miss("script.is_required", {"question": step.question}) if required else None

    def _offered(self, step: Step) -> tuple[str, ...]:
        return self.session.offered_values(self.session.ref(self.places.node(step.question)))

    def _choices(self, step: Step) -> Miss | None:
        offered = self._offered(step)
        wanted = tuple(one for one in _WORDS.split(step.value) if one)
        return None if offered == wanted else Miss("script.choices_are", {"got": _listed(offered)})

    def _choice(self, step: Step) -> Miss | None:
        offered = self._offered(step)
        return None if step.value in offered else Miss("script.choices_are", {"got": _listed(offered)})

    def _no_choice(self, step: Step) -> Miss | None:
        is_there = step.value in self._offered(step)
        return Miss("script.choice_offered", {"value": step.value}) if is_there else None

    def _label(self, step: Step) -> Miss | None:
        ref = self.session.ref(self.places.node(step.question))
        got = " ".join(self.session.label(ref, self.session.language).text.split())
        return None if " ".join(step.value.split()) == got else Miss("script.label_is", {"got": got})

    def _rows(self, step: Step) -> Miss | None:
        _, count = self.places.repeat(step.question)
        return None if step.value == str(count) else Miss("script.rows_are", {"got": count})

    def _accepted(self, step: Step) -> Miss | None:
        ref = self.session.ref(self.places.node(step.question))
        why = self.session.fault(ref)
        if why is None:
            return None
        return Miss(
            "script.refused", {"value": self.session.typed(ref), "message": self._message(ref, why.why)}
        )

    def _refused(self, step: Step) -> Miss | None:
        ref = self.session.ref(self.places.node(step.question))
        why = self.session.fault(ref)
        if why is None:
            return Miss("script.accepted", {"got": self.session.typed(ref)})
        said = self._message(ref, why.why)
        is_said = not step.value or " ".join(step.value.split()) == " ".join(said.split())
        return None if is_said else Miss("script.message_is", {"got": said})

    def _finished(self, step: Step) -> Miss | None:
        faults = self.session.faults()
        if not faults:
            return None
        return Miss("script.unfinished", {"questions": _listed(tuple(fault.ref for fault in faults))})

    def _unfinished(self, step: Step) -> Miss | None:
        faults = self.session.faults()
        if not faults:
            return Miss("script.finished", {})
        if not step.question:
            return None
        wanted = self.session.ref(self.places.node(step.question))
        if wanted in {fault.ref for fault in faults}:
            return None
        return Miss("script.unfinished", {"questions": _listed(tuple(fault.ref for fault in faults))})

    # ---- parts ---------------------------------------------------------------------------------------

    def _message(self, ref: str, why: str) -> str:
        """What the form says; the kind of fault when it says nothing."""
        tag = self.session.language
        if why == "required":
            return self.session.required_message(ref, tag).text or why
        return (self.session.constraint_message(ref, tag).text if why == "constraint" else "") or why

    def _item(self, ref: str) -> Item | None:
        """What people see at `ref` now, or None."""
        waiting: list[Item] = list(self.session.page_tree())
        while waiting:
            item = waiting.pop()
            if item.ref == ref:
                return item
            if isinstance(item, GroupItem | RowItem | RepeatItem):
                waiting += item.children
        return None


def _same_number(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def _listed(values: tuple[str, ...]) -> str:
    more = " …" if len(values) > _SHOWN else ""
    return ", ".join(values[:_SHOWN]) + more or "-"
