"""Each protection rule switched off in turn: its stories must fail, and no other rule's.

A story that cannot fail proves nothing. The table says how a rule is switched off, at the one place that keeps
it, and which stories notice. To add a rule: a module `test_protection_<word>.py` with stories of one argument
`desks`, and rows here. The first tests complain when a story is named nowhere.

Told again are the stories that are named, each at the first switch that names it, and in turn others of the rule
and of other rules; with FIELDKIT_ALL_STORIES=1 every story for every switch, for some minutes.
"""

import importlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from fieldkit.content import codebook as codebooks
from fieldkit.content import directory as service_tables
from fieldkit.content import recognition as group_tables
from fieldkit.content import rules as rule_tables
from fieldkit.content.codebook import Codebook
from fieldkit.content.directory import Service
from fieldkit.content.form_roles import FormAccess, FormKind
from fieldkit.content.provenance import Provenance
from fieldkit.content.recognition import Recognised
from fieldkit.content.rules import RuleTable
from fieldkit.content.tables import Row as TableRow
from fieldkit.content.texts import Texts
from fieldkit.domain import locks
from fieldkit.domain.access import MAY, Action, Role
from fieldkit.domain.document import Document, Paragraph, Run
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.locks import Lock
from fieldkit.domain.outcome import Mark
from fieldkit.domain.sharing import Origins, SharingProtocol
from fieldkit.domain.waiting import SCREENING_FORMS
from fieldkit.files import resources
from fieldkit.forms import checks
from fieldkit.forms.expressions.kleene import Known
from fieldkit.forms.session import Session
from fieldkit.headquarters import counting, queries, tables
from fieldkit.headquarters.counting import Asked, Figure
from fieldkit.languages.catalogues import Words
from fieldkit.languages.partly import Known as HowMuch
from fieldkit.languages.partly import Said
from fieldkit.leaflets import source
from fieldkit.services import (
    administer,
    answers_to_people,
    case_file,
    changes,
    child_register,
    civil_sheets,
    closing,
    complaints,
    confidential,
    contacts,
    counsel,
    counselling,
    directory,
    draft_facts,
    duty,
    early_alert,
    entered,
    forms_held,
    gates,
    held_people,
    homeward,
    households,
    how_asked,
    in_force,
    intake,
    issued,
    issued_pages,
    judge,
    learning,
    local_inserts,
    meanwhile,
    measures,
    origins,
    parting,
    pictures,
    recognition,
    refer,
    region_paper,
    sealed,
    second_person,
    sharing,
    team,
    training,
    travel,
    uploads,
)
from fieldkit.services import interview as leading
from fieldkit.services.case_file import FINISHED, KEPT, CaseFile
from fieldkit.services.interview import Interview
from fieldkit.services.papers import SlipFacts, slip_document
from fieldkit.services.vault import OpenVault
from fieldkit.storage import kinds_sealed, queries_desk
from fieldkit.storage.kinds import READERS
from fieldkit.storage.projections import standing
from fieldkit.storage.queries import Queries
from fieldkit.ui.presenters import sealed as presented
from tests.stories.desks import Desks
from tests.stories.offices import Office

Patch = pytest.MonkeyPatch
Story = Callable[[Desks], None]

MODULES = {
    1: "silence",
    2: "through_whom",
    3: "agreement",
    4: "who_may_open",
    5: "locks",
    6: "child_alert",
    7: "surge",
    8: "papers",
    9: "age",
    10: "invented_contacts",
    11: "law",
    12: "country_of_origin",
    13: "forms_from_elsewhere",
    14: "tracing",
    15: "figures",
    16: "no_verdict",
}
OWN_ONE_IN, OTHERS_IN_TURN = 24, 1


def stories_of(rule: int) -> dict[str, Story]:
    """The stories of a rule by name, without `test_`."""
    module = importlib.import_module(f"tests.stories.test_protection_{MODULES[rule]}")
    return {name[5:]: thing for name, thing in vars(module).items() if name.startswith("test_")}


# --- the switches ---------------------------------------------------------------------------------------


def a_year_counts_from_its_first_day(patch: Patch) -> None:
    latest = Said.latest

    def first(said: Said, today: date) -> date | None:
        bounds = said.bounds() if said.known in (HowMuch.YEAR, HowMuch.MONTH) else None
        return bounds[0] if bounds else latest(said, today)

    patch.setattr(Said, "latest", first)


def nothing_found_stands_for_ever(patch: Patch) -> None:
    patch.setattr(CaseFile, "_found_since", lambda *_: False)


def silence_is_an_answer(patch: Patch) -> None:
    def looking_in(values_of: Callable[[str], tuple[str, ...]]) -> Callable[[str], Known]:
        return lambda name: Known(values_of(name) or ("",))

    patch.setattr(judge, "_looking_in", looking_in)


def a_talk_without_answers_counts_as_not_led(patch: Patch) -> None:
    of_a_case = judge.of_a_case

    def unless_all_was_said(answers: judge.Answers, facts: Any) -> judge.Answers:
        led = {name for name in answers.values if name.startswith(judge.LED)}
        silent = led if set(answers.marks.values()) - {Mark.ANSWERED} else set[str]()
        said = {name: values for name, values in answers.values.items() if name not in silent}
        return of_a_case(judge.Answers(said, answers.marks), facts)

    patch.setattr(judge, "of_a_case", unless_all_was_said)


def only_the_newest_interview_counts(patch: Patch) -> None:
    only_the_rules_of_today_count(patch)  # else what was suggested once still stands
    of_all = sealed.answers

    def of_the_newest(vault: OpenVault, file: CaseFile, *more: Any) -> judge.Answers:
        newest = {said.entry.kind: said for said in file.history}
        history = [newest[kind] for kind in (FINISHED, KEPT) if kind in newest]
        return of_all(vault, replace(file, history=history), *more)

    patch.setattr(sealed, "answers", of_the_newest)


def only_the_rules_of_today_count(patch: Patch) -> None:
    patch.setattr(refer, "_suggested_before", lambda *_: iter(()))


def what_was_not_confirmed_is_forgotten(patch: Patch) -> None:
    patch.setattr(CaseFile, "for_review", lambda file: {})


def no_specific_need_whenever_somebody_likes(patch: Patch) -> None:
    patch.setattr(refer, "no_specific_need_allowed", lambda held, case: True)


def any_form_is_the_whole_talk(patch: Patch) -> None:
    patch.setattr(case_file, "COMMON_CORE", mock.ANY)
    the_private_part_is_no_part_of_the_talk(patch)


def nobody_asks_for_a_training(patch: Patch) -> None:
    patch.setattr(training, "missing", lambda *_: ())


def fear_counts_in_the_last_section_only(patch: Patch) -> None:
    facts = Session.facts
    patch.setattr(
        Session, "facts", lambda held, names: {name: said[-1:] for name, said in facts(held, names).items()}
    )


def a_rule_may_suggest_no_specific_need(patch: Patch) -> None:
    patch.setattr(rule_tables, "NEVER_SUGGESTED", frozenset())
    patch.setattr(judge, "NEVER_SUGGESTED", frozenset())


def anybody_may_interpret(patch: Patch) -> None:
    patch.setattr(gates, "_sensitive", lambda setting: gates._OPEN)


def gates_are_shown_and_not_kept(patch: Patch) -> None:
    patch.setattr(Interview, "_demand_open", lambda interview, ref: None)


