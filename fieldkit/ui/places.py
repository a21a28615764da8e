"""Every screen once: its name, where its class stands, and where on the rail it belongs.

A screen's file is imported when somebody goes there, so that the first window comes up quickly.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages.marking import mark
from fieldkit.ui.screens.screen import Screen

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault

PLACES: Mapping[str, str] = {
    "first_start": "first_start:FirstStartScreen",
    "sign_in": "sign_in:SignInScreen",
    "bring_back": "bring_back:BringBackScreen",
    "home": "home:HomeScreen",
    "people": "people:PeopleScreen",
    "waiting": "waiting:WaitingScreen",
    "household": "household:HouseholdScreen",
    "surge": "surge:SurgeScreen",
    "waiting_limits": "waiting_limits:WaitingLimitsScreen",
    "choose_language": "choose_language:ChooseLanguageScreen",
    "help": "help:HelpScreen",
    "settings": "settings:SettingsScreen",
    "new_interview": "new_interview:NewInterviewScreen",
    "interview": "interview:InterviewScreen",
    "kept": "kept:KeptScreen",
    "move_draft": "move_draft:MoveDraftScreen",
    "reasons": "reasons:ReasonsScreen",
    "finished": "finished:FinishedScreen",
    "history": "history:HistoryScreen",
    "on_paper": "on_paper:OnPaperScreen",
    "self_answer": "self_answer:SelfAnswerScreen",
    "outcome": "outcome:OutcomeScreen",
    "referral": "referral:ReferralScreen",
    "sharing": "sharing:SharingScreen",
    "hand_over": "hand_over:HandOverScreen",
    "contacts": "contacts:ContactsScreen",
    "alert": "alert:AlertScreen",
    "child_register": "child_register:ChildRegisterScreen",
    "guardian": "guardian:GuardianScreen",
    "duty": "duty:DutyScreen",
    "at_home": "at_home:AtHomeScreen",
    "complaint": "complaint:ComplaintScreen",
    "directory": "directory:DirectoryScreen",
    "pages": "pages:PagesScreen",
    "information": "information:InformationScreen",
    "print_run": "print_run:PrintRunScreen",
    "shelf": "shelf:ShelfScreen",
    "inserts": "inserts:InsertsScreen",
    "sketch": "sketch:SketchScreen",
    "review": "review:ReviewScreen",
    "clips": "clips:ClipsScreen",
    "told": "told:ToldScreen",
    "comments": "comments:CommentsScreen",
    "informed": "informed:InformedScreen",
    "group_session": "group_session:GroupSessionScreen",
    "counselling": "counselling:CounsellingScreen",
    "exchange": "exchange:ExchangeScreen",
    "backup": "backup:BackupScreen",
    "receipts": "receipts:ReceiptsScreen",
    "due": "due:DueScreen",
    "erasures": "erasures:ErasuresScreen",
    "asks": "asks:AsksScreen",
    "accounts": "accounts:AccountsScreen",
    "account": "account:AccountScreen",
    "add_account": "add_account:AddAccountScreen",
    "phrase": "phrase:PhraseScreen",
    "first_phrase": "phrase:FirstPhraseScreen",
    "recovery": "recovery:RecoveryScreen",
    "open_laptop": "open_laptop:OpenLaptopScreen",
    "wipe": "wipe:WipeScreen",
    "restored": "restored:RestoredScreen",
    "devices": "devices:DevicesScreen",
    "sealed_readers": "sealed_readers:SealedReadersScreen",
    "office_readers": "office_readers:OfficeReadersScreen",
    "sealed_case": "sealed_case:SealedCaseScreen",
    "sealed_figures": "sealed_figures:SealedFiguresScreen",
    "trainings": "trainings:TrainingsScreen",
    "learning": "learning:LearningScreen",
    "quiz": "quiz:QuizScreen",
    "practice": "practice:PracticeScreen",
    "terms": "terms:TermsScreen",
    "enrol": "enrol:EnrolScreen",
    "certify": "certify:CertifyScreen",
    "import_bundle": "import_bundle:ImportBundleScreen",
    "take_in": "take_in:TakeInScreen",
    "send_back": "send_back:SendBackScreen",
    "write_home": "write_home:WriteHomeScreen",
    "headquarters": "headquarters:HeadquartersScreen",
    "figure_pages": "figure_pages:FigurePagesScreen",
    "figure_page": "figure_pages:FigurePageScreen",
    "monthly": "monthly:MonthlyScreen",
    "cases": "cases:CasesScreen",
    "case": "case:CaseScreen",
    "measures": "measures:MeasuresScreen",
    "papers_of": "papers_of:PapersOfScreen",
    "procedure": "procedure:ProcedureScreen",
    "follow_up": "follow_up:FollowUpScreen",
    "held": "held:HeldScreen",
    "holding": "holding:HoldingScreen",
    "long_held": "long_held:LongHeldScreen",
    "permits": "permits:PermitsScreen",
    "check_paper": "check_paper:CheckPaperScreen",
    "interpreters": "interpreters:InterpretersScreen",
    "interpreter_pool": "interpreter_pool:InterpreterPoolScreen",
    "team": "team:TeamScreen",
    "mobile_team": "team_lists:MobileTeamScreen",
    "border_team": "team_lists:BorderTeamScreen",
    "recipients": "team_lists:RecipientsScreen",
    "conflicts": "conflicts:ConflictsScreen",
    "second_person": "second_person:SecondPersonScreen",
    "forms": "forms:FormsScreen",
    "packs": "packs:PacksScreen",
    "make_pack": "make_pack:MakePackScreen",
    "preview": "preview:PreviewScreen",
    "region": "region:RegionScreen",
}
"""Screen name -> module in `screens`:class."""


@dataclass(frozen=True, slots=True)
class RailPlace:
    """A row of the rail. Shown when the signed-in person may do one of `actions` (none: always) at one of
    `desks` (none: at any), and nothing of `unless`: whoever may has a wider place for it."""

    screen: str
    text: str
    icon: str
    actions: frozenset[Action] = frozenset()
    desks: frozenset[str] = frozenset()
    unless: frozenset[Action] = frozenset()


RAIL: tuple[RailPlace, ...] = (
    RailPlace(
        "home",
        mark("People"),
        "people",
        frozenset({Action.INTERVIEW, Action.SURVEY}),
        frozenset({"post"}),
    ),
    RailPlace(
        "long_held",
        mark("Held for long"),
        "list",
        frozenset({Action.SEE_LONG_HELD}),
        frozenset({"headquarters"}),
        frozenset({Action.COUNT}),
    ),
    RailPlace("information", mark("Information"), "information", frozenset({Action.PRINT_LEAFLET})),
    RailPlace(
        "exchange",
        mark("Exchange"),
        "exchange",
        frozenset({Action.EXPORT, Action.ENROL, Action.IMPORT_BUNDLE, Action.CERTIFY}),
    ),
    RailPlace(
        "headquarters",
        mark("Headquarters"),
        "headquarters",
        frozenset({Action.IMPORT_BUNDLE, Action.COUNT, Action.CERTIFY}),
        frozenset({"headquarters"}),
    ),
    RailPlace("help", mark("Help"), "help"),
)


def rail(vault: OpenVault) -> tuple[RailPlace, ...]:
    """The rows of the rail that the person who opened `vault` has at this desk."""
    return tuple(place for place in RAIL if place.screen in PLACES and allowed(place, vault))


def first_place(vault: OpenVault) -> str:
    """Where somebody starts: their desk's own place, else the first of their rail."""
    there = [place.screen for place in rail(vault)]
    return vault.desk.value if vault.desk.value in there else there[0]


def allowed(place: RailPlace, vault: OpenVault) -> bool:
    """Whether a place belongs to this desk, and its person may do one of the things that are done there."""
    at_desk = not place.desks or vault.desk.value in place.desks
    may = not place.actions or any(vault.may(action) for action in place.actions)
    return at_desk and may and not any(vault.may(action) for action in place.unless)


def screen_class(name: str) -> type[Screen]:
    """The class of the screen `name`, imported now. Raises KeyError when there is no such place."""
    module, _, class_name = PLACES[name].partition(":")
    found = getattr(importlib.import_module(f"fieldkit.ui.screens.{module}"), class_name)
    assert isinstance(found, type) and issubclass(found, Screen)
    return found
