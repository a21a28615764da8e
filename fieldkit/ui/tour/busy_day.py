"""A post on a busy day, for pictures of every screen: invented people for whom something stands on each of them.

What is written here goes through the services alone, as the windows do it; nobody exists, and every name says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.locks import What
from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.services import (
    administer,
    assistance,
    closing,
    correcting,
    counselling,
    directory,
    early_alert,
    erasure,
    guardians,
    homeward,
    households,
    intake,
    interpreter_pool,
    interpreters,
    issued,
    measures,
    permits,
    refer,
    team,
    waiting,
)
from fieldkit.services.closing import Because
from fieldkit.services.counselling import (
    Comment,
    Given,
    Group,
    Reader,
    Session,
    Talk,
    Through,
    Topic,
    Understood,
)
from fieldkit.services.guardians import Designation
from fieldkit.services.households import How, Row
from fieldkit.services.intake import Finished
from fieldkit.services.interview import Interview
from fieldkit.services.issued import PaperKind, Wish
from fieldkit.services.measures import Happening
from fieldkit.services.team import TeamList
from fieldkit.services.vault import OpenVault
from fieldkit.sync.erasures import Because as ErasedBecause
from fieldkit.ui.tour.people import AGREED, IN_PRIVATE, NO_URGENT_NEED

Told = Mapping[str, str | Mark]

AFRAID: Told = {
    **NO_URGENT_NEED,
    "urgent_medical": "yes",
    **IN_PRIVATE,
    **AGREED,
    "name_told": "Selam Testperson",
    "sex": "female",
    "age_years": "31",
    "nationality": "ER",
    "alone": "no",
    "with_whom": "own_children",
    "smuggler_used": "yes",
    "reasons": "war work",
    "fear_return": "yes",
    "health_needs": "medicine",
}
ALONE: Told = {
    **NO_URGENT_NEED,
    "urgent_child_alone": "yes",
    **IN_PRIVATE,
    **AGREED,
    "name_told": "Saba Testperson",
    "sex": "female",
    "age_years": "13",
    "nationality": "ER",
    "alone": "yes",
}
SHELTER = "shelter_survey"
HELD: Told = {**NO_URGENT_NEED, **IN_PRIVATE, **AGREED, "sex": "male", "age_years": "34", "nationality": "KE"}
"""Somebody who is held in a closed place, and of whom little else is known yet."""


@dataclass(frozen=True, slots=True)
class Day:
    """Whom and what the screens are opened about."""

    adult: str
    child: str
    held: str
    measure: str
    draft: str
    older: str
    corrected: str
    household: str
    group: str


def busy_day(vault: OpenVault) -> Day:
    """Write the day into the vault of a post for training, by somebody who may do everything there."""
    adult = _adult(vault)
    child = _child(vault)
    held = _told(vault, "screening", HELD, "ar").case
    taken = Happening(What.DETENTION, _today(vault), by="another service (invented)")
    measure = measures.record_happened(vault, held, taken).measure
    group = households.begin_group(vault, How.BOAT, 9)
    household = households.record(vault, Row(5, 3, 0, ("am",), ("labour",)), group)
    households.record(vault, Row(4, 2, 0, ("so",)), group)
    households.inform(vault, group, ["am", "so"], "spoken")
    for language in ("so", "ti", "ar"):
        waiting.enter(vault, language)
    draft = _answered(
        vault, intake.begin(vault, "screening", officer_language="en", person_language="ti"), AFRAID
    )
    _talks(vault, adult.case)
    _together(vault)
    _differs(vault)
    erasure.request(vault, subject("case", held), ErasedBecause.WITHDRAWN)
    return Day(
        adult.case,
        child,
        held,
        measure,
        draft.draft_id,
        _older(vault),
        _corrected(vault, adult),
        household,
        group,
    )


def told_by_office(office: OpenVault, case: str, referral: str) -> None:
    """What headquarters sends home about one case: a task, a result, a question."""
    homeward.give_task(office, "Ask whether the medicine came (invented).", case=case)
    homeward.send_message(office, case, "Which language does the little one speak? (invented)")
    homeward.tell_result(office, case, referral, "served", "Seen by a doctor (invented).")


def _adult(vault: OpenVault) -> Finished:
    """Afraid to go back, with a medical need: confirmed, referred, helped, with papers and an interpreter."""
    done = _told(vault, "screening", AFRAID, "ti")
    for category in ("C01", "C11"):
        _confirm(vault, done.case, category)
        service = refer.services_for(vault, category)[0]
        refer.refer(vault, done.case, category, service.id, safe_to_carry=True)
    until = (vault.world.today() + timedelta(days=5)).isoformat()
    permits.record(vault, done.case, permits.Told("special_visa", until))
    assistance.record(vault, done.case, "food", "received")
    assistance.record(vault, done.case, "shelter", "offered")
    issued.issue(vault, done.case, Wish(PaperKind.REGISTRATION, ("en", "ti"), safe_to_carry=True))
    someone = interpreters.keep(
        vault,
        interpreters.Told(
            *("I-07", ("ti", "ar")),
            undertaking=vault.world.today(),
            levels={"ti": "first", "ar": "well"},
            dialects="Of the highland (invented)",
            training="Two days on talking with children (invented)",
        ),
    )
    interpreter_pool.set_reach(vault, "+44 1632 960433")
    interpreters.record_agreed(vault, done.case, someone, agreed=True, stranger=True)
    return done


def _together(vault: OpenVault) -> None:
    """What offices that work together keep: a visit, a meeting, a task, who gets a report."""
    day = vault.world.today().isoformat()
    rows: dict[TeamList, dict[str, str | list[str]]] = {
        TeamList.ROSTER: {"function": "Nurse", "office": "Health service (invented)", "languages": ["am"]},
        TeamList.VISITS: {
            "day": day,
            "place": "Ford camp (invented)",
            "who": "Nurse, counsellor",
            "languages": ["ti", "am"],
            "leaflets": ["L01", "L02"],
            "bring": "Water, a second battery",
        },
        TeamList.MEETINGS: {
            "day": day,
            "hour": "09:30",
            "place": "Town hall (invented)",
            "bodies": "Health service, child protection, border police",
            "minutes": "Two beds more from Monday. A quiet room is looked for.",
        },
        TeamList.TASKS: {"what": "Ask for a quiet room", "who": "Border police desk", "until": "2026-03-02"},
        TeamList.RECIPIENTS: {
            "topic": ["extra_continental"],
            "office": "Ministry (invented)",
            "function": "Focal point for migration",
            "reach": "+44 1632 960411",
            "reports": ["flows"],
        },
    }
    for which, row in rows.items():
        team.keep(vault, which, row)


def _child(vault: OpenVault) -> str:
    """Alone: called for, with a guardian, and somebody asked to end the protection, who needs a second person."""
    case = _told(vault, "screening", ALONE, "so").case
    _confirm(vault, case, "C06")
    service = refer.services_for(vault, "C06")[0]
    early_alert.record_call(
        vault, case, service.id, "Nura (invented)", "In the office, with the nurse (invented)"
    )
    guardians.name(vault, case, Designation("Hodan (invented)", _today(vault), "Family court (invented)"))
    closing.close_category(vault, case, "C06", Because.HELPED, "an aunt came (invented)")
    return case


def _talks(vault: OpenVault, case: str) -> None:
    """Counselling, a group, a comment on a leaflet."""
    topics, leaflets = (Topic.ASYLUM, Topic.DATA), (Given("L01", "ti"), Given("L03", "ti", 2))
    talk = Talk(topics, "ti", Through.INTERPRETER, Understood.PARTLY, leaflets, ("How long does it take?",))
    counselling.keep_talk(vault, talk, case)
    session = Session(Topic.RIGHTS, ("ti", "am"), {Group.WOMEN: 7, Group.GIRLS: 3}, (Given("L01", "ti", 8),))
    counselling.keep_session(vault, session)
    read = Comment("L01", "ti", Reader.REFUGEE, Understood.PARTLY, "The second page is long (invented).")
    counselling.keep_comment(vault, read)


def _corrected(vault: OpenVault, done: Finished) -> str:
    """An unfinished correction: the age was heard wrongly."""
    interview = correcting.correct(vault, subject("case", done.case), done.instance_id)
    _answered(vault, interview, {"age_years": "32"})
    return interview.draft_id


def _older(vault: OpenVault) -> str:
    """An unfinished interview of a form that came in a newer version meanwhile."""
    asked = (
        ("beds", "Are there beds? (invented)"),
        ("street", "Which street?"),
        ("people", "How many people?"),
    )
    administer.install_form(vault, _form("1", *asked), f"{SHELTER}.xml")
    interview = intake.begin(vault, SHELTER, officer_language="en", person_language="en")
    for name, value in (("beds", "Four, and two mats"), ("street", "Mill lane (invented)"), ("people", "6")):
        interview.answer(f"/data/{name}", value)
    administer.install_form(vault, _form("2", asked[0], asked[2]), f"{SHELTER}.xml")
    return interview.draft_id


def _form(version: str, *asked: tuple[str, str]) -> bytes:
    """A small survey about a place, as an XForm."""
    nodes = "".join(f"<{name}/>" for name, _ in asked)
    binds = "".join(f'<bind nodeset="/data/{name}" type="string"/>' for name, _ in asked)
    body = "".join(f'<input ref="/data/{name}"><label>{label}</label></input>' for name, label in asked)
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        "<h:head><h:title>Shelter (invented)</h:title><model><instance>"
        f'<data id="{SHELTER}" version="{version}">{nodes}<meta><instanceID/></meta></data></instance>'
        f'{binds}<bind nodeset="/data/meta/instanceID" type="string"/>'
        f"</model></h:head><h:body>{body}</h:body></h:html>"
    ).encode()


def _differs(vault: OpenVault) -> None:
    """Two people wrote different numbers of one service, each without seeing the other's."""
    service = replace(directory.all_services(vault)[0], id=new_id(vault.world.randomness), sample=False)
    directory.record_service(vault, service)
    on_screen = directory.seen(vault, service.id)
    for phone in ("+44 1632 960455", "+44 1632 960456"):
        directory.record_service(vault, replace(service, phone=phone), on_screen, beside=True)


def _confirm(vault: OpenVault, case: str, category: str) -> None:
    rules = [
        one.rule
        for one in refer.suggestions(vault, case)
        if one.category == category and one.verdict is Verdict.YES
    ]
    refer.confirm(vault, case, category, rules[0])


def _told(vault: OpenVault, form: str, told: Told, language: str) -> Finished:
    interview = intake.begin(vault, form, officer_language="en", person_language=language)
    return intake.finish(vault, _answered(vault, interview, told))


def _answered(vault: OpenVault, interview: Interview, told: Told) -> Interview:
    """Give each answer where its question first stands."""
    for name, value in told.items():
        refs = ("/" + "/".join(path) for path in interview.form.shapes if path and path[-1] == name)
        ref = next(one for one in refs if interview.session.is_relevant(one))
        if isinstance(value, Mark):
            interview.mark(ref, value)
        else:
            interview.answer(ref, value)
    return interview


def _today(vault: OpenVault) -> str:
    return vault.world.today().isoformat()