def what_was_said_goes_when_the_section_closes(patch: Patch) -> None:
    patch.setattr(Interview, "said_before_it_closed", lambda interview: iter(()))


def whoever_says_nothing_agrees(patch: Patch) -> None:
    def agreements(interview: Interview) -> dict[str, bool]:
        asked = {item.attributes.get("recipient", ""): item.ref for item in interview.all_questions()}
        return {who: interview.session.value(ref) != "no" for who, ref in asked.items() if who}

    patch.setattr(Interview, "agreements", agreements)


def only_whoever_agrees_is_helped(patch: Patch) -> None:
    shown = refer.suggestions
    patch.setattr(
        refer,
        "suggestions",
        lambda held, case: shown(held, case) if case in held.queries.agreed("headquarters") else (),
    )


def a_child_is_handed_over_only_if_nobody_minds(patch: Patch) -> None:
    patch.setattr(refer, "is_handed_over", lambda held, category: False)


def nobody_waits_for_agreement(patch: Patch) -> None:
    patch.setattr(Interview, "_agreement_answered", lambda interview: True)


def nobody_needs_to_be_told(patch: Patch) -> None:
    patch.setattr(Interview, "_was_told", lambda interview: True)


def everything_travels(patch: Patch) -> None:
    patch.setattr(travel.Leave, "may_travel", lambda leave, entry: True)


def headquarters_may_write_anything(patch: Patch) -> None:
    patch.setattr(homeward, "HOME", frozenset(READERS))


def all_of_an_interview_travels(patch: Patch) -> None:
    patch.setattr(entered, "names_shared", lambda held: frozenset(held.codebook.facts))


def one_yes_is_enough_for_ever(patch: Patch) -> None:
    sql = "SELECT case_id FROM agreements WHERE recipient = ? AND agreed = 1"
    patch.setattr(
        Queries,
        "agreed",
        lambda held, recipient: frozenset(row[0] for row in held._database.rows(sql, (recipient,))),
    )


def everybody_may_do_everything(patch: Patch) -> None:
    patch.setattr(OpenVault, "demand", lambda held, action: None)


def everybody_may_open_every_form(patch: Patch) -> None:
    patch.setattr(FormAccess, "may_open", lambda access, roles: True)


def nothing_is_sealed(patch: Patch) -> None:
    patch.setattr(parting, "classes_of", lambda form, codebook: parting.Classes({}, {}))


def words_of_talks_stay_open(patch: Patch) -> None:
    patch.setattr(counselling, "WORDS_SEALED", None)


def every_role_reads_what_is_sealed(patch: Patch) -> None:
    patch.setattr(OpenVault, "cleared", lambda held, name: name in held.sealed.readable)


def categories_are_shown_to_everybody(patch: Patch) -> None:
    patch.setattr(confidential, "CONFIDENTIAL_CATEGORIES", {})


def every_class_is_called_by_its_name(patch: Patch) -> None:
    patch.setattr(presented, "CONFIDENTIAL_CATEGORIES", {})


def the_name_of_a_talk_stays_open(patch: Patch) -> None:
    patch.setattr(confidential, "CONFIDENTIAL_FORMS", {})


def what_is_sealed_opens_locks(patch: Patch) -> None:
    patch.setattr(confidential, "may_stand", lambda file: frozenset())
    patch.setattr(confidential, "undecided", lambda file: 0)


def nobody_writes_down_who_read(patch: Patch) -> None:
    patch.setattr(sealed, "_write_down", lambda held, about, names: None)


def a_clearance_never_ends(patch: Patch) -> None:
    sql = "SELECT person, class, reason, '' FROM clearances WHERE (?1 = '' OR person = ?1) AND stands = 1"
    patch.setattr(
        Queries,
        "clearances",
        lambda held, stream, person="": tuple(held._database.rows(sql, (person,))),
    )


def what_is_sealed_travels_unasked(patch: Patch) -> None:
    patch.setattr(travel.Leave, "may_travel_sealed", lambda leave, entry: entry.kind in kinds_sealed.TRAVELS)


def a_quiz_counts_as_a_training(patch: Patch) -> None:
    held = training.held

    def with_modules(vault: OpenVault, person: str) -> tuple[training.Trained, ...]:
        passed = learning.passed(vault, person)
        return (*held(vault, person), *(training.Trained(one.module, one.day, "") for one in passed))

    patch.setattr(training, "held", with_modules)


def drafts_belong_to_whoever_is_there(patch: Patch) -> None:
    read = intake._read
    patch.setattr(intake, "_read", lambda held, draft: replace(read(held, draft), person=held.person.id))


def slips_change(patch: Patch, change: Callable[..., Document]) -> None:
    patch.setattr("fieldkit.services.refer.slip_document", change)


def a_slip_has_the_real_name_of_the_service(patch: Patch) -> None:
    def change(facts: SlipFacts, texts: Texts, person: Words, official: Words) -> Document:
        service = replace(facts.service, name_on_paper=facts.service.name)
        return slip_document(replace(facts, service=service), texts, person, official)

    slips_change(patch, change)


def a_slip_says_why(patch: Patch) -> None:
    def change(*made_of: Any) -> Document:
        paper = slip_document(*made_of)
        return replace(paper, blocks=(*paper.blocks, Paragraph((Run("Hurt by violence"),), "en")))

    slips_change(patch, change)


def a_hidden_place_is_printed(patch: Patch) -> None:
    patch.setattr(Service, "place_on_paper", property(lambda service: service.place))


def a_hidden_house_is_on_leaflets(patch: Patch) -> None:
    recorded = directory.all_services

    def shown(vault: OpenVault) -> tuple[Service, ...]:
        return tuple(replace(service, hidden_address=False) for service in recorded(vault))

    patch.setattr(local_inserts, "all_services", shown)


def a_hidden_place_may_be_entered(patch: Patch) -> None:
    kept = directory.record_service
    patch.setattr(
        directory, "record_service", lambda held, service: kept(held, replace(service, hidden_address=False))
    )


def the_last_word_on_an_address_counts(patch: Patch) -> None:
    def last(*asked: Any) -> Any:
        return [value for value in standing(*asked) if value.value not in (True, "")]

    patch.setattr("fieldkit.services.directory.standing", last)


def nobody_asks_whether_it_is_safe_to_carry(patch: Patch) -> None:
    made = CaseFile.referrals
    patch.setattr(
        CaseFile, "referrals", lambda file: tuple(replace(one, safe_to_carry=True) for one in made(file))
    )


def answers_are_printed_unasked(patch: Patch) -> None:
    patch.setattr(answers_to_people, "_demand_safe", lambda carried: None)


def every_answer_has_everything(patch: Patch) -> None:
    made = answers_to_people.see
    patch.setattr(
        answers_to_people,
        "see",
        lambda vault, case, carried: made(vault, case, replace(carried, everything=True)),
    )


def a_refusal_of_a_referral_is_not_heard(patch: Patch) -> None:
    made = CaseFile.referrals
    patch.setattr(
        CaseFile, "referrals", lambda file: tuple(replace(one, declined=False) for one in made(file))
    )


def pictures_are_taken_everywhere(patch: Patch) -> None:
    patch.setattr(uploads, "SEEN_OR_HEARD", frozenset())


def a_picture_is_kept_as_it_came(patch: Patch) -> None:
    patch.setattr(pictures, "stripped", lambda content: content)


