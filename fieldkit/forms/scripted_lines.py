"""How a scripted interview went, as lines for people and as data (`form test`, `form test --json`)."""

from fieldkit.domain.ports import JsonObject
from fieldkit.forms.scripted import Do, Result, ScriptReport
from fieldkit.languages.catalogues import Words
from fieldkit.languages.messages import sentence


def script_lines(report: ScriptReport, words: Words) -> tuple[str, ...]:
    """One line a step, and how many went otherwise."""
    lines = [_line(result, words) for result in report.results]
    if report.passed:
        count = sum(1 for result in report.results if result.step.do is not Do.INTERVIEW)
        lines.append(words.count("{number} step, as expected.", "{number} steps, all as expected.", count))
    else:
        count = len(report.missed)
        lines.append(words.count("{number} step went otherwise.", "{number} steps went otherwise.", count))
    return tuple(lines)


def _line(result: Result, words: Words) -> str:
    step = result.step
    if step.do is Do.INTERVIEW:
        return f"— {step.question or step.value}".rstrip()
    mark = "✓" if result.miss is None else "✗"
    said = " ".join(part for part in (step.do.value, step.question, step.value) if part)
    row = words.say("row {row}", row=step.row)
    got = f" — {sentence(result.miss.as_error(), words)}" if result.miss is not None else ""
    note = f" ({step.note})" if step.note and result.miss is not None else ""
    return f"{mark} {row}: {said}{got}{note}"


def script_json(report: ScriptReport, words: Words) -> JsonObject:
    """The same as data."""
    return {
        "passed": report.passed,
        "steps": len(report.results),
        "missed": len(report.missed),
        "results": tuple(
            {
                "row": result.step.row,
                "do": result.step.do.value,
                "question": result.step.question,
                "value": result.step.value,
                "passed": result.miss is None,
                "code": result.miss.code if result.miss is not None else "",
                "got": sentence(result.miss.as_error(), words) if result.miss is not None else "",
            }
            for result in report.results
        ),
    }
