"""What a finished interview is as entries: what may travel, what stays, what is sealed (R-164).

1. What may travel and what stays are parted as they are written: `submission.finished` has the answers of which
   the codebook names headquarters as a recipient; the exact bytes of the submission and every other answer stand
   in `submission.kept`, which stays at the post. What is of a sealed class stands in neither: it is kept under the
   key of its class (`parting`), in two entries parted in the same way.
2. That fear of going back was said, or a wish for protection, stands with the answer that was ticked over it: only
   two people take it away (R-022).
3. A section says how it was asked when it was asked (`how_asked`), and how many answers that rules read are open in
   it: declined, not known, not asked. A correction makes none of that better than it was (`protection.md` 1).
4. An age that was told as a child's, or in doubt, stands beside the one that whoever is not of child protection
   put in its place (`protection.md` 9).
5. Files that were attached are listed by name, size and digest. Those of an answer that travels go with it, those
   of sealed answers sealed; a picture, sound or film never leaves with a protection interview, whatever a form took
   (`protection.md` 9).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fieldkit.domain.access import Role
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.outcome import SUITABLE, Interpreted, Mark
from fieldkit.domain.ports import JsonObject, JsonValue
from fieldkit.services import changes, for_office, how_asked, judge, keyed_in, parting, training
from fieldkit.services.how_asked import HowAsked
from fieldkit.services.interview import Interview
from fieldkit.services.origins import SAYS_CHILD
from fieldkit.services.parting import Classes
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.refs import leaf
from fieldkit.services.sections import Section, SectionRecord, record
from fieldkit.services.uploads import SEEN_OR_HEARD, UPLOAD, asked_kind
from fieldkit.services.vault import OpenVault
from fieldkit.storage.drafts import Done

STAYS = ("xml", "travel", "left", "changes", "attachments", "on_paper", "known")
"""Parts of a finished interview that never travel, whatever they name (rule 1)."""
TRAVELLED = frozenset(
    {Done.SET, Done.MARK, Done.ADD_ROW, Done.REMOVE_ROW, Done.POSITION, Done.LANGUAGE, Done.MOVED}
)


def payload_of(vault: OpenVault, interview: Interview) -> JsonObject:
    submission = interview.session.submission()
    interpreted = interview.setting().interpreted
    history = vault.drafts.history(interview.draft_id)
    before = _before(vault, interview)
    return {
        "form": submission.form_id,
        "version": submission.form_version,
        "xml": submission.content.decode("utf-8"),
        "instance_id": submission.instance_id,
        "facts": _facts(vault, interview, before),
        "marks": {
            item.ref: interview.mark_of(item.ref).value
            for item in interview.all_questions()
            if interview.asks(item)
        },
        "sections": _sections(vault, interview, how_asked.of_log(history), before),
        "interpreted": interpreted.value if interpreted else "",
        "languages": {"officer": interview.officer_language, "person": interview.person_language},
        "survey": interview.survey,
        "agreed": {recipient: bool(agreed) for recipient, agreed in interview.agreements().items()},
        "travel": [
            [logged.seq, logged.op.kind.value, logged.op.ref, logged.at]
            for logged in history
            if logged.op.kind in TRAVELLED
        ],
        "left": [one.fields() for one in interview.left_behind()],
        **_happened(interview),
        **_led(vault, interview),
        **({} if interview.facts.known is None else {"known": interview.facts.known}),
    }


def _before(vault: OpenVault, interview: Interview) -> Mapping[str, Any]:
    """What the finished interview says that this one corrects; nothing for any other."""
    if interview.facts.corrected is None:
        return {}
    return changes.original(vault, interview).payload


def _happened(interview: Interview) -> JsonObject:
    """When and by whom a paper was written down, where this interview was one (`keyed_in`, rule 2)."""
    paper = interview.facts.paper
    return {"on_paper": paper.fields()} if paper is not None else {}


def _led(vault: OpenVault, interview: Interview) -> JsonObject:
    """As what somebody led the talk, and what they were trained in by that day (R-020): both may be others later.
    Of a paper that is keyed in, whoever led the talk is named there."""
    if interview.facts.paper is not None:
        return {}
    roles = sorted(role.value for role in vault.person.roles)
    trained = sorted(one.topic for one in training.held(vault, vault.person.id))
    return {"led": {"roles": [*roles], "trained": [*trained]}}


def hand_over_files(vault: OpenVault, interview: Interview, instance_id: str) -> JsonObject:
    """Hand the files over to the submission, and list them (rule 5)."""
    named = interview.uploads.named()
    keys = for_office.keys(vault) if agrees(vault, interview) else {}
    given = vault.attachments.hand_over(
        interview.draft_id, instance_id, named, file_classes(vault, interview), keys
    )
    listed: list[JsonObject] = [
        {"name": one.name, "type": one.media_type, "size": one.size, "sha256": one.digest} for one in given
    ]
    return {"attachments": listed} if listed else {}


def part(
    payload: JsonObject, shared: frozenset[str], sealed_files: frozenset[str] = frozenset()
) -> tuple[JsonObject, JsonObject]:
    """What of a finished interview may travel, and what stays (rules 1 and 5). `shared` are codebook names,
    `sealed_files` those of files that travel sealed: that they belong to this interview is told.

    Every fact and mark is in exactly one of the two.
    """
    facts, marks = payload["facts"], payload["marks"]
    assert isinstance(facts, Mapping) and isinstance(marks, Mapping)

    def parted(wanted: bool) -> JsonObject:
        return {
            "instance_id": payload["instance_id"],
            "facts": {name: values for name, values in facts.items() if (name in shared) is wanted},
            "marks": {ref: mark for ref, mark in marks.items() if (leaf(ref) in shared) is wanted},
        }

    told = {name: value for name, value in payload.items() if name not in STAYS}
    paper = keyed_in.of_payload(payload)
    if paper is not None:
        told["on_paper"] = paper.travels()
    kept = {**parted(False), **{name: payload[name] for name in STAYS if name in payload}}
    going = files_that_travel(payload, shared) | sealed_files
    listed = payload.get("attachments", ())
    assert isinstance(listed, Iterable)
    for held, wanted in ((told, True), (kept, False)):
        rows = [row for row in listed if isinstance(row, Mapping) and (row["name"] in going) is wanted]
        held.update({"attachments": rows} if rows else {})
        if not rows:
            held.pop("attachments", None)
    return {**told, **parted(True), "xml": ""}, kept


def files_that_travel(held: Mapping[str, Any], shared: frozenset[str]) -> frozenset[str]:
    """The names of files that are the answer of a question headquarters is a recipient of (rule 5)."""
    answers = {value for name, values in held["facts"].items() if name in shared for value in values}
    return frozenset(
        row["name"]
        for row in held.get("attachments", ())
        if row["name"] in answers and asked_kind(row["type"]) not in SEEN_OR_HEARD
    )


def part_sealed(held: JsonObject, shared: frozenset[str]) -> tuple[JsonObject, JsonObject]:
    """What of one class headquarters is a recipient of, and all the rest of it (rule 1)."""
    facts, marks = held["facts"], held["marks"]
    assert isinstance(facts, Mapping) and isinstance(marks, Mapping)

    def parted(wanted: bool) -> JsonObject:
        return {
            "facts": {name: values for name, values in facts.items() if (name in shared) is wanted},
            "marks": {ref: mark for ref, mark in marks.items() if (leaf(ref) in shared) is wanted},
        }

    named: JsonObject = {"class": held["class"], "instance_id": held["instance_id"]}
    going = files_that_travel(held, shared)
    listed = held.get("attachments", ())
    assert isinstance(listed, Iterable)
    rows = [row for row in listed if isinstance(row, Mapping) and row["name"] in going]
    return {**named, **parted(True), **({"attachments": rows} if rows else {})}, {**held, **parted(False)}


def classes_of(vault: OpenVault, interview: Interview) -> Classes:
    """What this interview seals. A survey belongs to no case and asks nothing of the codebook's."""
    return Classes({}, {}) if interview.survey else parting.classes_of(interview.form, vault.codebook)


