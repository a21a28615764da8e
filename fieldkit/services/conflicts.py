"""Deciding between answers that differ (`journal.md`, rule 5; `differences` shows them).

1. A decision is made by a person, with a reason. It is an entry of the same kind as those it settles, so that it
   travels as they do and everything that reads them reads it too.
2. It replaces exactly the values that were on the screen. What came meanwhile stays beside it.
3. What needs two people to be closed needs two to be settled as closed.
4. What two posts wrote differently and headquarters decides goes home to both of them, in their outboxes.
"""

from collections.abc import Callable, Mapping

from fieldkit.domain.access import Action
from fieldkit.domain.conflicts import CLOSED_CASE, CLOSED_CATEGORY, CONFIRMED, ruling
from fieldkit.domain.outcome import NO_SPECIFIC_NEED
from fieldkit.domain.ports import JsonObject, JsonValue
from fieldkit.services import finished, homeward, refer
from fieldkit.services.case_file import KEPT
from fieldkit.services.differences import Difference, Kind, Value, content, row_of, said
from fieldkit.services.errors import DeskFault
from fieldkit.services.finished import SETTLED
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.storage import projections
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_home import SETTLED as SETTLED_HOME
from fieldkit.storage.kinds_home import SETTLED_ABOUT
from fieldkit.storage.kinds_people import CHANGED


def settle(vault: OpenVault, one: Difference, entry: str, reason: str) -> None:
    """Decide that the value which `entry` set is the one; `one` is the difference as it was on the screen (rule 2).

    Raises PersonFault `access.not_allowed`; DeskFault `conflict.reason_missing`, `conflict.not_among`,
    `conflict.unknown`, `conflict.changed_meanwhile`, `conflict.newer_version`, `second.same_person`.
    """
    row = row_of(one.subject, one.field)
    if row is None:
        raise DeskFault("conflict.newer_version")
    vault.demand(row.action)
    chosen = one.chosen(entry)
    if not reason.strip():
        raise DeskFault("conflict.reason_missing")
    with vault.database.transaction():
        _demand_as_shown(vault, one)
        change = _MAKERS[one.kind](vault, one, chosen, reason.strip())
        vault.journal.append_many(vault.person.id, [change])
        if vault.desk is Desk.HEADQUARTERS and one.subject.partition("/")[0] in SETTLED_ABOUT:
            _send_home(vault, one, chosen, reason.strip())


def _send_home(vault: OpenVault, one: Difference, chosen: Value, reason: str) -> None:
    """Write the decision for every trusted laptop that wrote one of the values (rule 4)."""
    held = homeward.outboxes(vault)
    found = (vault.journal.find(value.entry) for value in one.values)
    streams = {entry.stream for entry in found if entry is not None}
    told: JsonObject = {"fields": {one.field: chosen.value}, "reason": reason}
    replaces = [value.entry for value in one.values]
    for device in held.devices_of(streams):
        held.write(device, vault.person.id, one.subject, SETTLED_HOME, told, replaces)


def _demand_as_shown(vault: OpenVault, one: Difference) -> None:
    held = {value.entry for value in projections.standing(vault.database, one.subject, one.field)}
    if held == {value.entry for value in one.values}:
        return
    still = any(found.field == one.field for found in projections.conflicts(vault.database, one.subject))
    raise DeskFault("conflict.changed_meanwhile" if still else "conflict.unknown")


# --- how each kind is settled -----------------------------------------------------------------------------


def _change(one: Difference, kind: str, told: JsonObject) -> Change:
    return Change(one.subject, kind, told, tuple(value.entry for value in one.values))


def _fields(kind: str) -> Callable[[OpenVault, Difference, Value, str], Change]:
    def make(vault: OpenVault, one: Difference, chosen: Value, reason: str) -> Change:
        return _change(one, kind, {"fields": {one.field: chosen.value}, "reason": reason})

    return make


