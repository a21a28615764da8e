"""From answers to help: suggestions, their confirmation by a person, referral, slip.

1. Silence is not safety (`protection.md` 1): what cannot be told is shown as that, never as a no.
2. The officer confirms or leaves it for review with a reason; what was not confirmed stays.
3. C26 can be chosen only when every core section was asked in private, suitably, in reviewed text; confirming it,
   leaving it for review and referring with it are choosing it. An outcome is a category of the codebook, and
   nothing else can be written in its place (K-02). What a newer laptop wrote of this case is kept.
4. Handing a child over to child protection is a duty, not an offer: nobody can decline it (`protection.md` 3).
5. A slip is printed only when the person said that it is safe to carry, and never with an invented contact
   (`protection.md` 8 and 10).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.content import rules as rule_tables
from fieldkit.content.codebook import Fact
from fieldkit.content.directory import Service
from fieldkit.content.rules import Rule
from fieldkit.domain.access import Action
from fieldkit.domain.document import Document
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.outcome import (
    NO_SPECIFIC_NEED,
    AnswerRead,
    Mark,
    Step,
    Suggestion,
    Verdict,
    may_choose_no_specific_need,
)
from fieldkit.domain.ports import JsonObject
from fieldkit.languages import catalogues
from fieldkit.services import confidential, judge, sealed
from fieldkit.services.case_file import CASE, CaseFile
from fieldkit.services.directory import all_services
from fieldkit.services.errors import DeskFault
from fieldkit.services.judge import Answers
from fieldkit.services.papers import SlipFacts, slip_document
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change

CHILD_PROTECTION = "child_protection"


class Standing(StrEnum):
    """Where a suggestion stands with the people at the desk."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    FOR_REVIEW = "for review"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """A category that a rule suggests or cannot tell, with everything that led to it."""

    category: str
    verdict: Verdict
    rule: str
    because: str
    procedure: str
    answers: tuple[AnswerRead, ...]
    standing: Standing
    target_hours: int | None
    leaflets: tuple[str, ...]
    due: str = ""
    """When it should be done (ISO), counted from the talk; empty without a limit."""


def record_suggestions(
    vault: OpenVault, case: str, at_hand: Answers | None = None, written: frozenset[str] = frozenset()
) -> tuple[Suggestion, ...]:
    """Evaluate the rules over all answers of the case and keep what they say; returns what was new.

    `at_hand` are the answers of the interview that is being finished: its sealed ones can be read for the last time
    by whoever is not cleared for them. `written` are its payloads: nobody reads what they just wrote.
    """
    file = sealed.case_file(vault, case)
    table = vault.rules
    held = {(said.payload["rule"], said.payload["verdict"]) for said in file.of_kind("outcome.suggested")}
    new = [
        suggestion
        for suggestion in judge.suggest(table.rules, _answers(vault, file, at_hand, written))
        if suggestion.verdict is not Verdict.NO and (suggestion.rule, suggestion.verdict.value) not in held
    ]
    new += _told_again(vault, file, at_hand, {one.rule for one in new})
    confidential.write(vault, [_suggested(vault, case, suggestion) for suggestion in new])
    return tuple(new)


def _told_again(
    vault: OpenVault, file: CaseFile, at_hand: Answers | None, new: set[str]
) -> Iterator[Suggestion]:
    """What this talk alone says of categories that were closed: they stand again, whatever was told before."""
    closed = file.closed_categories()
    rules = [rule for rule in vault.rules.rules if rule.category in closed and rule.id not in new]
    for suggestion in judge.suggest(rules, at_hand) if at_hand is not None else ():
        if suggestion.verdict is Verdict.YES:
            yield suggestion


def suggestions(vault: OpenVault, case: str) -> tuple[ShownSuggestion, ...]:
    """What the rules say of the case now, one row a category: yes before cannot tell, else the table's order.

    Where several rules say yes, the first is shown with its reason; the leaflets are those of all of them, and what
    one of them calls at once is at once. A category that once was suggested stays, also when a later answer says
    otherwise (journal rule 6).
    """
    file = sealed.case_file(vault, case)
    found: dict[str, ShownSuggestion] = {}
    answers = _answers(vault, file)
    said = (*judge.suggest(vault.rules.rules, answers), *_suggested_before(file, answers))
    by_id = {rule.id: rule for rule in vault.rules.rules}
    for verdict in (Verdict.YES, Verdict.CANNOT_TELL):
        for suggestion in said:
            if suggestion.verdict is verdict and suggestion.category not in found:
                alike = [
                    one.rule for one in said if (one.category, one.verdict) == (suggestion.category, verdict)
                ]
                rules = [by_id[name] for name in dict.fromkeys(alike) if name in by_id]
                found[suggestion.category] = _shown(file, suggestion, rules)
    return tuple(found.values())


def _answers(
    vault: OpenVault, file: CaseFile, at_hand: Answers | None = None, written: frozenset[str] = frozenset()
) -> Answers:
    """What the rules read of a case: the answers, and which talks were not led."""
    return judge.of_a_case(sealed.answers(vault, file, at_hand, written), vault.codebook.facts)


def _suggested_before(file: CaseFile, now: Answers) -> Iterator[Suggestion]:
    """The yeses that were recorded: they stay, also when the rules in force today say otherwise.

    What is sealed stands in the interview only: as far as this person may see it, it is read from `now`.
    """
    for said in file.of_kind("outcome.suggested"):
        if said.payload["verdict"] == Verdict.YES:
            answers = tuple(
                AnswerRead(answer["name"], answer["value"], Mark(answer["mark"]))
                if answer["mark"] != Mark.SEALED
                else now.read(answer["name"])
                for answer in said.payload["answers"]
            )
            category, rule = said.payload["category"], said.payload["rule"]
            yield Suggestion(rule, category, Verdict.YES, said.payload["because"], answers)


def no_specific_need_allowed(vault: OpenVault, case: str) -> bool:
    """Whether a person may choose C26 for this case (rule 3)."""
    file = sealed.case_file(vault, case)
    found = any(one.verdict is Verdict.YES for one in suggestions(vault, case))
    return not (found or confidential.may_stand(file)) and may_choose_no_specific_need(file.sections())


def confirm(vault: OpenVault, case: str, category: str, rule: str, seen: Sequence[str] | None = None) -> None:
    """Keep that a person confirmed a suggested category. `seen` are the entries about it that were on the screen;
    without it, what stands now was.

    Raises PersonFault `access.not_allowed`; DeskFault `case.closed`, `conflict.changed_meanwhile`,
    `refer.no_specific_need_not_allowed`, `refer.unknown_category` (rule 3).
    """
    vault.demand(Action.CONFIRM_OUTCOME)
    demand_choosable(vault, case, category)
    _outcome(vault, case, "outcome.confirmed", category, rule, None, seen)


def choose(
    vault: OpenVault, case: str, category: str, reason: str, seen: Sequence[str] | None = None
) -> None:
    """Keep that a person chose a category no rule suggested.

    Raises DeskFault `refer.reason_missing`, and as `confirm`.
    """
    vault.demand(Action.CONFIRM_OUTCOME)
    demand_choosable(vault, case, category)
    if not reason.strip():
        raise DeskFault("refer.reason_missing")
    _outcome(vault, case, "outcome.confirmed", category, None, reason, seen)


def demand_choosable(vault: OpenVault, case: str, category: str) -> None:
    """Raise DeskFault `refer.no_specific_need_not_allowed`, `refer.unknown_category` unless a person may write this
    category of this case (rule 3)."""
    if category == NO_SPECIFIC_NEED and not no_specific_need_allowed(vault, case):
        raise DeskFault("refer.no_specific_need_not_allowed")
    if category not in vault.codebook.categories and category not in _stands(vault, case):
        raise DeskFault("refer.unknown_category")


def _stands(vault: OpenVault, case: str) -> frozenset[str]:
    """What was suggested or decided in a case, also by a laptop that knows more."""
    file = sealed.case_file(vault, case)
    decided = (*file.confirmed(), *file.for_review(), *file.closed_categories())
    return frozenset((*decided, *(one.category for one in suggestions(vault, case))))


def leave_for_review(
    vault: OpenVault, case: str, category: str, rule: str, reason: str, seen: Sequence[str] | None = None
) -> None:
    """Keep that a suggestion was not confirmed, and why. It stays. Raises DeskFault `refer.reason_missing`, and as
    `confirm`."""
    vault.demand(Action.CONFIRM_OUTCOME)
    demand_choosable(vault, case, category)
    if not reason.strip():
        raise DeskFault("refer.reason_missing")
    _outcome(vault, case, "outcome.not_confirmed", category, rule, reason, seen)


def services_for(vault: OpenVault, category: str) -> tuple[Service, ...]:
    """The services of this vault's directory that receive people on this pathway."""
    return tuple(service for service in all_services(vault) if service.serves(category))


