"""Makes `resources/fonts` anew from published font packages. For maintainers only; needs npm and fontTools.

1. Sources are exact versions; nothing is fetched when the program is set up or run.
2. Every layout feature stays, hinting goes, outlines are not touched.
3. Families get private names: an older font of the public name on a computer would be mixed with ours
   (seen: Urdu drawn with wrong dots).
4. The result is the same bytes on every run; the manifest holds their hashes, and the program checks them.

Run: python .ci/maintain/fonts.py      (in an environment with the dependency group `maintainer` and uharfbuzz)
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.unicodedata import script_extension

TARGET = Path(__file__).resolve().parents[2] / "resources" / "fonts"
SCOPE = "@expo-google-fonts/"
WEIGHTS = {400: "Regular", 700: "Bold"}


@dataclass(frozen=True)
class Family:
    """One family: our name, the package it comes from, and the scripts (ISO 15924) it is kept for."""

    name: str
    package: str
    version: str
    stem: str  # the file name before `_400Regular.ttf`
    scripts: tuple[str, ...]
    weights: tuple[int, ...] = (400, 700)
    only: str = ""  # keep just these characters, when not empty
    arabic_alone: bool = False  # its Latin letters have serifs: beside it, names stand in our Latin family


SYMBOLS = "←↑→↓↔↕➔➜☐☑☒✓✔✗✘●○■□▪▫▲△▶▷▼▽◀◁◆◇★☆☎☏✆✉⚠⚕⌂ℹ♿✂✍☀☾"

FAMILIES = (
    Family("Fieldkit Sans", "noto-sans", "0.4.2", "NotoSans", ("Latn", "Cyrl", "Grek")),
    Family("Fieldkit Naskh", "noto-naskh-arabic", "0.4.5", "NotoNaskhArabic", ("Arab",), arabic_alone=True),
    Family("Fieldkit Nastaliq", "noto-nastaliq-urdu", "0.4.2", "NotoNastaliqUrdu", ("Arab",)),
    Family("Fieldkit Ethiopic", "noto-sans-ethiopic", "0.4.2", "NotoSansEthiopic", ("Ethi",)),
    Family("Fieldkit Bengali", "noto-sans-bengali", "0.4.4", "NotoSansBengali", ("Beng",)),
    Family("Fieldkit Devanagari", "noto-sans-devanagari", "0.4.1", "NotoSansDevanagari", ("Deva",)),
    Family("Fieldkit Tamil", "noto-sans-tamil", "0.4.3", "NotoSansTamil", ("Taml",)),
    Family("Fieldkit Sinhala", "noto-sans-sinhala", "0.4.2", "NotoSansSinhala", ("Sinh",)),
    Family("Fieldkit Myanmar", "noto-sans-myanmar", "0.4.2", "NotoSansMyanmar", ("Mymr",)),
    Family("Fieldkit Khmer", "noto-sans-khmer", "0.4.3", "NotoSansKhmer", ("Khmr",)),
    Family("Fieldkit Thai", "noto-sans-thai", "0.4.2", "NotoSansThai", ("Thai",)),
    Family("Fieldkit Lao", "noto-sans-lao", "0.4.2", "NotoSansLao", ("Laoo",)),
    Family("Fieldkit Thaana", "noto-sans-thaana", "0.4.2", "NotoSansThaana", ("Thaa",)),
    Family("Fieldkit Adlam", "noto-sans-adlam", "0.4.1", "NotoSansAdlam", ("Adlm",)),
    Family("Fieldkit Rohingya", "noto-sans-hanifi-rohingya", "0.4.2", "NotoSansHanifiRohingya", ("Rohg",)),
    Family("Fieldkit Chinese", "noto-sans-sc", "0.4.3", "NotoSansSC", ("Hani", "Bopo")),
    Family(
        "Fieldkit Symbols", "noto-sans-symbols-2", "0.4.1", "NotoSansSymbols2", ("Zsym",), (400,), SYMBOLS
    ),
)


def main() -> int:
    """Write fonts, licence texts and manifest; tell sizes."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is needed: it fetches the font packages.", file=sys.stderr)
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, object]] = []
    licences: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for family in FAMILIES:
            files = unpack(npm, family, Path(folder))
            licences.setdefault(licence_body(files["LICENSE_FONT"]), []).append(copyright_line(files, family))
            rows.extend(make(family, files))
    write_licence(licences)
    manifest = {"fonts": rows, "licence": "OFL.txt"}
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (TARGET / "manifest.json").write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(rows)} fonts, {sum(path.stat().st_size for path in TARGET.iterdir()) // 1024} KB")
    return 0


def unpack(npm: str, family: Family, folder: Path) -> dict[str, bytes]:
    """The files of a package that we use, by their base name."""
    wanted = {"LICENSE_FONT"} | {f"{family.stem}_{weight}{WEIGHTS[weight]}.ttf" for weight in family.weights}
    spec = f"{SCOPE}{family.package}@{family.version}"
    packed = subprocess.run(
        [npm, "pack", "--silent", spec],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    archive = folder / packed.stdout.strip().splitlines()[-1]
    with tarfile.open(archive) as tar:
        members = [member for member in tar if member.isfile() and Path(member.name).name in wanted]
        files = {Path(member.name).name: read(tar, member) for member in members}
    archive.unlink()
    if missing := wanted - files.keys():
        raise SystemExit(f"{spec} lacks {sorted(missing)}")
    return files


def read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    assert file is not None
    return file.read()


def make(family: Family, files: dict[str, bytes]) -> Iterator[dict[str, object]]:
    """Subset and rename each weight; yields manifest rows."""
    for weight in family.weights:
        source = files[f"{family.stem}_{weight}{WEIGHTS[weight]}.ttf"]
        target = TARGET / f"{family.name.replace(' ', '')}-{WEIGHTS[weight]}.ttf"
        with tempfile.TemporaryDirectory() as folder:
            beside = Path(folder) / "source.ttf"
            beside.write_bytes(source)
            cut(beside, target, family, weight)
        print(f"{target.name}: {target.stat().st_size // 1024} KB")
        yield {
            "family": family.name,
            "file": target.name,
            "weight": weight,
            "scripts": list(family.scripts),
            "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
            "source": SCOPE + family.package,
            "source_version": family.version,
            "source_sha256": hashlib.sha256(source).hexdigest(),
        }


def cut(source: Path, target: Path, family: Family, weight: int) -> None:
    options = subset.Options()
    options.layout_features = ["*"]
    options.layout_scripts = ["*"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.glyph_names = False
    options.recalc_timestamp = False
    options.harfbuzz_repacker = True  # without it the Urdu font doubles in size
    options.drop_tables += ["meta"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=kept(font.getBestCmap(), family))
    subsetter.subset(font)
    rename(font, family.name, weight)
    font.save(target)


def kept(available: Iterable[int], family: Family) -> set[int]:
    """Characters to keep: the family's scripts, and what every text needs."""
    if family.only:
        return set(map(ord, family.only)) & set(available) | {0x20, 0xA0}
    if "Hani" in family.scripts:
        return set(available) & (BASICS | gb2312())
    extra = SANS_EXTRAS if "Latn" in family.scripts else set()
    scripts = set(family.scripts)
    found = {
        code for code in available if code in BASICS | extra or scripts & set(script_extension(chr(code)))
    }
    if family.arabic_alone:
        found = {code for code in found if "Latn" not in script_extension(chr(code))}
    return found


def span(first: int, last: int) -> set[int]:
    return set(range(first, last + 1))


# Latin basics with Western accents, quotes and dashes, joiners, bidi controls (U+200E.., U+2066..), euro, minus,
# dotted circle (shown under a vowel sign without a letter).
BASICS = (
    span(0x20, 0x7E)
    | span(0xA0, 0xFF)
    | span(0x2000, 0x206F)
    | {0x131, 0x152, 0x153, 0x178, 0x20AC, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x25CC, 0xFEFF}
)
# Modifier letters and combining marks (Hausa, Wolof), currencies, letterlike signs, arrows, comparison, shapes.
SANS_EXTRAS = (
    span(0x2B0, 0x36F)
    | span(0x2070, 0x20BF)
    | {0x2116, 0x2122}
    | span(0x2190, 0x2199)
    | {0x2248, 0x2260, 0x2264, 0x2265}
    | span(0x25A0, 0x25FF)
)


def gb2312() -> set[int]:
    """The 6 763 characters of GB 2312 with its punctuation, from Python's own codec."""
    lead, trail = range(0xA1, 0xF8), range(0xA1, 0xFF)
    pairs = (bytes((high, low)).decode("gb2312", "ignore") for high in lead for low in trail)
    return {ord(text) for text in pairs if text} | span(0x3000, 0x303F) | span(0xFF00, 0xFFEF)


def rename(font: TTFont, family: str, weight: int) -> None:
    """Give the private family name; keep copyright, version and licence as they are."""
    style = WEIGHTS[weight]
    full = family if weight == 400 else f"{family} {style}"
    table = font["name"]
    version = table.getDebugName(5)
    script = f"{family.replace(' ', '')}-{style}"
    texts = {1: family, 2: style, 3: f"{version};{script}", 4: full, 6: script}
    table.names = [
        record for record in table.names if record.nameID in (0, 5, 13, 14) and record.platformID == 3
    ]
    for number, text in texts.items():
        table.setName(text, number, 3, 1, 0x409)


def copyright_line(files: dict[str, bytes], family: Family) -> str:
    line = files["LICENSE_FONT"].decode("utf-8").strip().splitlines()[0].strip()
    return f"{family.name} (from {SCOPE}{family.package} {family.version}): {line}"


def licence_body(content: bytes) -> str:
    """The licence below its copyright line, so that equal licences are kept once."""
    lines = content.decode("utf-8").replace("\r\n", "\n").strip().splitlines()
    return "\n".join(line.rstrip() for line in lines[1:]).strip() + "\n"


def write_licence(licences: dict[str, list[str]]) -> None:
    """One text: who made which font, what was changed, and the licence."""
    changed = (
        "These fonts are subsets of the fonts named below: characters were left out, hinting was dropped and\n"
        "the families were renamed. Their outlines and layout rules are as published.\n"
    )
    parts = ["\n".join(lines) + "\n\n" + body for body, lines in licences.items()]
    text = changed + "\n" + ("\n" + "=" * 100 + "\n\n").join(parts)
    (TARGET / "OFL.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