def file_classes(vault: OpenVault, interview: Interview) -> dict[str, SealedClass]:
    """The classes of the files that are answers of sealed questions, by name."""
    classes = classes_of(vault, interview)
    asked = (
        (item.value, classes.of(item.ref)) for item in interview.all_questions() if item.control == UPLOAD
    )
    return {value: name for value, name in asked if value and name is not None}


def part_sheet(vault: OpenVault, interview: Interview, payload: JsonObject) -> tuple[JsonObject, JsonObject]:
    """What of a sheet about the post may travel, and what stays: answers of which the codebook names headquarters
    as no recipient are in no byte that leaves (rule 1). A sheet names nobody, but free words may."""
    stays = vault.codebook.facts.keys() - names_shared(vault)
    told = {**payload, "xml": interview.session.submission(stays).content.decode("utf-8")}
    kept: JsonObject = {
        "instance_id": payload["instance_id"],
        "xml": payload["xml"],
        "facts": {},
        "marks": {},
        "travel": [],
    }
    return told, kept


def names_shared(vault: OpenVault) -> frozenset[str]:
    facts = vault.codebook.facts.values()
    return frozenset(fact.name for fact in facts if HEADQUARTERS in fact.recipients)


def _facts(vault: OpenVault, interview: Interview, before: Mapping[str, Any]) -> JsonObject:
    if interview.survey:
        return {}
    found = {name: list(values) for name, values in interview.session.facts(vault.codebook.facts).items()}
    for name, value in interview.said_before_it_closed():
        if name in vault.codebook.facts:
            found.setdefault(name, []).append(value)
    for name, value in _stands_beside(vault, interview, before):
        if value not in found.get(name, ()):
            found.setdefault(name, []).append(value)
    return dict(found)