def is_handed_over(vault: OpenVault, category: str) -> bool:
    """Whether child protection has to be called, whoever says no (rule 4)."""
    held = vault.codebook.categories.get(category)  # a newer laptop may know more
    return held is not None and held.step is Step.REFER and held.actor == CHILD_PROTECTION


def refer(
    vault: OpenVault, case: str, category: str, service: str, *, declined: bool = False, safe_to_carry: bool
) -> str:
    """Keep a referral; its id. A person may decline: that is kept without penalty (R-047).

    Raises DeskFault `refer.unknown_service`, `refer.no_specific_need_not_allowed`, `refer.unknown_category`
    (rule 3), `refer.child_is_handed_over` (rule 4).
    """
    vault.demand(Action.REFER)
    demand_choosable(vault, case, category)
    if declined and is_handed_over(vault, category):
        raise DeskFault("refer.child_is_handed_over")
    if all(service != held.id or held.is_consulate for held in all_services(vault)):
        raise DeskFault("refer.unknown_service")
    demand_open(sealed.case_file(vault, case))
    referral = new_id(vault.world.randomness)
    told: JsonObject = {
        "referral": referral,
        "category": category,
        "service": service,
        "needs": [],
        "declined": declined,
        "fields": ["number", "service", "post", "date"],
        "safe_to_carry": safe_to_carry,
    }
    made = confidential.of_category(vault, Change(subject(CASE, case), "referral.made", told), category)
    confidential.write(vault, [made, *confidential.waits_no_more(vault, case, category)])
    return referral