def invented_contacts_load_everywhere(patch: Patch) -> None:
    recorded = directory.all_services

    def all_services(held: OpenVault) -> tuple[Service, ...]:
        invented = () if held.training else service_tables.load_sample(resources(), held.codebook)
        return (*recorded(held), *invented)

    for module in (directory, refer, local_inserts):
        patch.setattr(module, "all_services", all_services)


def invented_contacts_are_printed(patch: Patch) -> None:
    invented_contacts_load_everywhere(patch)
    patch.setattr(Service, "may_be_printed", lambda service, training: True)


def invented_contacts_are_recorded(patch: Patch) -> None:
    kept = directory.record_service
    patch.setattr(
        directory, "record_service", lambda held, service: kept(held, replace(service, sample=False))
    )


def a_promise_without_a_reviewed_pack(patch: Patch) -> None:
    promise = {"stay_while_waiting": "You may stay while you wait."}
    patch.setattr(counsel, "_reviewed", lambda held, language: promise)


def a_lawyer_is_made_up(patch: Patch) -> None:
    read = source.read_leaflet
    patch.setattr(
        source, "read_leaflet", lambda *asked: replace(read(*asked), reviewed_by_lawyer="Nobody (invented)")
    )


def a_region_serves_everywhere(patch: Patch) -> None:
    def chosen(held: in_force.Packs) -> str:
        return (held._belongings.get(in_force.SAMPLE) or b"").decode()

    patch.setattr(in_force.Packs, "sample", property(chosen))


def nothing_is_said_of_reviews(patch: Patch) -> None:
    patch.setattr(region_paper.Said, "review", lambda *_: "")


def a_group_is_recognised_unread(patch: Patch) -> None:
    def unread(row: TableRow, places: frozenset[str], _countries: frozenset[str]) -> Recognised:
        about = Provenance(row.name("jurisdiction", places), row.text("source"))
        return Recognised(row.text("id"), row.text("country"), row.text("area"), row.text("text"), about)

    patch.setattr(group_tables, "_row", unread)


def a_hint_stands_beside_every_way(patch: Patch) -> None:
    patch.setattr(
        recognition, "hints", lambda held, *_: tuple(map(recognition.Hint, recognition.in_force(held)))
    )


def a_message_goes_on_paper_unasked(patch: Patch) -> None:
    patch.setattr(civil_sheets, "_READY", ())


def what_expired_is_printed(patch: Patch) -> None:
    patch.setattr(Provenance, "may_be_printed", lambda *_: True)


def a_survey_is_a_protection_form(patch: Patch) -> None:
    held = forms_held._held_survey
    patch.setattr(forms_held, "_held_survey", lambda *asked: replace(held(*asked), kind=FormKind.PROTECTION))


def names_of_our_forms_are_free(patch: Patch) -> None:
    patch.setattr(administer, "accesses", lambda held: {})


def nobody_looks_at_what_a_form_asks(patch: Patch) -> None:
    patch.setattr(checks, "protection_findings", lambda form, places: ())


def not_asked_is_0(patch: Patch) -> None:
    patch.setattr(counting, "_persons", lambda cases, base, definition: Figure(len(set(cases)), definition))


def declined_counts_as_asked(patch: Patch) -> None:
    patch.setattr(
        queries, "_how", lambda asked, declined, not_asked: Asked.NOT_ASKED if not_asked else Asked.ASKED
    )


def small_numbers_are_told(patch: Patch) -> None:
    patch.setattr(tables, "hidden", lambda values, sums, limit: frozenset())


def a_page_may_cross_anything(patch: Patch) -> None:
    patch.setattr(tables, "_refuse_crossing", lambda names: None)


def a_word_of_a_verdict_gets_into_the_codebook(patch: Patch) -> None:
    load = codebooks.load

    def with_high_risk(folder: Path) -> Codebook:
        book = load(folder)
        ranked = replace(book.categories["C24"], name="High risk person")
        return replace(book, categories={**book.categories, "C24": ranked})

    patch.setattr(codebooks, "load", with_high_risk)


def a_nationality_closes_a_way(patch: Patch) -> None:
    load = rule_tables.load

    def but_not_for_everybody(folder: Path) -> RuleTable:
        table = load(folder)
        open_to_all, *_ = table.of("C16")
        narrowed = replace(open_to_all, when=f"({open_to_all.when}) and not(${{nationality}} = 'KE')")
        return replace(table, rules=tuple(narrowed if rule is open_to_all else rule for rule in table.rules))

    patch.setattr(rule_tables, "load", but_not_for_everybody)


def categories_are_ranked(patch: Patch) -> None:
    shown = refer.suggestions
    patch.setattr(
        refer,
        "suggestions",
        lambda held, case: tuple(sorted(shown(held, case), key=lambda one: one.rule[::-1])),
    )


def everything_is_shared_unasked(patch: Patch) -> None:
    patch.setattr(sharing, "_agreed", lambda held, case, protocol: True)


def child_protection_waits_like_everybody(patch: Patch) -> None:
    patch.setattr(SharingProtocol, "is_child_protection", property(lambda protocol: False))


def complaints_are_taken_by_anybody(patch: Patch) -> None:
    patch.setattr(complaints, "_why_not", lambda held, body: "")


def an_alert_names_the_child(patch: Patch) -> None:
    told = early_alert.four_things

    def and_a_fifth(held: OpenVault, case: str, call: str) -> early_alert.FourThings:
        things = told(held, case, call)
        return replace(things, number=f"{things.number} Saba")

    patch.setattr(early_alert, "four_things", and_a_fifth)


def everybody_hears_of_a_child(patch: Patch) -> None:
    patch.setattr(early_alert, "receivers", lambda held, case: (contacts.all_contacts(held), ()))


def an_alert_is_made_of_anybody(patch: Patch) -> None:
    patch.setattr(early_alert, "may_be_child", lambda answers, categories: True)


def every_number_may_be_spoken(patch: Patch) -> None:
    patch.setattr(team.MaySay, "may", property(lambda self: True))


def numbers_stand_in_lists_that_leave(patch: Patch) -> None:
    patch.setattr(team, "refuse_numbers", lambda held, text: None)


def nobody_is_on_duty(patch: Patch) -> None:
    patch.setattr(duty, "coming", lambda shifts, now: ())


def headquarters_knows_all_of_a_child(patch: Patch) -> None:
    real = child_register._told
    patch.setattr(child_register, "_told", lambda held, whole: real(held, whole=True))


def a_country_stands_on_a_sheet(patch: Patch) -> None:
    lines = {**civil_sheets._BIRTH_OF_PERSON, "sheet/born_where": "nationality"}
    patch.setattr(civil_sheets, "_BIRTH_OF_PERSON", lines)


def every_death_goes_to_the_authority(patch: Patch) -> None:
    patch.setattr(civil_sheets, "_told", lambda rows, sheet: (one for one in rows if one.repeat == "lost"))


def no_country_is_dangerous(patch: Patch) -> None:
    patch.setattr(Origins, "may_go_to", lambda origins, country: True)


def what_is_not_known_blocks_nobody(patch: Patch) -> None:
    patch.setattr(Origins, "unknown", property(lambda origins: ()))


def only_the_desk_is_asked_for_countries(patch: Patch) -> None:
    patch.setattr(origins, "TOLD_IN", {})


# --- the table ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One rule, one way to switch it off, and the stories that notice."""

    rule: int
    off: Callable[[Patch], None]
    notice: frozenset[str]


