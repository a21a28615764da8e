"""The three forms that the speed of the engine is measured on, made from a seed, as XLSForm sheets.

A300 has 300 questions with 200 conditions in three languages; B1000 a repeat with calculations in its rows and a
sum outside; C10k a choice of one of 10,000 villages through three levels. They have the shapes of
`shared/vectors/forms/bench`.
"""

import io
import random
from collections.abc import Mapping
from pathlib import Path

Rows = list[list[str]]
Sheets = Mapping[str, Rows]
NAMES = ("A300", "B1000", "C10k")
QUESTIONS, CONDITIONS, GROUP = 300, 200, 30
VILLAGES, DISTRICTS, REGIONS = 10_000, 200, 10
TONGUES = {"English (en)": "Question {}", "Français (fr)": "Question fr {}", "العربية (ar)": "سؤال {}"}


def xforms(seed: int, folder: Path | None) -> dict[str, bytes]:
    """The XForms by name: from `folder` (XLSForms or XForms of these names) or made from `seed`."""
    found: dict[str, bytes] = {}
    for name in NAMES:
        taken = _taken(folder, name) if folder is not None else None
        found[name] = taken if taken is not None else _converted(workbook(sheets(name, seed)))
    return found


def _taken(folder: Path, name: str) -> bytes | None:
    """The form `name` in `folder` or in its `bench`."""
    for place in (folder, folder / "bench"):
        if (place / f"{name}.xml").is_file():
            return (place / f"{name}.xml").read_bytes()
        if (place / f"{name}.xlsx").is_file():
            return _converted((place / f"{name}.xlsx").read_bytes())
    return None


def _converted(content: bytes) -> bytes:
    from pyxform.xls2xform import convert  # noqa: PLC0415 (a third of a second)

    made: str = convert(io.BytesIO(content), file_type=".xlsx", validate=False, pretty_print=False).xform
    return made.encode()


def workbook(content: Sheets) -> bytes:
    """An .xlsx of these sheets."""
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    for title, rows in content.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append([cell or None for cell in row])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def sheets(name: str, seed: int) -> Sheets:
    """The sheets of one of the forms."""
    chance = random.Random(f"fieldkit {name} {seed}")
    return {"A300": _a300, "B1000": _b1000, "C10k": _c10k}[name](chance)


# ---- A300 ------------------------------------------------------------------------------------------------


def _a300(chance: random.Random) -> Sheets:
    labels = [f"label::{tongue}" for tongue in TONGUES]
    rules = ["required", "constraint", "constraint_message::English (en)", "relevance", "calculation"]
    survey: Rows = [["type", "name", *labels, *rules]]
    plain = [number for number in range(5, QUESTIONS) if number % 5 != 4 or number < 10]
    conditional = set(sorted(plain)[:CONDITIONS])
    for number in range(QUESTIONS):
        if number % GROUP == 0:
            survey.append(["begin group", f"g{number // GROUP}", *_labels(f"group {number // GROUP}")])
        survey.append(_question(number, number in conditional, chance))
        if number % GROUP == GROUP - 1:
            survey.append(["end group"])
    choices: Rows = [["list_name", "name", *labels]]
    choices += [["yn", value, *_labels(value)] for value in ("yes", "no")]
    choices += [["opts", value, *_labels(value)] for value in "abcdef"]
    return {"survey": survey, "choices": choices, "settings": _settings("A300", "English (en)")}


def _question(number: int, conditional: bool, chance: random.Random) -> list[str]:
    kinds = (
        "select_one yn",
        "integer",
        "text",
        "select_multiple opts",
        "calculate" if number > 9 else "date",
    )
    kind = kinds[number % 5]
    before = number - number % 5
    constraint = ". >= 0 and . <= 120" if kind == "integer" else ""
    calculation = _calculation(before, chance) if kind == "calculate" else ""
    relevance = _condition(before - 5, chance) if conditional else ""
    required = "yes" if number % 4 == 0 and kind != "calculate" else ""
    labels = _labels(f"q{number}")
    message = "0 to 120" if constraint else ""
    return [kind, f"q{number}", *labels, required, constraint, message, relevance, calculation]


def _condition(before: int, chance: random.Random) -> str:
    """A third of the conditions hangs on the first question, the others on the five before."""
    return (
        "${q0} = 'yes'",
        f"${{q{before + 1}}} > 18 and ${{q{before}}} != 'no'",
        f"selected(${{q{before + 3}}}, 'b') or ${{q{before + 2}}} != ''",
    )[chance.randrange(3)]


def _calculation(before: int, chance: random.Random) -> str:
    return (
        f"concat(${{q{before + 2}}}, '-', ${{q{before + 1}}})",
        f"if(${{q{before}}} = 'yes', coalesce(${{q{before + 1}}}, 0) * 2, 0) + {before}",
    )[chance.randrange(2)]


def _labels(text: str) -> list[str]:
    return [pattern.format(text) for pattern in TONGUES.values()]


def _settings(title: str, language: str = "") -> Rows:
    heads = ["form_title", "form_id", "version"] + (["default_language"] if language else [])
    return [heads, [title, title.lower(), "1"] + ([language] if language else [])]


# ---- B1000 and C10k --------------------------------------------------------------------------------------


def _b1000(_: random.Random) -> Sheets:
    survey: Rows = [
        ["type", "name", "label", "calculation", "relevance"],
        ["text", "hh", "Household"],
        ["begin repeat", "item", "Items"],
        ["integer", "a", "How many"],
        ["decimal", "b", "Price of one"],
        ["calculate", "tot", "", "${a} * ${b}"],
        ["text", "why", "Why so many", "", "${a} > 10"],
        ["calculate", "pos", "", "position(..)"],
        ["end repeat"],
        ["calculate", "total", "", "sum(${tot})"],
        ["calculate", "n", "", "count(${item})"],
        ["note", "nn", "Total ${total}"],
    ]
    return {"survey": survey, "settings": _settings("B1000")}


def _c10k(chance: random.Random) -> Sheets:
    survey: Rows = [
        ["type", "name", "label", "choice_filter"],
        ["select_one region", "region", "Region"],
        ["select_one district", "district", "District", "region=${region}"],
        ["select_one village", "village", "Village", "district=${district}"],
    ]
    choices: Rows = [["list_name", "name", "label", "region", "district"]]
    choices += [["region", f"r{n}", f"Region {n}"] for n in range(REGIONS)]
    choices += [
        ["district", f"d{n}", f"District {n}", f"r{n * REGIONS // DISTRICTS}"] for n in range(DISTRICTS)
    ]
    choices += [
        ["village", f"v{n}", f"Village {n}", "", f"d{chance.randrange(DISTRICTS)}"] for n in range(VILLAGES)
    ]
    return {"survey": survey, "choices": choices, "settings": _settings("C10k")}