def change_referral(
    vault: OpenVault,
    case: str,
    referral: str,
    reason: str,
    *,
    declined: bool | None = None,
    safe_to_carry: bool | None = None,
) -> None:
    """Keep that the person says something else about a referral now, and why.

    Raises DeskFault `refer.reason_missing`, `refer.unknown`, `refer.child_is_handed_over` (rule 4).
    """
    vault.demand(Action.REFER)
    file = sealed.case_file(vault, case)
    held = next((one for one in file.referrals() if one.id == referral), None)
    if held is None:
        raise DeskFault("refer.unknown")
    if not reason.strip():
        raise DeskFault("refer.reason_missing")
    if declined and is_handed_over(vault, held.category):
        raise DeskFault("refer.child_is_handed_over")
    said = {"declined": declined, "safe_to_carry": safe_to_carry}
    told: JsonObject = {
        "referral": referral,
        "fields": {name: value for name, value in said.items() if value is not None},
        "reason": reason.strip(),
    }
    about, replaces = subject(CASE, case), file.referral_entries(referral)
    change = Change(about, "referral.changed", told, replaces)
    confidential.write(vault, [confidential.of_category(vault, change, held.category)])


def slip(vault: OpenVault, case: str, referral_id: str, language: str | None = None) -> Document:
    """The referral slip in the person's language and the officer's.

    Raises DeskFault `refer.not_safe_to_carry`, `refer.declined`, `refer.invented_contact`, `refer.unknown`.
    """
    vault.demand(Action.PRINT_SLIP)
    file = sealed.case_file(vault, case)
    referral = next((held for held in file.referrals() if held.id == referral_id), None)
    service = next((held for held in all_services(vault) if referral and held.id == referral.service), None)
    if referral is None or service is None or service.is_consulate:
        raise DeskFault("refer.unknown")
    if referral.declined:
        raise DeskFault("refer.declined")
    if not referral.safe_to_carry:
        raise DeskFault("refer.not_safe_to_carry")
    if not service.may_be_printed(vault.training):
        raise DeskFault("refer.invented_contact")
    officer, person = file.languages()
    facts = SlipFacts(file.number, service, vault.name, vault.world.today())
    return slip_document(
        facts,
        vault.codebook.texts,
        catalogues.load(language or person, "codebook"),
        catalogues.load(officer, "codebook"),
    )


