"""The list of repairs as lines for people and as data for scripts (`form repair`, `form repair --json`)."""

from fieldkit.domain.ports import JsonObject
from fieldkit.forms.repair.bench import Change
from fieldkit.forms.repaired import Repaired
from fieldkit.forms.report_lines import check_report_json, place_of, problem_line
from fieldkit.languages.catalogues import Words
from fieldkit.languages.messages import sentence


def repair_lines(repaired: Repaired, words: Words) -> tuple[str, ...]:
    """How many repairs, one line for each, then what only the author can mend."""
    changes, left = repaired.changes, repaired.report.errors
    head = (
        words.count("{number} repair.", "{number} repairs.", len(changes))
        if changes
        else words.say("There was nothing to repair.")
    )
    lines = [head, *(change_line(change, words) for change in changes)]
    if left:
        lines.append(words.say("Left for you, because nobody else can know what was meant:"))
        lines += [problem_line(problem, words) for problem in left]
    else:
        lines.append(words.say("The copy can be used as a form."))
    return tuple(lines)


def change_line(change: Change, words: Words) -> str:
    """Place, reason, what it was and what it is."""
    said = sentence(change.as_error(), words)
    place = place_of(change.sheet, change.row, change.column, words)
    return f"{place}{said} {was_and_is(change, words)}".rstrip()


def was_and_is(change: Change, words: Words) -> str:
    """What a cell was and what it became, as far as there was something."""
    parts = (
        words.say("Before: {was}", was=change.was) if change.was else "",
        words.say("Now: {now}", now=change.now) if change.now else "",
    )
    return " · ".join(part for part in parts if part)


def repair_json(repaired: Repaired, words: Words) -> JsonObject:
    """The same as data; `left` is the check of the copy."""
    return {
        "repaired": repaired.is_changed,
        "changes": tuple(
            {
                "code": change.code,
                "sheet": change.sheet,
                "row": change.row,
                "column": change.column,
                "was": change.was,
                "now": change.now,
                "sentence": sentence(change.as_error(), words),
            }
            for change in repaired.changes
        ),
        "left": check_report_json(repaired.report, words),
    }