def everybody_who_is_missed_is_looked_for(patch: Patch) -> None:
    def everybody(
        rows: Iterable[civil_sheets._Row], _sheet: civil_sheets.Sheet
    ) -> Iterator[civil_sheets._Row]:
        return (row for row in rows if row.repeat)

    patch.setattr(civil_sheets, "_told", everybody)


def whoever_sees_the_register_reads_the_search(patch: Patch) -> None:
    kept = child_register.tracing_state

    def told(vault: OpenVault, case: str) -> tuple[str, str]:
        person = vault.person
        vault.person = replace(person, roles=frozenset(Role))
        try:
            return kept(vault, case)
        finally:
            vault.person = person

    patch.setattr(child_register, "tracing_state", told)


def row(rule: int, off: Callable[[Patch], None], *notice: str) -> Row:
    return Row(rule, off, frozenset(notice))


PRIVATE = frozenset({"private", "tracing"})
"""Sections whose questions are asked in a private place only."""
PRIVATE_PART_IS_CLOSED = (
    "through_a_companion_a_child_or_another_arrival_private_questions_wait",
    "where_somebody_can_hear_private_questions_wait",
    "an_interpreter_who_promised_nothing_is_none",
    "when_a_relative_takes_over_the_private_part_closes_again",
    "an_interpreter_whom_the_person_does_not_want_is_none_until_another_one_comes",
)


def one_person_closes_what_protects_a_child(patch: Patch) -> None:
    patch.setattr(closing, "needs_second", lambda *_: False)


def whoever_asks_may_agree(patch: Patch) -> None:
    patch.setattr(second_person, "is_own", lambda *_: False)


def closing_stops_no_plan(patch: Patch) -> None:
    patch.setattr(refer, "demand_open", lambda *_: None)


def without(lock: Lock) -> Callable[[Patch], None]:
    def off(patch: Patch) -> None:
        patch.setattr(locks, "_LOCKS", tuple(held for held in locks._LOCKS if held[0] is not lock))

    off.__name__ = f"nothing_looks_at_{lock.value}"
    return off


def a_closed_case_is_not_written_on(patch: Patch) -> None:
    known = held_people._file_of

    def only_open(vault: OpenVault, case: str, measure: str) -> CaseFile:
        file = known(vault, case, measure)
        refer.demand_open(file)
        return file

    patch.setattr(held_people, "_file_of", only_open)


def fear_is_ticked_away(patch: Patch) -> None:
    patch.setattr(leading, "says_fear", lambda op: False)


def fear_stays_with_the_older_form(patch: Patch) -> None:
    patch.setattr(draft_facts, "says_fear", lambda op: False)


def a_talk_is_thrown_away_whole(patch: Patch) -> None:
    patch.setattr(intake, "_keep_fear", lambda *_: None)


def a_yes_counts_for_ever(patch: Patch) -> None:
    patch.setattr(measures, "_found_since", lambda *_: False)
    patch.setattr(measures, "_talks", lambda *_: [])


def a_request_is_agreed_to_unheard(patch: Patch) -> None:
    patch.setattr(meanwhile, "demand_nothing_told", lambda *_: None)


def a_word_ends_what_could_not_be_asked(patch: Patch) -> None:
    patch.setattr(measures, "_led_again", lambda file: True)


def whoever_corrects_opens_locks(patch: Patch) -> None:
    patch.setattr(changes, "takes_back", lambda *_: False)


def how_a_talk_ends_is_how_it_was(patch: Patch) -> None:
    patch.setattr(how_asked, "of_log", lambda history: {})


def an_answer_is_an_answer(patch: Patch) -> None:
    patch.setattr(entered, "_open", lambda *_: {"open": 0})


def the_private_part_is_no_part_of_the_talk(patch: Patch) -> None:
    sections = CaseFile.sections
    patch.setattr(
        CaseFile, "sections", lambda file: tuple(one for one in sections(file) if one.name not in PRIVATE)
    )


def whoever_corrects_makes_adults(patch: Patch) -> None:
    patch.setattr(entered, "_stands_beside", lambda *_: iter(()))


def a_corrected_country_is_forgotten(patch: Patch) -> None:
    patch.setattr(origins, "_ever_told", lambda *_: iter(()))


def papers_are_made_unasked(patch: Patch) -> None:
    patch.setattr(issued, "_demand_safe", lambda *_, **__: None)


def a_paper_names_the_categories(patch: Patch) -> None:
    page = issued_pages.page

    def with_reasons(vault: OpenVault, case: str, document: str, **more: bool) -> Document:
        made = page(vault, case, document, **more)
        why = Paragraph((Run("C01-1"),), "en")
        return replace(made, blocks=(*made.blocks, why))

    patch.setattr(issued_pages, "page", with_reasons)


def help_opens_the_locks(patch: Patch) -> None:
    patch.setattr(measures, "taken_away", lambda file: frozenset(file.closed_categories()))


def what_was_closed_stays_closed(patch: Patch) -> None:
    patch.setattr(CaseFile, "_told_since", lambda *_: False)


def a_plan_is_looked_at_once(patch: Patch) -> None:
    made = measures._plan
    patch.setattr(measures, "_plan", lambda *held: replace(made(*held), shut=()))


def what_happened_against_a_rule_is_not_written_down(patch: Patch) -> None:
    kept = measures.record_happened

    def refused(vault: OpenVault, case: str, happening: measures.Happening, country: str = "") -> Any:
        measures.demand_none_but(measures.shut(vault, case, happening.what, country), frozenset())
        return kept(vault, case, happening, country)

    patch.setattr(measures, "record_happened", refused)


def a_form_is_not_heard(patch: Patch) -> None:
    patch.setattr(measures, "of_interview", lambda *_: None)


def headquarters_hears_of_nothing(patch: Patch) -> None:
    patch.setattr(travel, "ABOUT_THE_POST", travel.ABOUT_THE_POST - {"measure.told"})


def an_officer_speaks_for_child_protection(patch: Patch) -> None:
    patch.setitem(MAY, Action.CHECK_CHILD_RETURN, frozenset(Role))


def the_arrival_page_is_a_screening(patch: Patch) -> None:
    patch.setattr("fieldkit.storage.kinds_desk.SCREENING_FORMS", SCREENING_FORMS | {"arrival"})


def who_came_first_stands_first(patch: Patch) -> None:
    patch.setattr(queries_desk, "_ORDER", "ORDER BY since, waiting.about")


def one_of_several_children_takes_the_emergency_along(patch: Patch) -> None:
    patch.setattr(households, "_more_of_it", lambda *_: False)


def a_row_goes_with_its_emergency(patch: Patch) -> None:
    patch.setattr(households, "_keeps_its_row", lambda *_: False)


def families_travel(patch: Patch) -> None:
    patch.setattr(travel, "ABOUT_A_PERSON", travel.ABOUT_A_PERSON | {"household.joined"})