def _person(vault: OpenVault, one: Difference, chosen: Value, reason: str) -> Change:
    """A change of an account says label and roles; what is not settled here stays as it rules."""
    standing: dict[str, JsonValue] = {}
    for name in ("label", "roles"):
        held = projections.standing(vault.database, one.subject, name)
        standing[name] = ruling(name, [value.value for value in held]).values[0]
    return _change(one, CHANGED, {**standing, one.field: chosen.value, "reason": reason})


def _agreement(vault: OpenVault, one: Difference, chosen: Value, reason: str) -> Change:
    told: JsonObject = {"recipient": one.recipient, "agreed": chosen.value is True, "reason": reason}
    return _change(one, "agreement.recorded", told)


def _outcome(vault: OpenVault, one: Difference, chosen: Value, reason: str) -> Change:
    told: JsonObject = {"category": one.name, "reason": reason}
    if chosen.value == CLOSED_CATEGORY:
        if refer.is_handed_over(vault, one.name):
            _demand_second(vault, chosen)
        because = content(vault, chosen.entry).get("because", "")
        return _change(one, "outcome.closed", {**told, "because": because})
    kind = "outcome.confirmed" if chosen.value == CONFIRMED else "outcome.not_confirmed"
    if one.name == NO_SPECIFIC_NEED and chosen.value == CONFIRMED:
        refer.demand_choosable(vault, one.case, one.name)  # settling it so is choosing it
    rule = content(vault, chosen.entry).get("rule")
    return _change(one, kind, {**told, "rule": rule, "rules_version": vault.rules.version})


def _demand_second(vault: OpenVault, chosen: Value) -> None:
    """Closing what protects a child stays the work of two people (`closing`, rule 3)."""
    vault.demand(Action.SECOND_PERSON)
    entry = vault.journal.find(chosen.entry)
    if entry is None or entry.actor == vault.person.id:
        raise DeskFault("second.same_person")


def _state(vault: OpenVault, one: Difference, chosen: Value, reason: str) -> Change:
    if chosen.value != CLOSED_CASE:
        return _change(one, "case.reopened", {"reason": reason})
    because = content(vault, chosen.entry).get("because", "")
    return _change(one, "case.closed", {"because": because, "reason": reason})


def _referral(vault: OpenVault, one: Difference, chosen: Value, reason: str) -> Change:
    referral, _, name = one.field.removeprefix("referral/").partition("/")
    told: JsonObject = {"referral": referral, "fields": {name: chosen.value}, "reason": reason}
    return _change(one, "referral.changed", told)


def _interview(vault: OpenVault, one: Difference, chosen: Value, reason: str) -> Change:
    """The versions that were not chosen are replaced, both halves of each; the chosen one stands as it is."""
    for held in finished.of_subject(vault, one.subject):
        if held.instance_id == chosen.value:
            finished.demand_may_see(vault, held.form)
    rejected = {value.value for value in one.values} - {chosen.value}
    entries = {value.entry for value in one.values if value.value in rejected}
    for entry, identity in vault.journal.about(one.subject):
        if entry.kind == KEPT and said(vault, entry).get("instance_id") in rejected:
            entries.add(identity)
    told: JsonObject = {"line": one.name, "chosen": chosen.value, "reason": reason}
    if one.case == "":
        told = {**told, "agreed": content(vault, chosen.entry).get("agreed", {})}
    return Change(one.subject, SETTLED, told, tuple(sorted(entries)))


_MAKERS: Mapping[Kind, Callable[[OpenVault, Difference, Value, str], Change]] = {
    Kind.SERVICE: _fields("service.recorded"),
    Kind.SETTING: _fields("setting.changed"),
    Kind.PERSON: _person,
    Kind.AGREEMENT: _agreement,
    Kind.OUTCOME: _outcome,
    Kind.STATE: _state,
    Kind.REFERRAL: _referral,
    Kind.INTERVIEW: _interview,
    Kind.CONTACT: _fields("contact.kept"),
    Kind.ORIGIN: _fields("origin.recorded"),
}
