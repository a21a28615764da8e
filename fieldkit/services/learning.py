"""Learning by modules: questions answered here, what was passed, and a paper that says so (R-157, N-099, N-115).

1. A module is passed when every question was answered rightly. Nothing is counted: no marks, no errors, no time.
2. Somebody passes for themselves only; it is written down with the day, and headquarters learns of it.
3. What is passed here opens no form. A form that asks for a training asks for one that a person gave
   (`services.training`); a module is kept under another name, and nothing there reads it.
4. The paper says what was done, and that it is no licence and no training led by a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.content import learning
from fieldkit.content.learning import Course, Module, Question
from fieldkit.domain.access import Action
from fieldkit.domain.document import Document, Heading, Items, Paragraph, Run
from fieldkit.domain.entries import subject
from fieldkit.languages import catalogues
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.services.booklet import Booklet
from fieldkit.services.errors import DeskFault
from fieldkit.services.training import RECORDED
from fieldkit.services.vault import PERSON, OpenVault
from fieldkit.storage.projections import standing

FIELD = "module/"
"""Not `training/`: a module stands for no training (rule 3)."""

OPENS_NOTHING = mark(
    "A module opens no form. Forms on trafficking, violence and children ask for a training that a person gave."
)
_TITLE = mark("Module passed")
_WHO = mark("{person} answered every question of this module on {day}, at {post}.")
_CHAPTERS = mark("Chapters of the booklet for officials that it covers:")
_NO_LICENCE = mark(
    "This paper says what was done on a laptop. It is no licence and no proof of ability, and it gives no right. "
    "It takes the place of no training that a person gives."
)
_TRAINING_VAULT = mark("Made in a vault for training.")


@dataclass(frozen=True, slots=True)
class Passed:
    """A module that somebody passed. `title` is in English, as it was called then: a pack may have left."""

    module: str
    day: str
    title: str


class Lessons:
    """The modules in the content in force, in the language `tag`."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        self.vault = vault
        self.tag = tag
        self.course: Course = learning.load(vault.content[0])
        self._texts = self.course.texts()
        self._words = catalogues.load(tag, "codebook")

    def title(self, module: Module) -> str:
        """What a module is called."""
        return self._say(f"module/{module.id}/title")

    def about(self, module: Module) -> str:
        """What it is about."""
        return self._say(f"module/{module.id}/about")

    def question(self, one: Question) -> str:
        """A question in words."""
        return self._say(f"quiz/{one.id}/question")

    def answers(self, one: Question) -> tuple[tuple[str, str], ...]:
        """Its answers in words, by letter."""
        return tuple((letter, self._say(f"quiz/{one.id}/{letter}")) for letter, _ in one.answers)

    def because(self, one: Question) -> str:
        """Why the right answer is right."""
        return self._say(f"quiz/{one.id}/because")

    def is_draft(self, one: Question) -> bool:
        """Whether no speaker has reviewed a question, one of its answers, or why it is so."""
        names = ("question", "because", *(letter for letter, _ in one.answers))
        held = (self._texts.get(f"quiz/{one.id}/{name}") for name in names)
        return any(text is not None and self._words.is_draft(text.text, text.id) for text in held)

    def coverage(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every chapter of the booklet with the modules that cover it (N-099)."""
        chapters = Booklet(self.tag, self.vault).chapter_names()
        return tuple(
            (name, tuple(self.title(one) for one in self.course.modules if chapter in one.chapters))
            for chapter, name in chapters.items()
        )

    def passed_title(self, one: Passed) -> str:
        """What a module that was passed is called; as it was called then, when it is there no more."""
        module = self.course.module(one.module)
        return self.title(module) if module is not None else one.title

    def _say(self, text: str) -> str:
        return self._texts.say(text, self._words)


def passed(vault: OpenVault, person: str) -> tuple[Passed, ...]:
    """What somebody passed, in the order of its names."""
    found = {}
    for value in standing(vault.database, subject(PERSON, person)):
        if value.field.startswith(FIELD) and value.value is not None:
            module = value.field.removeprefix(FIELD)
            found[module] = Passed(module, value.value["day"], value.value["title"])
    return tuple(found[module] for module in sorted(found))


def pass_module(vault: OpenVault, module: str, answers: Mapping[str, str]) -> None:
    """Write down that whoever is signed in answered every question of a module rightly (rules 1, 2).

    Raises PersonFault `access.not_allowed`; DeskFault `learning.unknown`, `learning.not_all`.
    """
    vault.demand(Action.LEARN)
    held = learning.load(vault.content[0]).module(module)
    if held is None:
        raise DeskFault("learning.unknown")
    if any(answers.get(one.id) != one.right for one in held.questions):
        raise DeskFault("learning.not_all")
    about, field = subject(PERSON, vault.person.id), f"{FIELD}{module}"
    before = tuple(value.entry for value in standing(vault.database, about, field))
    told = {"day": vault.world.today().isoformat(), "title": held.title}
    vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind=RECORDED,
        payload={"fields": {field: told}},
        replaces=before,
    )


def certificate(vault: OpenVault, module: str, tag: str) -> Document:
    """The paper of a module that whoever is signed in passed (rule 4).

    Raises PersonFault `access.not_allowed`; DeskFault `learning.not_passed`.
    """
    vault.demand(Action.LEARN)
    held = next((one for one in passed(vault, vault.person.id) if one.module == module), None)
    if held is None:
        raise DeskFault("learning.not_passed")
    lessons, say = Lessons(vault, tag), catalogues.load(tag, "interface").say
    day = format_date(held.day, tag)
    person, post = isolate_words(vault.person.label), isolate_words(vault.name)
    told = say(_WHO, person=person, day=day, post=post)
    names = Booklet(tag, vault).chapter_names()
    found = lessons.course.module(module)
    covered = tuple((Run(names[one]),) for one in (found.chapters if found is not None else ()))
    chapters = (Paragraph((Run(say(_CHAPTERS)),), tag, leads_in=True), Items(covered, tag)) if covered else ()
    last = (say(_NO_LICENCE), *((say(_TRAINING_VAULT),) if vault.training else ()))
    return Document(
        say(_TITLE),
        tag,
        (
            Heading(1, (Run(say(_TITLE)),), tag),
            Heading(2, (Run(lessons.passed_title(held)),), tag),
            Paragraph((Run(told),), tag),
            *chapters,
            *(Paragraph((Run(one),), tag) for one in last),
        ),
    )