NOTHING_IS_ON_THE_SLIP = (
    "a_slip_names_neither_the_person_nor_the_reason",
    "what_comes_out_of_the_printer_says_no_more_than_that",
    "a_hidden_address_never_comes_onto_paper",
    "for_every_category_and_every_service_the_slip_gives_nothing_away",
)
REAL_VAULT_IS_EMPTY = (
    "a_real_vault_begins_with_no_services_and_asks_for_five",
    "every_contact_entered_counts_and_stands_alone",
    "an_invented_contact_is_not_taken_into_a_directory",
    "a_real_vault_uses_no_region_that_nobody_has_reviewed",
)
NOT_KNOWN_BLOCKS = (
    "a_body_that_is_no_post_gets_no_alert_and_a_post_abroad_only_past_the_block",
    "a_country_that_is_not_in_the_list_leaves_it_unknown",
    "somebody_who_says_not_all_were_named_closes_it_again",
    "while_the_origin_is_not_known_whole_nothing_goes_abroad",
)
CLEARED_BY_NAME = "at_headquarters_only_who_was_cleared_by_name_reads_and_only_until_that_ends"
NAMED_IN_THE_OPEN = "the_database_key_alone_does_not_tell_why_somebody_asked_for_help_in_confidence"
OUTING = "a_category_that_would_out_somebody_is_shown_to_cleared_people_only"
NO_TELLING_NAME = "what_is_sealed_has_no_telling_name_for_whoever_may_not_read_it"
TABLE = [
    row(1, nothing_found_stands_for_ever, "that_nothing_was_found_stands_only_until_something_is"),
    row(7, the_arrival_page_is_a_screening, "everybody_of_a_surge_stays_not_screened_yet"),
    row(
        7,
        who_came_first_stands_first,
        "an_emergency_in_a_row_stands_before_everybody_who_came_earlier",
    ),
    row(7, one_of_several_children_takes_the_emergency_along, "three_children_alone_are_three_emergencies"),
    row(7, a_row_goes_with_its_emergency, "an_emergency_that_nobody_took_up_is_not_lost_with_its_row"),
    row(7, families_travel, "who_belongs_to_whom_never_leaves_the_post"),
    row(
        1,
        silence_is_an_answer,
        "somebody_who_was_asked_nothing_has_no_category_ruled_out",
        "a_declined_question_about_fear_gives_cannot_tell_and_stands_first",
        "not_knowing_is_not_a_no",
        "answers_that_were_skipped_are_kept_as_skipped",
        "a_talk_for_some_people_that_was_led_and_left_without_answers_stays_an_open_question",
        "no_specific_need_is_not_chosen_past_an_answer_that_nobody_knows",
    ),
    row(
        1,
        a_talk_without_answers_counts_as_not_led,
        "a_talk_for_some_people_that_was_led_and_left_without_answers_stays_an_open_question",
    ),
    row(
        1,
        only_the_newest_interview_counts,
        "a_later_no_withdraws_no_earlier_word",
        "a_category_stays_when_new_rules_no_longer_know_it",
        "raising_an_age_later_does_not_end_the_care_for_a_child",
        "correcting_the_answer_takes_no_fear_away",
        "fear_stands_also_when_the_talk_is_thrown_away",
        "a_talk_that_has_to_be_led_again_is_led_again_and_not_closed",
    ),
    row(
        1,
        only_the_rules_of_today_count,
        "a_category_stays_when_new_rules_no_longer_know_it",
        "correcting_the_answer_takes_no_fear_away",
        "fear_stands_also_when_the_talk_is_thrown_away",
    ),
    row(
        1,
        what_was_not_confirmed_is_forgotten,
        "what_the_officer_does_not_confirm_stays_with_the_reason_and_goes_to_review",
    ),
    row(
        1,
        no_specific_need_whenever_somebody_likes,
        "no_specific_need_can_be_chosen_when_everything_was_asked_and_only_then",
        "no_specific_need_cannot_be_chosen_through_a_companion_or_where_others_hear",
        "who_was_asked_before_others_was_not_asked_in_private_by_what_is_ticked_afterwards",
        "no_specific_need_is_not_chosen_past_an_answer_that_nobody_knows",
        "no_specific_need_is_not_chosen_while_the_private_part_was_not_asked",
    ),
    row(
        1,
        how_a_talk_ends_is_how_it_was,
        "who_was_asked_before_others_was_not_asked_in_private_by_what_is_ticked_afterwards",
    ),
    row(1, an_answer_is_an_answer, "no_specific_need_is_not_chosen_past_an_answer_that_nobody_knows"),
    row(
        1,
        the_private_part_is_no_part_of_the_talk,
        "no_specific_need_is_not_chosen_while_the_private_part_was_not_asked",
    ),
    row(
        1,
        any_form_is_the_whole_talk,
        "a_form_for_some_people_asked_whole_is_not_the_whole_talk",
        "no_specific_need_is_not_chosen_while_the_private_part_was_not_asked",
    ),
    row(1, a_rule_may_suggest_no_specific_need, "no_table_of_rules_can_suggest_no_specific_need"),
    row(
        1,
        fear_counts_in_the_last_section_only,
        "fear_mentioned_in_any_section_counts_and_a_no_at_the_end_takes_nothing_back",
    ),
    row(2, anybody_may_interpret, *PRIVATE_PART_IS_CLOSED),
    row(
        2,
        gates_are_shown_and_not_kept,
        *PRIVATE_PART_IS_CLOSED,
        "profiling_opens_with_the_last_answer_and_not_before",
    ),
    row(
        2,
        what_was_said_goes_when_the_section_closes,
        "what_was_said_in_private_stands_when_a_relative_takes_over",
        "the_people_a_child_named_in_private_stand_when_a_relative_takes_over",
    ),
    row(
        3,
        whoever_says_nothing_agrees,
        "nothing_is_ticked_in_advance",
        "no_form_brings_a_yes_along",
        "profiling_opens_with_the_last_answer_and_not_before",
        "no_answer_and_a_declined_answer_are_a_no",
    ),
    row(
        3,
        nobody_waits_for_agreement,
        "profiling_opens_with_the_last_answer_and_not_before",
        "whoever_was_not_told_what_must_be_recorded_is_not_profiled",
    ),
    row(
        3,
        every_death_goes_to_the_authority,
        "nobody_is_put_on_a_sheet_for_a_search_before_somebody_may_be_told",
        "a_death_is_written_for_the_authority_only_when_whoever_told_it_said_so",
    ),
    row(3, nobody_needs_to_be_told, "whoever_was_not_told_what_must_be_recorded_is_not_profiled"),
    row(
        3,
        only_whoever_agrees_is_helped,
        "help_depends_on_no_agreement",
        "a_child_is_handed_to_child_protection_whatever_stands_in_the_way",
    ),
    row(
        3,
        a_child_is_handed_over_only_if_nobody_minds,
        "nobody_says_no_to_child_protection_in_a_childs_place",
    ),
    row(
        3,
        everything_travels,
        "a_no_to_headquarters_means_that_nothing_of_the_person_travels",
        "a_yes_shares_what_headquarters_has_a_use_for_and_no_more",
        "whoever_takes_the_yes_back_sends_nothing_more",
        "a_survey_that_never_asked_stays_at_the_post",
    ),
    row(
        3,
        every_number_may_be_spoken,
        "a_number_is_spoken_only_before_bodies_the_person_said_yes_to",
    ),
    row(3, numbers_stand_in_lists_that_leave, "no_number_of_a_case_comes_into_a_list_that_leaves"),
    row(3, headquarters_may_write_anything, "headquarters_says_yes_for_nobody"),
    row(3, all_of_an_interview_travels, "a_yes_shares_what_headquarters_has_a_use_for_and_no_more"),
    row(
        3,
        one_yes_is_enough_for_ever,
        "whoever_takes_the_yes_back_sends_nothing_more",
        "a_yes_that_was_taken_back_keeps_what_is_sealed_here_too",
        "between_two_answers_the_more_protective_counts_whoever_wrote_last",
    ),
    row(
        4,
        everybody_may_do_everything,
        "who_looks_after_the_laptop_does_not_interview",
        "an_officer_changes_neither_forms_nor_directory_nor_headquarters",
        "headquarters_does_not_decide_over_a_case",
    ),
    row(
        4,
        everybody_may_open_every_form,
        "a_form_for_counsellors_stays_closed_to_an_officer",
        "every_form_names_its_roles_and_the_untrained_open_only_theirs",
        "whoever_is_no_counsellor_any_more_does_not_go_on_with_a_counsellors_talk",
        "the_long_talks_stay_closed_to_an_officer_and_to_whoever_was_not_trained",
    ),
    row(
        4,
        nobody_asks_for_a_training,
        "the_long_talks_stay_closed_to_an_officer_and_to_whoever_was_not_trained",
        "a_quiz_alone_opens_no_form",
    ),
    row(4, a_quiz_counts_as_a_training, "a_quiz_alone_opens_no_form"),
    row(4, drafts_belong_to_whoever_is_there, "a_colleague_s_unfinished_interview_is_not_mine"),
    row(
        4,
        nothing_is_sealed,
        "a_yes_shares_what_headquarters_has_a_use_for_and_no_more",
        "that_a_family_answered_is_read_by_whoever_is_cleared_and_stands_on_no_table",
        "the_database_key_alone_shows_nothing_of_what_was_said_in_private",
        "an_officer_cannot_read_again_what_they_wrote_down",
        "whoever_reads_what_is_sealed_stands_in_the_case",
        CLEARED_BY_NAME,
    ),
    row(4, words_of_talks_stay_open, "what_somebody_asked_in_a_counselling_talk_is_sealed_too"),
    row(
        4,
        every_role_reads_what_is_sealed,
        "that_a_family_answered_is_read_by_whoever_is_cleared_and_stands_on_no_table",
        "an_officer_cannot_read_again_what_they_wrote_down",
        CLEARED_BY_NAME,
        OUTING,
        NO_TELLING_NAME,
    ),
    row(
        4,
        categories_are_shown_to_everybody,
        OUTING,
        NAMED_IN_THE_OPEN,
        "headquarters_lists_and_counts_no_category_that_would_out_somebody",
        "whoever_cannot_read_it_is_told_whom_to_ask_and_nothing_they_do_undoes_it",
    ),
    row(
        4,
        the_name_of_a_talk_stays_open,
        NAMED_IN_THE_OPEN,
        "whoever_cannot_read_it_is_told_whom_to_ask_and_nothing_they_do_undoes_it",
    ),
    row(4, every_class_is_called_by_its_name, NO_TELLING_NAME),
    row(
        4,
        what_is_sealed_opens_locks,
        "whoever_cannot_read_it_is_told_whom_to_ask_and_nothing_they_do_undoes_it",
        "a_case_is_not_closed_over_something_told_in_confidence_that_nobody_decided",
    ),
    row(4, nobody_writes_down_who_read, "whoever_reads_what_is_sealed_stands_in_the_case"),
    row(4, a_clearance_never_ends, CLEARED_BY_NAME),
    row(3, what_is_sealed_travels_unasked, "a_yes_that_was_taken_back_keeps_what_is_sealed_here_too"),
    row(
        3,
        everything_is_shared_unasked,
        "nothing_is_shared_with_somebody_the_person_did_not_agree_to",
        "a_no_to_a_recipient_stays_when_somebody_writes_a_yes_beside_it",
        "a_child_is_handed_to_child_protection_whatever_stands_in_the_way",
    ),
    row(
        3,
        child_protection_waits_like_everybody,
        "a_child_is_handed_to_child_protection_whatever_stands_in_the_way",
    ),
    row(4, complaints_are_taken_by_anybody, "a_complaint_is_never_taken_in_an_officers_session"),
    row(
        5,
        one_person_closes_what_protects_a_child,
        "what_protects_a_child_is_closed_by_two_people",
        "nobody_alone_takes_fear_away",
        "fear_that_is_told_again_stands_again",
        "a_word_said_after_the_request_is_not_closed_with_it",
    ),
    row(5, fear_is_ticked_away, "fear_that_was_ticked_away_in_the_same_talk_stands"),
    row(5, a_talk_is_thrown_away_whole, "fear_stands_also_when_the_talk_is_thrown_away"),
    row(
        5,
        fear_stays_with_the_older_form,
        "fear_that_was_ticked_away_stands_also_when_the_talk_goes_over_to_a_newer_form",
    ),
    row(
        5,
        a_yes_counts_for_ever,
        "a_second_persons_yes_is_a_yes_to_what_was_known_then",
        "a_wish_that_was_taken_back_waits_for_a_second_person",
    ),
    row(
        5,
        a_word_ends_what_could_not_be_asked,
        "a_talk_that_has_to_be_led_again_is_led_again_and_not_closed",
    ),
    row(
        5,
        whoever_corrects_opens_locks,
        "what_keeps_a_lock_shut_is_not_corrected_away_by_one_person",
    ),
    row(5, a_request_is_agreed_to_unheard, "a_word_said_after_the_request_is_not_closed_with_it"),
    row(
        5,
        help_opens_the_locks,
        "help_that_was_given_opens_no_lock",
        "a_talk_that_has_to_be_led_again_is_led_again_and_not_closed",
    ),
    row(5, what_was_closed_stays_closed, "fear_that_is_told_again_stands_again"),
    row(
        5,
        a_plan_is_looked_at_once,
        "a_plan_of_yesterday_stops_when_fear_is_told_today",
        "a_second_persons_yes_is_a_yes_to_what_was_known_then",
        "time_to_rest_without_a_last_day_lasts_as_the_country_says_or_until_it_is_ended",
        "who_wishes_time_to_think_has_it_before_anybody_plans_a_return",
        "nobody_steps_back_while_somebody_recovers",
    ),
    row(
        5,
        what_happened_against_a_rule_is_not_written_down,
        "what_happened_is_written_down_at_once_and_is_an_alert",
        "who_is_held_is_written_on_whatever_the_case_says",
        "what_the_form_before_a_removal_says_happened_is_an_alert_too",
        "headquarters_hears_that_it_happened_and_not_to_whom",
    ),
    row(5, a_form_is_not_heard, "what_the_form_before_a_removal_says_happened_is_an_alert_too"),
    row(5, headquarters_hears_of_nothing, "headquarters_hears_that_it_happened_and_not_to_whom"),
    row(
        5,
        an_officer_speaks_for_child_protection,
        "a_child_is_not_returned_before_child_protection_has_all_five_things",
    ),
    row(
        5,
        without(Lock.FEAR),
        "correcting_the_answer_takes_no_fear_away",
        "fear_that_was_ticked_away_in_the_same_talk_stands",
        "nobody_alone_takes_fear_away",
        "help_that_was_given_opens_no_lock",
        "a_plan_of_yesterday_stops_when_fear_is_told_today",
        "fear_that_was_ticked_away_stands_also_when_the_talk_goes_over_to_a_newer_form",
        "fear_stands_also_when_the_talk_is_thrown_away",
    ),
    row(
        5,
        without(Lock.NOT_PUNISHED),
        "whoever_may_be_exploited_is_not_punished_before_another_person_agreed",
        "a_second_persons_yes_is_a_yes_to_what_was_known_then",
    ),
    row(
        5,
        without(Lock.CHILD_HELD),
        "a_child_is_never_planned_to_be_held",
        "what_happened_is_written_down_at_once_and_is_an_alert",
        "who_is_held_is_written_on_whatever_the_case_says",
    ),
    row(
        5,
        without(Lock.CHILD_RETURN),
        "a_child_is_not_returned_before_child_protection_has_all_five_things",
    ),
    row(
        5,
        without(Lock.BEFORE_REMOVAL),
        "nobody_is_turned_away_before_four_looks_have_an_outcome",
        "a_talk_that_has_to_be_led_again_is_led_again_and_not_closed",
    ),
    row(5, without(Lock.CHOICE_TALK), "nobody_goes_back_by_choice_before_the_talk_about_it"),
    row(5, without(Lock.FREE_CHOICE), "a_wish_that_was_taken_back_waits_for_a_second_person"),
    row(
        5,
        a_closed_case_is_not_written_on,
        "who_is_held_is_written_on_whatever_the_case_says",
    ),
    row(
        5,
        without(Lock.TIME_TO_THINK),
        "who_wishes_time_to_think_has_it_before_anybody_plans_a_return",
        "time_to_think_lasts_as_long_as_the_country_says",
        "a_later_talk_without_the_wish_ends_it",
    ),
    row(
        5,
        without(Lock.RECOVERING),
        "nobody_steps_back_while_somebody_recovers",
        "time_to_rest_without_a_last_day_lasts_as_the_country_says_or_until_it_is_ended",
    ),
    row(5, without(Lock.COUNTRY), "no_consulate_hears_of_somebody_who_may_need_protection"),
    row(
        5,
        whoever_asks_may_agree,
        "what_protects_a_child_is_closed_by_two_people",
        "whoever_may_be_exploited_is_not_punished_before_another_person_agreed",
        "a_correction_of_a_closed_case_changes_nothing_until_another_person_agrees",
    ),
    row(
        5,
        closing_stops_no_plan,
        "a_closed_case_stops_plans_and_never_the_recording_of_what_was_said",
    ),
    row(
        6,
        an_alert_names_the_child,
        "an_alert_waits_for_no_stick_and_no_agreement",
        "other_posts_receive_four_things_and_no_byte_more",
        "the_other_post_keeps_it_and_learns_nothing_else",
    ),
    row(
        6,
        everybody_hears_of_a_child,
        "a_body_that_is_no_post_gets_no_alert_and_a_post_abroad_only_past_the_block",
        "a_letter_of_another_kind_is_no_alert",
        "other_posts_receive_four_things_and_no_byte_more",
        "the_other_post_keeps_it_and_learns_nothing_else",
        "the_same_four_things_go_to_headquarters_without_any_agreement",
    ),
    row(6, nobody_is_on_duty, "whoever_is_on_duty_now_is_called_first_and_no_number_is_left_out"),
    row(6, an_alert_is_made_of_anybody, "there_is_no_alert_of_an_adult_and_none_without_a_number"),
    row(
        12,
        no_country_is_dangerous,
        *NOT_KNOWN_BLOCKS,
        "a_country_that_was_told_stays_blocked_when_a_correction_names_another",
        "a_country_that_was_named_once_is_not_taken_back",
        "each_of_the_four_ways_to_belong_to_a_country_blocks_it",
        "no_agreement_opens_the_block",
        "what_was_told_in_the_interview_blocks_as_well",
    ),
    row(
        12,
        a_corrected_country_is_forgotten,
        "a_country_that_was_told_stays_blocked_when_a_correction_names_another",
    ),
    row(12, what_is_not_known_blocks_nobody, *NOT_KNOWN_BLOCKS),
    row(
        12,
        only_the_desk_is_asked_for_countries,
        "a_country_that_is_not_in_the_list_leaves_it_unknown",
        "what_was_told_in_the_interview_blocks_as_well",
        "a_country_that_was_told_stays_blocked_when_a_correction_names_another",
    ),
    row(8, a_slip_has_the_real_name_of_the_service, *NOTHING_IS_ON_THE_SLIP),
    row(8, a_slip_says_why, *NOTHING_IS_ON_THE_SLIP),
    row(
        8, a_hidden_place_is_printed, "a_hidden_address_that_somebody_typed_all_the_same_stays_off_the_paper"
    ),
    row(
        8,
        a_country_stands_on_a_sheet,
        "a_sheet_for_a_registry_has_a_name_and_neither_country_nor_number_nor_reason",
    ),
    row(8, a_hidden_house_is_on_leaflets, "a_house_with_a_hidden_address_is_on_no_leaflet"),
    row(8, a_hidden_place_may_be_entered, "a_hidden_address_never_comes_onto_paper"),
    row(8, the_last_word_on_an_address_counts, "where_two_people_disagree_the_address_stays_hidden"),
    row(8, nobody_asks_whether_it_is_safe_to_carry, "what_is_not_safe_to_carry_is_not_printed"),
    row(
        8,
        answers_are_printed_unasked,
        "an_answer_to_a_person_is_not_printed_before_it_is_safe_to_carry",
    ),
    row(8, every_answer_has_everything, "an_answer_without_the_private_part_gives_no_reason_away"),
    row(
        8,
        papers_are_made_unasked,
        "a_paper_that_is_carried_is_not_made_before_it_is_safe_to_carry",
    ),
    row(
        8,
        a_paper_names_the_categories,
        "no_paper_that_is_made_for_a_person_says_why_they_are_here",
    ),
    row(8, a_refusal_of_a_referral_is_not_heard, "a_referral_that_was_declined_leaves_no_paper"),
    row(
        9,
        only_the_newest_interview_counts,
        "a_later_no_withdraws_no_earlier_word",
        "a_category_stays_when_new_rules_no_longer_know_it",
        "raising_an_age_later_does_not_end_the_care_for_a_child",
        "correcting_the_answer_takes_no_fear_away",
        "fear_stands_also_when_the_talk_is_thrown_away",
        "a_talk_that_has_to_be_led_again_is_led_again_and_not_closed",
    ),
    row(
        9,
        a_year_counts_from_its_first_day,
        "a_year_or_an_estimated_age_counts_on_the_side_of_the_child",
    ),
    row(
        9,
        pictures_are_taken_everywhere,
        "a_protection_form_takes_no_picture_sound_or_film_whatever_it_asks",
    ),
    row(9, whoever_corrects_makes_adults, "a_correction_raises_no_age_unless_child_protection_makes_it"),
    row(9, a_picture_is_kept_as_it_came, "where_and_when_a_picture_was_taken_is_not_kept"),
    row(10, invented_contacts_load_everywhere, *REAL_VAULT_IS_EMPTY),
    row(
        10,
        invented_contacts_are_printed,
        *REAL_VAULT_IS_EMPTY,
        "a_real_vault_refuses_to_print_an_invented_contact_however_it_came_there",
        "a_leaflet_of_a_real_vault_has_a_line_to_write_on_instead",
    ),
    row(10, invented_contacts_are_recorded, "an_invented_contact_is_not_taken_into_a_directory"),
    row(
        10,
        a_region_serves_everywhere,
        "a_real_vault_uses_no_region_that_nobody_has_reviewed",
    ),
    row(
        11,
        nothing_is_said_of_reviews,
        "every_item_of_a_region_says_on_paper_that_nobody_has_reviewed_it",
        "every_paragraph_of_the_booklet_says_that_nobody_has_reviewed_it",
    ),
    row(11, what_expired_is_printed, "what_has_expired_is_not_printed"),
    row(
        11,
        a_group_is_recognised_unread,
        "nobody_is_recognised_as_a_group_by_a_row_that_no_lawyer_has_read",
    ),
    row(11, a_promise_without_a_reviewed_pack, "a_leaflet_asks_where_it_may_not_promise"),
    row(
        11,
        a_lawyer_is_made_up,
        "every_leaflet_says_on_every_page_that_no_lawyer_has_read_it",
        "every_paragraph_of_the_booklet_says_that_nobody_has_reviewed_it",
    ),
    row(
        13,
        a_survey_is_a_protection_form,
        "a_survey_opens_no_case_and_meets_no_rule",
        "a_survey_stays_one_whatever_it_calls_its_sections",
        "a_survey_that_never_asked_stays_at_the_post",
    ),
    row(13, names_of_our_forms_are_free, "a_form_that_calls_itself_screening_is_refused"),
    row(
        13,
        nobody_looks_at_what_a_form_asks,
        "a_check_names_what_a_form_should_not_do",
        "nobody_can_write_down_that_somebody_looks_adult",
        "a_form_that_asks_for_a_face_is_named_as_that",
        "no_talk_is_recorded_in_the_background",
    ),
    row(
        14,
        everybody_who_is_missed_is_looked_for,
        "nobody_is_put_on_a_sheet_for_a_search_before_somebody_may_be_told",
    ),
    row(
        14,
        whoever_sees_the_register_reads_the_search,
        "that_a_family_answered_is_read_by_whoever_is_cleared_and_stands_on_no_table",
    ),
    row(
        14,
        a_message_goes_on_paper_unasked,
        "no_message_goes_on_paper_without_the_wish_the_look_at_it_and_a_yes_of_its_own",
    ),
    row(15, not_asked_is_0, "what_nobody_was_asked_is_never_0", "declined_is_told_apart_from_not_asked"),
    row(
        15,
        headquarters_knows_all_of_a_child,
        "what_no_post_told_of_a_child_is_not_told_and_never_none",
    ),
    row(15, small_numbers_are_told, "a_small_number_of_people_stands_on_no_page_of_figures"),
    row(15, a_page_may_cross_anything, "no_page_can_be_made_that_crosses_a_nationality_and_a_post"),
    row(15, declined_counts_as_asked, "declined_is_told_apart_from_not_asked"),
    row(16, a_word_of_a_verdict_gets_into_the_codebook, "the_content_has_no_word_of_a_verdict"),
    row(16, a_nationality_closes_a_way, "a_nationality_never_takes_protection_away"),
    row(
        16,
        a_hint_stands_beside_every_way,
        "a_group_that_is_recognised_shortens_a_way_and_takes_nothing_from_anybody_else",
    ),
    row(
        16,
        categories_are_ranked,
        "categories_stand_in_the_order_of_the_table_and_none_hides_another",
    ),
]
WITHOUT_A_SWITCH = frozenset(
    {
        # What stays possible, so that a rule is not kept by refusing everything.
        "the_urgent_part_waits_for_nobody",
        "a_sentence_of_a_reviewed_pack_takes_the_place_of_its_question_and_of_no_other",
        "the_built_in_screening_passes_its_own_check",
        "where_everything_was_asked_nobody_is_0",
        "an_invented_contact_in_training_says_that_it_is_invented",
        # What is so by the shape of data, forms and records: there is no one place that keeps it.
        "nothing_that_is_printed_says_that_somebody_is_cleared",
        "a_band_is_no_age_and_the_youngest_that_was_said_counts",
        "a_call_is_kept_with_its_time_and_where_the_child_waits",
        "what_left_is_recorded_without_its_content",
        "that_something_was_printed_is_kept_without_its_content",
        "in_doubt_about_the_age_the_person_is_a_child",
        "no_face_no_finger_and_no_voice_has_a_place_in_the_data",
        "every_figure_has_its_definition_and_none_speaks_of_victims",
        "nothing_at_headquarters_crosses_category_nationality_and_post",
        "the_data_have_no_place_for_a_score_a_rank_or_a_threat",
        "an_outcome_is_a_referral_a_need_or_another_talk",
        "the_screening_itself_uses_no_word_of_a_verdict",
    }
)
LONG = frozenset(
    {
        "for_every_category_and_every_service_the_slip_gives_nothing_away",
        "what_comes_out_of_the_printer_says_no_more_than_that",
    }
)
"""Told again only where it is named."""


