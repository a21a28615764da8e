"""What happened in a case, in sentences: the history of everything beside the answers (`history` has those).

1. Every entry about the case is told, in the order of the stream that wrote it; a kind this version has no sentence
   for is told as that, never left out.
2. A sentence names no category and no service: what is said here may be read over somebody's shoulder. Who may open
   the case's own page finds them there.
3. An entry whose content is not held here is told without it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fieldkit.domain.entries import Entry, subject
from fieldkit.languages.catalogues import Words, load
from fieldkit.languages.marking import mark
from fieldkit.services.case_file import CASE
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import State

Payload = Mapping[str, Any]

SENTENCES: Mapping[str, str] = {
    "case.opened": mark("The case was opened."),
    "case.closed": mark("The case was closed."),
    "case.reopened": mark("The case was opened again."),
    "submission.finished": mark("An interview was finished."),
    "submission.kept": mark("The answers that stay at the post were kept."),
    "submission.sealed": mark("Answers were kept that only some people may read."),
    "submission.sealed_kept": mark(
        "Answers were kept that only some people may read, with their exact words."
    ),
    "sealed.read": mark("Somebody who is cleared for it read sealed answers."),
    "submission.forwarded": mark("An interview was sent to another organisation's server."),
    "correction.proposed": mark("A correction was written down. It waits for a second person."),
    "correction.kept": mark("The answers of the correction that stay at the post were kept."),
    "correction.sealed": mark("The sealed answers of the correction were kept."),
    "correction.accepted": mark("A second person accepted a correction."),
    "correction.refused": mark("A second person did not accept a correction."),
    "interview.settled": mark("Of two corrections that differ, somebody decided which one stands."),
    "outcome.suggested": mark("The rules suggested something, or could not tell."),
    "outcome.confirmed": mark("A person confirmed or chose a category."),
    "outcome.not_confirmed": mark("A suggestion was left for review."),
    "outcome.closing_asked": mark(
        "Somebody asked to close a category. It stands until a second person agrees."
    ),
    "outcome.closing_refused": mark("A second person did not agree to close a category."),
    "outcome.closed": mark("A category was closed."),
    "referral.made": mark("The person was referred, or said no to it."),
    "referral.changed": mark("Something about a referral was changed."),
    "agreement.recorded": mark("What the person said about sharing was kept."),
    "request.made": mark("The person asked to see, to put right or to take back something."),
    "request.answered": mark("The person was answered."),
    "information.given": mark("Information was given."),
    "counselling.held": mark("A counselling talk was held."),
    "counselling.kept": mark("What was asked in a counselling talk, and the next step, were kept."),
    "document.printed": mark("A paper was printed or saved."),
    "case.shared": mark("Something was sealed for another office or post."),
    "hand_over.confirmed": mark("Another post confirmed that it took the case over."),
    "case.taken_over": mark("The case was taken over from another post."),
    "case.told": mark("What another post told, and is sealed here, was kept."),
    "task.given": mark("Headquarters asked the post to do something."),
    "task.done": mark("What headquarters asked for was done."),
    "referral.result": mark("A result of a referral came back."),
    "message.sent": mark("A message came from headquarters."),
    "origin.recorded": mark("Countries to which nothing may go were recorded."),
    "alert.sent": mark("Other posts were alerted to a child."),
    "child.called": mark("A number was called for a child."),
    "household.joined": mark("The person was put together with others of the same household."),
    "need.settled": mark("A need was met, or could not be met here."),
    "waiting.ended": mark("The person waits no more."),
    "waiting.again": mark("The person waits again."),
    "measure.happened": mark("Something that was done to the person was written down."),
    "measure.planned": mark("A plan was kept."),
    "measure.dropped": mark("A plan was given up."),
    "measure.asked": mark("Somebody asked for a plan. There is none until a second person agrees."),
    "measure.refused": mark("A second person did not agree to a plan."),
    "check.recorded": mark("Child protection said what is there before a return, or is not."),
    "thinking.recorded": mark("The person wished time to think, or wants no more of it."),
    "holding.described": mark("Why somebody is held, and who answers for it, was written down."),
    "holding.placed": mark("Where somebody is held was written down."),
    "holding.reviewed": mark("Somebody looked at whether the holding may go on."),
    "holding.visited": mark("Whether the person could speak to somebody was written down."),
    "holding.ended": mark("The person is not held any more."),
    "permit.recorded": mark("A paper that the person has, and its last day, were written down."),
    "permit.ended": mark("A paper that the person had counts no more."),
    "document.issued": mark("A paper was made for the person."),
    "document.revoked": mark("A paper was called back."),
    "assistance.recorded": mark("Help was offered, given, or not wanted."),
    "step.recorded": mark("A step of a procedure was done, or it was said why not."),
    "referral.followed": mark("Somebody asked what became of a referral."),
    "talk.joined": mark("Several offices led a talk together."),
    "guardian.named": mark("A guardian was named for the child."),
    "guardian.kept": mark("The name and the mandate of a guardian were kept."),
    "guardian.ended": mark("The child has a guardian no more."),
    "interpreter.agreed": mark("The person said whether an interpreter suits them."),
}
"""A sentence for each kind of entry about a case (rules 1 and 2)."""

NOT_KNOWN = mark("Something was recorded that this version of the program does not know.")
NOT_HERE = mark("{what} What it says is not held here.")
GONE = {
    State.PURGED: mark("{what} What it says was removed from this laptop: it had been kept long enough."),
    State.ERASED: mark("{what} What it says was erased for ever: headquarters signed it."),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: the moment on the clock there, who, what in a sentence, and why (may be empty)."""

    at: str
    who: str
    kind: str
    told: str
    why: str


def events(vault: OpenVault, case: str, tag: str) -> tuple[Event, ...]:
    """Everything that happened in a case, in words of the language `tag`."""
    words = load(tag, "interface")
    return tuple(
        _event(vault, entry, words, read=_content(vault))
        for entry, _ in vault.journal.about(subject(CASE, case))
    )


def _event(vault: OpenVault, entry: Entry, words: Words, *, read: Callable[[Entry], Payload | None]) -> Event:
    payload = read(entry)
    told = words.say(SENTENCES.get(entry.kind, NOT_KNOWN))
    if payload is None and vault.sealed.class_of(entry.payload) is None:
        told = words.say(GONE.get(vault.journal.state(entry.payload), NOT_HERE), what=told)
    reason = (payload or {}).get("reason")
    who = vault.queries.person(entry.actor)[0]
    return Event(entry.at, who, entry.kind, told, reason if isinstance(reason, str) else "")


def _content(vault: OpenVault) -> Callable[[Entry], Payload | None]:
    def read(entry: Entry) -> Payload | None:
        payload = vault.journal.payload(entry.payload)
        return payload.value() if payload is not None else None

    return read