def check_rules(table: rule_tables.RuleTable) -> None:
    """Compile every rule of a table. Raises ForeignFault naming the first that is broken."""
    judge.suggest(table.rules, judge.Answers({}, {}))


def _suggested(vault: OpenVault, case: str, suggestion: Suggestion) -> Change:
    """The suggestion as an entry. It travels, so an answer that headquarters is no recipient of is named without
    its value; here the value is read from the interview itself."""
    facts = vault.codebook.facts
    told: JsonObject = {
        "category": suggestion.category,
        "rule": suggestion.rule,
        "verdict": suggestion.verdict.value,
        "because": suggestion.because,
        "answers": [
            {
                "name": answer.name,
                "value": "" if _stays(facts[answer.name]) else answer.value,
                "mark": (Mark.SEALED if facts[answer.name].sensitivity.is_sealed else answer.mark).value,
            }
            for answer in suggestion.answers
        ],
        "rules_version": vault.rules.version,
    }
    change = Change(subject(CASE, case), "outcome.suggested", told)
    return confidential.of_category(vault, change, suggestion.category)


def _stays(fact: Fact) -> bool:
    """Whether an answer stands only in the interview itself: headquarters is no recipient, or it is sealed."""
    return HEADQUARTERS not in fact.recipients or fact.sensitivity.is_sealed


def _outcome(
    vault: OpenVault,
    case: str,
    kind: str,
    category: str,
    rule: str | None,
    reason: str | None,
    seen: Sequence[str] | None,
) -> None:
    file = sealed.case_file(vault, case)
    demand_open(file)
    stands = file.outcome_entries(category)
    if seen is not None and set(stands) - set(seen):
        raise DeskFault("conflict.changed_meanwhile")
    told: JsonObject = {
        "category": category,
        "rule": rule,
        "reason": reason,
        "rules_version": vault.rules.version,
    }
    change = Change(subject(CASE, case), kind, told, stands)
    confidential.write(vault, [confidential.of_category(vault, change, category)])


def demand_open(file: CaseFile) -> None:
    """Raise DeskFault `case.closed` when a person closed the case: plans wait until it is opened again, what
    happened can always be recorded (`protection.md` 5)."""
    if file.is_closed:
        raise DeskFault("case.closed")


def _shown(file: CaseFile, suggestion: Suggestion, rules: Sequence[Rule]) -> ShownSuggestion:
    """`rules` are those that say the same of the category, the shown one among them while the table has it."""
    rule = next((rule for rule in rules if rule.id == suggestion.rule), None)
    if suggestion.verdict is not Verdict.YES:
        rules = [rule] if rule else []
    limits = {one.id: one.target_hours for one in rules if one.target_hours is not None}
    hours = min(limits.values(), default=None)
    standing = Standing.OPEN
    if suggestion.category in file.for_review():
        standing = Standing.FOR_REVIEW
    if suggestion.category in file.confirmed():
        standing = Standing.CONFIRMED
    if suggestion.category in file.closed_categories():
        standing = Standing.CLOSED
    return ShownSuggestion(
        suggestion.category,
        suggestion.verdict,
        suggestion.rule,
        suggestion.because,
        rule.procedure if rule else f"category/{suggestion.category}/procedure",
        suggestion.answers,
        standing,
        hours,
        tuple(dict.fromkeys(leaflet for one in rules for leaflet in one.leaflets)),
        file.due_by(limits) or file.due(hours),
    )