@pytest.fixture(params=range(len(TABLE)), ids=[f"{held.rule}-{held.off.__name__}" for held in TABLE])
def place(request: pytest.FixtureRequest) -> int:
    return int(request.param)


ALL = bool(os.environ.get("FIELDKIT_ALL_STORIES"))


def first_named(place: int) -> frozenset[str]:
    """The stories that this switch is the first to name; one of its own where it is the first for none."""
    named = TABLE[place].notice
    before = frozenset[str]().union(*(held.notice for held in TABLE[:place]))
    return named - before or frozenset({sorted(named)[place % len(named)]})


def told_again(place: int) -> Iterator[tuple[str, Story]]:
    """The stories that are named, and in turn some that are not: of the same rule and of others."""
    switched, named = TABLE[place], first_named(place)
    others = [rule for rule in MODULES if rule != switched.rule]
    for rule in MODULES:
        stories = stories_of(rule)
        short = [name for name in stories if name not in LONG]
        if rule == switched.rule:
            in_turn = set(short[place % OWN_ONE_IN :: OWN_ONE_IN])
        else:
            is_next = (others.index(rule) - place) % len(others) < OTHERS_IN_TURN
            in_turn = {short[place % len(short)]} if is_next and place % 3 == 0 else set()
        for name, story in stories.items():
            if ALL or name in named | in_turn:
                yield name, story


