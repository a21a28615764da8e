"""Golden files: the glyph runs and line breaks of each sample sentence, as they were looked at on paper.

Run `python -m tests.leaflets.golden` to write them anew after a change that was looked at.
"""

import json
from pathlib import Path

from fieldkit.leaflets.fonts import shipped
from fieldkit.leaflets.lines import SetRun, set_lines
from fieldkit.leaflets.text import passage
from tests.leaflets.samples import MIXED_DIGITS, NEUTRAL, SENTENCES, runs

FOLDER = Path(__file__).parent / "golden"
WIDTH, SIZE = 130.0, 11.0
TEXTS = SENTENCES | NEUTRAL | MIXED_DIGITS
"""All samples by name: the language, and what is particular about it after a sign."""


def picture(name: str) -> dict[str, object]:
    """The sample of a language in narrow lines, as plain data: text of each line, glyphs of each run."""
    lines = set_lines(passage(runs(TEXTS[name]), name.partition("+")[0], shipped()), WIDTH, SIZE)
    return {
        "text": TEXTS[name],
        "lines": [
            {"text": line.text, "width": round(line.width, 2), "runs": [_run(run) for run in line.runs]}
            for line in lines
        ],
    }


def _run(placed: SetRun) -> dict[str, object]:
    run = placed.run
    glyphs = [f"{glyph.id}@{glyph.cluster}+{glyph.advance},{glyph.right},{glyph.up}" for glyph in run.glyphs]
    return {
        "text": run.text,
        "font": run.font.file,
        "script": run.script,
        "level": run.level,
        "x": round(placed.x, 2),
        "glyphs": " ".join(glyphs),
    }


def as_text(name: str) -> str:
    """A golden file's text."""
    return json.dumps(picture(name), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for one in TEXTS:
        (FOLDER / f"{one}.json").write_text(as_text(one), encoding="utf-8", newline="\n")
