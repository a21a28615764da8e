"""How fast leaflets come, how large they are, and how much of their text a reader program gives back.

    python3 run.py bench leaflets [--n 5] [--json]

`first_ms` is a fresh process from its first line to a leaflet's PDF, imports included (median of n); `first_cpu_ms`
is what of it the processor worked. `per_second` is one core with pages of every block, one each in every language
that the tests have a sentence of. `all_…` is the command `leaflet --all` in a process of its own, `…_kb` the PDFs
of two pages among these. `recovered` is the share of characters in paragraphs that `pdftotext` gives back whole
and in order, by group of scripts, from samples and leaflets; without spaces, paragraphs split by a page joined.
Of right-to-left languages the share is told one by one too, and beside it the share of words, in any order:
`pdftotext` turns punctuation, numbers and words of other scripts round among them. `pdfium_words` is the same
share with the reader of Chrome and Edge.
Returns 0 when every goal is met.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from fieldkit.domain.document import Document, Heading
from fieldkit.languages.catalogues import load
from fieldkit.languages.isolates import without_isolates
from fieldkit.leaflets import batch
from fieldkit.leaflets.layout import lay_out
from fieldkit.leaflets.pages import page_count, page_image, page_text
from fieldkit.leaflets.pdf import compose, write
from fieldkit.leaflets.placed import ARTIFACT, Pages
from fieldkit.leaflets.scripts import script_of_language
from fieldkit.leaflets.source import leaflet, leaflet_ids
from tests.leaflets.samples import NEUTRAL, SENTENCES, every_block, runs

ROOT = Path(__file__).resolve().parent.parent
MADE = date(2026, 11, 21)
GOALS = {
    **{"first_ms": 300, "per_second": 40, "preview_ms": 150, "preview_worst_ms": 150},
    **{"all_seconds": 30, "all_mb": 150, "median_kb": 60, "worst_kb": 90},
}
PREVIEWED = 1.33
"""Pixels a point: a page in its own size on a screen of 96 dots an inch."""
RECOVERED = {"plain": 0.95, "indic_and_southeast_asian": 0.85}
"""Goals of text given back; of right-to-left text the share is told and has no goal."""
REAL = 4
"""Leaflets of each language that are read back beside the samples."""
GROUPS = {
    "plain": {"Latn", "Cyrl", "Ethi", "Hani"},
    "indic_and_southeast_asian": {"Beng", "Deva", "Taml", "Sinh", "Mymr", "Khmr", "Thai", "Laoo"},
    "right_to_left": {"Arab", "Thaa", "Adlm", "Rohg"},
}

FIRST = """
import time
start, worked = time.perf_counter(), time.process_time()
from datetime import date
from fieldkit.languages import catalogues
from fieldkit.leaflets.pdf import compose
from fieldkit.leaflets.source import leaflet
pdf = compose(leaflet("L01", "en", catalogues.load("en", "leaflets")), made=date(2026, 11, 21))
print((time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000, len(pdf))
"""


def main(words: list[str]) -> int:
    """Measure, print a line a figure, then JSON."""
    parser = argparse.ArgumentParser(prog="run.py bench leaflets")
    parser.add_argument("--n", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(words)
    figures: dict[str, object] = {
        **_first(options.n),
        "per_second": _per_second(),
        **_preview(),
        **_all(),
        "recovered": _recovered(),
        "right_to_left": _right_to_left(),
    }
    met = _met(figures)
    if not options.json:
        for name, value in figures.items():
            print(f"{name:14} {value}")
    print(json.dumps({**figures, "goals": {**GOALS, "recovered": RECOVERED}, "met": met}))
    return 0 if all(met.values()) else 1


def _first(rounds: int) -> dict[str, float]:
    times: list[tuple[float, float]] = []
    for _ in range(rounds):
        done = subprocess.run([sys.executable, "-c", FIRST], cwd=ROOT, check=True, capture_output=True)
        waited, worked, _ = map(float, done.stdout.split())
        times.append((waited, worked))
    return {
        "first_ms": round(statistics.median(waited for waited, _ in times), 1),
        "first_cpu_ms": round(statistics.median(worked for _, worked in times), 1),
    }


def one_page(language: str) -> Document:
    """A page in a language: every kind of block, and a second time its text."""
    blocks = every_block(language)
    title = Heading(1, runs(SENTENCES[language]), language)
    return Document("Sample", language, (title, *blocks[1:], *blocks[1:3]), footer="L00, version 1")


def _per_second() -> float:
    documents = [one_page(language) for language in SENTENCES]
    for document in documents:  # fonts are read once
        compose(document, made=MADE)
    start = time.process_time()
    count = 0
    while time.process_time() - start < 2:
        for document in documents:
            compose(document, made=MADE)
        count += len(documents)
    return round(count / (time.process_time() - start), 1)


def _preview() -> dict[str, float]:
    """Milliseconds until a page is a picture, of every page of three leaflets in every language: in the median, and
    the slowest of medians of three."""
    times = []
    for tag in batch.languages():
        words = load(tag, "leaflets")
        for leaflet_id in ("L01", "L03", "L32"):
            pdf = compose(leaflet(leaflet_id, tag, words), made=MADE)
            times += [_shown(pdf, index) for index in range(page_count(pdf))]
    return {"preview_ms": round(statistics.median(times), 1), "preview_worst_ms": round(max(times), 1)}


def _shown(pdf: bytes, index: int) -> float:
    rounds = []
    for _ in range(3):
        start = time.perf_counter()
        page_image(pdf, index, PREVIEWED)
        rounds.append((time.perf_counter() - start) * 1000)
    return statistics.median(rounds)


def _all() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "fieldkit", "leaflet", "--all", "--out", folder, "--json"]
        start = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        seconds = time.perf_counter() - start
        sizes = []
        for path in sorted(Path(folder).glob("*.pdf")):
            content = path.read_bytes()
            if page_count(content) == 2:
                sizes.append(len(content) / 1024)
        count = len(list(Path(folder).glob("*.pdf")))
    return {
        "all_seconds": round(seconds, 2),
        "all_mb": _peak_of_children(),
        "all_files": count,
        "languages": json.loads(done.stdout.splitlines()[-1])["languages"],
        "median_kb": round(statistics.median(sizes), 1) if sizes else 0.0,
        "worst_kb": round(max(sizes, default=0.0), 1),
    }


def _peak_of_children() -> float:
    """The most memory that a process of ours held, in MB; 0 where the system does not say it."""
    try:
        import resource  # noqa: PLC0415 (there is none on Windows)
    except ImportError:
        return 0.0
    return round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1)


def _recovered() -> dict[str, float]:
    if shutil.which("pdftotext") is None:
        return {}
    found: dict[str, list[float]] = {}
    for language in (*SENTENCES, *NEUTRAL):
        blocks = every_block(language) if language in SENTENCES else ()
        text = SENTENCES.get(language) or NEUTRAL[language]
        document = Document(
            "x", language, (Heading(1, runs(text), language), *blocks, *blocks[1:] * 4), footer="L00"
        )
        group = next(name for name, scripts in GROUPS.items() if script_of_language(language) in scripts)
        found.setdefault(group, []).append(_share(lay_out(document)))
    for tag in batch.languages():
        words = load(tag, "leaflets")
        group = next(name for name, scripts in GROUPS.items() if script_of_language(tag) in scripts)
        for leaflet_id in leaflet_ids()[:REAL]:
            found.setdefault(group, []).append(_share(lay_out(leaflet(leaflet_id, tag, words))))
    return {group: round(statistics.mean(shares), 3) for group, shares in found.items()}


def _right_to_left() -> dict[str, dict[str, float]]:
    """Of each such language with leaflets or a sentence: shares of characters in whole paragraphs, and of words."""
    if shutil.which("pdftotext") is None:
        return {}
    found: dict[str, dict[str, float]] = {}
    for tag in sorted({*SENTENCES, *batch.languages()}):
        if script_of_language(tag) not in GROUPS["right_to_left"]:
            continue
        pages = [
            lay_out(leaflet(leaflet_id, tag, load(tag, "leaflets")))
            for leaflet_id in (leaflet_ids()[:REAL] if tag in batch.languages() else ())
        ] or [lay_out(Document("x", tag, (Heading(1, runs(SENTENCES[tag]), tag), *every_block(tag))))]
        found[tag] = {
            "paragraphs": round(statistics.mean(map(_share, pages)), 2),
            "words": round(statistics.mean(map(_words, pages)), 2),
            "pdfium_words": round(statistics.mean(map(_words_by_pdfium, pages)), 2),
        }
    return found


def _words(pages: Pages) -> float:
    """The share of words that come back, wherever they stand."""
    return _known(pages, _read_back(pages))


def _words_by_pdfium(pages: Pages) -> float:
    """The same with the reader of Chrome and Edge."""
    pdf = write(pages, made=MADE)
    return _known(pages, "\n".join(page_text(pdf, number) for number in range(len(pages.pages))))


def _known(pages: Pages, back: str) -> float:
    known = {_bare(word) for word in back.split()}
    asked = [bare for text in _paragraphs(pages) for word in text.split() if (bare := _bare(word))]
    return sum(word in known for word in asked) / max(1, len(asked))


def _read_back(pages: Pages) -> str:
    done = subprocess.run(
        ["pdftotext", "-", "-"], input=write(pages, made=MADE), check=True, capture_output=True
    )
    return done.stdout.decode("utf-8")


def _share(pages: Pages) -> float:
    """The share of characters in paragraphs that come back whole."""
    said = [_bare(page) for page in _read_back(pages).split("\f")]
    for number, page in enumerate(pages.pages):
        for line in page.lines:
            if line.element == ARTIFACT:
                said[number] = said[number].replace(_bare(line.line.text), "")
    whole = "".join(said)
    texts = [_bare(text) for text in _paragraphs(pages)]
    return sum(len(text) for text in texts if text in whole) / sum(map(len, texts))


def _paragraphs(pages: Pages) -> Iterator[str]:
    held: dict[int, str] = {}
    for page in pages.pages:
        for line in page.lines:
            if line.element != ARTIFACT:
                held[line.element] = held.get(line.element, "") + line.line.text
    yield from held.values()


def _bare(text: str) -> str:
    """A text without spaces and without controls that draw nothing."""
    kept = (
        sign for sign in without_isolates(text) if not sign.isspace() and unicodedata.category(sign) != "Cf"
    )
    return unicodedata.normalize("NFC", "".join(kept))


def _met(figures: dict[str, object]) -> dict[str, bool]:
    met: dict[str, bool] = {}
    for name, goal in GOALS.items():
        value = float(str(figures[name]))
        met[name] = value >= goal if name == "per_second" else value <= goal
    recovered = figures["recovered"]
    for group, least in RECOVERED.items():
        if isinstance(recovered, dict) and group in recovered:
            met[group] = recovered[group] >= least
    return met


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