def _stands_beside(
    vault: OpenVault, interview: Interview, before: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Names and values that stand whatever was put in their place (rules 2 and 4)."""
    if interview.facts.corrected is None:
        # A correction has its reason, and what was suggested once stays whatever is corrected (journal rule 6).
        yield from interview.fear_said
    elif Role.CHILD_PROTECTION not in vault.person.roles:
        facts = before["facts"]
        yield from (
            (name, value)
            for name, says in SAYS_CHILD.items()
            for value in facts.get(name, ())
            if value in says
        )


def _sections(
    vault: OpenVault, interview: Interview, asked: Mapping[str, HowAsked], before: Mapping[str, Any]
) -> list[JsonValue]:
    """How each section was asked (rule 3)."""
    read = frozenset[str]() if interview.survey else vault.rules.names
    former = {row["name"]: row for row in before.get("sections", ())}
    return [
        {
            **_section(interview, section, asked, former.get(section.name, {})),
            **_open(interview, section, read),
        }
        for section in interview.declared_sections()
    ]


def _open(interview: Interview, section: Section, read: frozenset[str]) -> JsonObject:
    """How many of the answers that rules read are missing in a section: nobody knows what they would say."""
    ends = [
        judge.is_known(interview.session.value(ref)) if mark is Mark.ANSWERED else False
        for ref, mark in interview.marks_in(section).items()
        if leaf(ref) in read
    ]
    worked_out = [bool(value) for name, value in interview.worked_out_in(section) if name in read]
    return {"open": sum(not known for known in (*ends, *worked_out))}


def _section(
    interview: Interview, section: Section, asked: Mapping[str, HowAsked], before: Mapping[str, Any]
) -> JsonObject:
    marks = interview.marks_in(section)
    setting = interview.setting()
    through = setting.interpreted.value if setting.interpreted else ""
    ways = [asked[ref] for ref, mark in marks.items() if mark is not Mark.NOT_ASKED and ref in asked]
    ways += [HowAsked(before["in_private"], before["interpreted"])] if before else []
    through = next((way.through for way in ways if not _suits(way.through)), through)
    found: SectionRecord = record(
        section,
        marks,
        in_private=setting.private and all(way.private for way in ways),
        interpreted=Interpreted(through) if through else Interpreted.COMPANION,
        reviewed_text=all(
            interview.shown.reviewed(ref, interview.person_language)
            for ref, mark in marks.items()
            if mark is not Mark.NOT_ASKED
        ),
    )
    core = found.core
    return {
        "name": core.name,
        "kind": section.kind.value,
        "asked": core.asked,
        "in_private": core.in_private,
        "interpreted": through,
        "reviewed_text": core.reviewed_text,
        "declined": found.declined,
        "not_asked": found.not_asked,
    }


def _suits(through: str) -> bool:
    return through in set(Interpreted) and Interpreted(through) in SUITABLE


def agrees(vault: OpenVault, interview: Interview) -> bool:
    """Whether the person says yes to headquarters: in this talk, else in what was said before."""
    said = interview.agreements().get(HEADQUARTERS)
    return interview.case in vault.queries.agreed(HEADQUARTERS) if said is None else bool(said)
