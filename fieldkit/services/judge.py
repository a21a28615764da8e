"""Evaluates the table of rules over a person's answers, in three values (`protection.md` 1).

1. An answer that was not asked, skipped, declined or given as not known is *unknown* to every rule. A rule may
   name "not sure" itself (fear in doubt is fear); then it counts for a yes, never for a no.
2. A name may have several standing answers, one from each interview: a later "no" does not withdraw an
   earlier disclosure (journal rule 6), so the most protective combination counts. Whether something was heard at
   all is told by all interviews together: heard in one is heard.
3. No rule is compiled that suggests C26, whatever a pack says.
4. Whether a talk for some people was led is no answer of the person: the file knows it. A rule on what only such a
   talk asks names it (`led_…`), and leaves no open question behind with everybody with whom it was not led.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from fieldkit.content.rules import Rule
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.outcome import NEVER_SUGGESTED, AnswerRead, Mark, Suggestion, Verdict
from fieldkit.forms.expressions import kleene

NOT_KNOWN = frozenset({"not_sure", "unknown", "not_known"})
"""Values of choice lists that say: the person or the officer does not know."""


def is_known(value: str) -> bool:
    """Whether an answer says something (rule 1); of several choices, whether one of them does."""
    return any(one not in NOT_KNOWN for one in value.split())


HEARD = frozenset({"age_heard"})
"""Facts that say whether anything was heard of a matter: "no" in one interview does not undo "yes" in another."""

LED = "led_"
"""How facts begin that say that a talk for some people was led. Its form sets them to "yes"; a case without it has
"no" (`of_a_case`). To whoever is not cleared for a sealed talk it is as if it was not led: what it found was
recorded as it ended, and stands."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The standing answers of one case: values by codebook name, and how a name without value ended."""

    values: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, Mark]

    def said(self, name: str) -> tuple[str, ...]:
        """Everything that was answered, "not sure" included."""
        values = tuple(value for value in self.values.get(name, ()) if value)
        return ("yes",) if name in HEARD and "yes" in values else values

    def known(self, name: str) -> tuple[str, ...]:
        """The values that say something; empty when the answer is unknown."""
        return tuple(value for value in self.said(name) if value not in NOT_KNOWN)

    def read(self, name: str) -> AnswerRead:
        """The answer as it is shown beside a suggestion."""
        values = self.values.get(name, ())
        mark = Mark.ANSWERED if values else self.marks.get(name, Mark.NOT_ASKED)
        return AnswerRead(name, " ".join(values), mark)


def of_a_case(answers: Answers, facts: Iterable[str]) -> Answers:
    """The same with what the file itself knows: which talks for some people were not led (rule 4)."""
    not_led = {name: ("no",) for name in facts if name.startswith(LED) and not answers.said(name)}
    return Answers({**answers.values, **not_led}, answers.marks)


def suggest(rules: Iterable[Rule], answers: Answers) -> tuple[Suggestion, ...]:
    """What each rule says, in the order of the table. Nothing is weighed, nothing is left out."""
    return tuple(_judge(rule, answers) for rule in rules)


def demand_compiles(when: str) -> None:
    """Return when a condition can be evaluated. Raises ForeignFault."""
    _compiled(when)


def fits(when: str, answers: Answers) -> tuple[Verdict, tuple[AnswerRead, ...]]:
    """What a condition that suggests nothing says of a person's answers, and the answers that count for it.

    It is read as rules are, except that "not sure" is never a yes: here nobody is protected by a doubt.
    """
    compiled = _compiled(when)
    verdict = compiled.verdict(_looking_in(answers.known))
    return verdict, _that_count(tuple(answers.read(name) for name in sorted(compiled.names)), verdict)


def _judge(rule: Rule, answers: Answers) -> Suggestion:
    if rule.category in NEVER_SUGGESTED:
        raise ForeignFault("rules.never_suggested", rule=rule.id, category=rule.category)
    compiled = _compiled(rule.when)
    verdict = compiled.verdict(_looking_in(answers.said))
    if verdict is not Verdict.YES:
        verdict = compiled.verdict(_looking_in(answers.known))
    read = tuple(answers.read(name) for name in sorted(compiled.names))
    return Suggestion(rule.id, rule.category, verdict, rule.because, _that_count(read, verdict))


def _looking_in(values_of: Callable[[str], tuple[str, ...]]) -> Callable[[str], kleene.Lookup]:
    def lookup(name: str) -> kleene.Lookup:
        values = values_of(name)
        return kleene.Known(values) if values else kleene.UNKNOWN

    return lookup


def _that_count(read: tuple[AnswerRead, ...], verdict: Verdict) -> tuple[AnswerRead, ...]:
    """For "cannot tell" the answers that are missing come first: they are what to ask next."""
    if verdict is Verdict.CANNOT_TELL:
        return tuple(sorted(read, key=lambda answer: answer.mark is Mark.ANSWERED))
    return tuple(answer for answer in read if answer.mark is Mark.ANSWERED)


@lru_cache(maxsize=512)
def _compiled(when: str) -> kleene.Rule:
    return kleene.compile_rule(when)