def fails(story: Story, folder: Path, office: Office) -> bool:
    """Whether a story does not come true: something it says is not so, or a refusal is missing or another
    one."""
    try:
        with Desks(folder, office) as desks:
            story(desks)
    except (AssertionError, pytest.fail.Exception, FieldkitError):
        return True
    return False


def test_without_the_rule_its_stories_fail_and_no_others(
    place: int, tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    TABLE[place].off(monkeypatch)
    told = dict(told_again(place))
    noticed = {name for name, story in told.items() if fails(story, tmp_path, office)}
    assert noticed == TABLE[place].notice & told.keys()
    assert noticed


def test_every_story_is_named_by_a_switch_or_shows_what_stays_possible() -> None:
    told = {name for rule in MODULES for name in stories_of(rule)}
    named = frozenset[str]().union(*(held.notice for held in TABLE))
    assert told == named | WITHOUT_A_SWITCH
    assert not named & WITHOUT_A_SWITCH


def test_every_rule_can_be_switched_off() -> None:
    assert {held.rule for held in TABLE} == set(MODULES)


def test_no_two_stories_have_one_name() -> None:
    names = [name for rule in MODULES for name in stories_of(rule)]
    assert len(names) == len(set(names))
    assert {path.stem for path in Path(__file__).parent.glob("test_protection_*.py")} == {
        Path(__file__).stem,
        *(f"test_protection_{word}" for word in MODULES.values()),
    }
