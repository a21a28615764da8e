"""Repairs what stands above the rows: names of sheets, the row of headers, names of columns and languages."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from fieldkit.forms.columns import EXPRESSION_PARTS, KNOWN, MEDIA_PARTS, TEXT_PARTS, Column, nearest
from fieldkit.forms.repair.bench import Bench, Page, View
from fieldkit.forms.repair.characters import tidy
from fieldkit.forms.repair.spellings import COLUMN_WORDS, LANGUAGE_NAMES, SHEET_WORDS, squeezed
from fieldkit.forms.sheet_checks import PREFIXES

_MARKS: Final = {
    # kind of sheet -> columns of which one must be there for a sheet to be taken for it
    "survey": frozenset({"type"}),
    "choices": frozenset({"listname", "name"}),
    "settings": frozenset({"formid", "formtitle", "idstring", "version"}),
}
_LIKELY: Final = {
    # kind of sheet -> columns of which one must be there, for a sheet with a name like it
    "survey": frozenset({"type", "name"}),
    "choices": frozenset({"listname", "name", "list", "value", "label"}),
    "settings": frozenset({"formid", "formtitle", "idstring", "version", "title", "id", "defaultlanguage"}),
}
_REMARKS: Final = frozenset({"comment", "comments", "notes"})
_AS_GOOD: Final = frozenset({"read_only", "list name", "calculate", "relevance"})  # xlsform.org has them too
_HEADER_WITHIN: Final = 12  # rows from the top in which a lost row of headers is looked for
_TIDY_GROUPS: Final = ("media", "bind", "control", "body", "instance")
_SINGLE: Final = re.compile(r"(?P<part>[\w \-]+?)\s*:{1,2}\s*(?P<language>[^:]+)")
_NAMED: Final = re.compile(
    r"(?P<part>[A-Za-z][A-Za-z _\-]*?)[\s_\-.]*[(\[\s_\-.](?P<language>[^\W_][^()\[\]]*)[)\]]?"
)
_TRANSLATED: Final = frozenset({*TEXT_PARTS, *MEDIA_PARTS})
_NAMESPACES: Final = {
    # what other servers' columns are prefixed with
    "esri": "http://esri.com/xforms",
    "oc": "http://openclinica.org/xforms",
}
_PREFIX: Final = re.compile(r"::([\w.-]+):")


def mend_sheet_names(bench: Bench) -> None:
    """`Surveys`, `questionnaire`, `choice`: the sheet's own name, where only one can be meant."""
    for kind, marks in _LIKELY.items():
        if bench.page(kind) is not None:
            continue
        taken = {page.name.strip().lower() for page in bench.pages}
        meant = [
            page for page in bench.pages if _means(page, kind) and {squeezed(h) for h in page.header} & marks
        ]
        if len(meant) == 1 and kind not in taken:
            was, meant[0].name = meant[0].name, kind
            bench.note("repair.sheet_name", meant[0], 0, "", was, kind)


def _means(page: Page, kind: str) -> bool:
    word = squeezed(page.name)
    return SHEET_WORDS.get(word) == kind or nearest(word, (kind,)) == kind


def mend_header_rows(bench: Bench) -> None:
    """Headers that do not stand in the first row are moved there; what stood above them goes."""
    for kind, marks in _MARKS.items():
        page = bench.page(kind)
        if page is None or {squeezed(text) for text in page.header} & marks:
            continue
        for line in page.lines[:_HEADER_WITHIN]:
            words = {squeezed(text) for text in line.cells}
            if words & marks and len(words - {""}) > 1 and ("name" in words or kind == "settings"):
                was = " | ".join(text for text in page.header if text.strip())
                above = page.lines[: page.lines.index(line)]
                page.header = list(line.cells)
                bench.note(
                    "repair.header_row", page, line.number, "", was, " | ".join(filter(None, page.header))
                )
                for other in (*above, line):
                    other.cells[:] = []
                break


def mend_columns(bench: Bench) -> None:
    """Every column that has a name of its own in XLSForm gets it, spelled as it should be."""
    for kind, view in bench.views():
        if kind not in KNOWN:
            continue
        for column in view.columns:
            now = _better(kind, view, column)
            others = {
                text.strip()
                for text in view.page.header[: column.index] + view.page.header[column.index + 1 :]
            }
            if now and now not in others:
                view.rename(column, now, "repair.column")


def _better(kind: str, view: View, column: Column) -> str:
    """How a header should be written, or an empty string when it is not to be changed."""
    header = tidy(view.page.header[column.index])
    known = KNOWN[kind]
    if column.part in known and header in _AS_GOOD:
        return header
    if column.part in known:
        grouped = header.partition("::")[0].strip() in _TIDY_GROUPS or header.startswith("media:")
        return header if grouped else _written(column.part, column.language)
    if "::" in column.part:
        return _prefix_in_small(header)
    for pattern in (_SINGLE, _NAMED):
        match = pattern.fullmatch(header)
        part = _part(kind, match["part"]) if match else ""
        if match and part in _TRANSLATED:
            spoken = LANGUAGE_NAMES.get(squeezed(match["language"]))
            if pattern is _SINGLE or spoken:
                as_named = f"{spoken[0]} ({spoken[1]})" if spoken else ""
                language = match["language"].strip() if pattern is _SINGLE else as_named
                return _written(part, language)
    part = _part(kind, header.rstrip("*:. "))
    return part if part and not view.table.has(part) else ""


def _prefix_in_small(header: str) -> str:
    """`Bind::Fk:Critical`: groups and prefixes of columns are written small."""
    group, _, rest = header.partition("::")
    prefix, colon, name = rest.partition(":")
    if not colon or prefix.lower() not in PREFIXES:
        return header
    is_own = prefix.lower() == "fk"
    return f"{group.lower()}::{prefix.lower()}:{name.lower() if is_own else name}"


def _part(kind: str, word: str) -> str:
    """The column that a word stands for: itself, one of its other names, or the one it is a slip of."""
    known, said = KNOWN[kind], squeezed(word)
    spelled = {squeezed(name): name for name in known}
    slips = frozenset({"list_name", "label"}) if kind == "choices" else known
    meant = spelled.get(said) or COLUMN_WORDS[kind].get(said)
    return meant or (nearest(word, slips) if len(said) > len("name") else "")


def _written(part: str, language: str | None) -> str:
    return f"{part}::{tidy(language)}" if language else part


def mend_doubled_columns(bench: Bench) -> None:
    """Two columns for one thing: an empty one goes, and so does one that says the same; others wait."""
    for kind, view in bench.views():
        seen: dict[tuple[str, str | None], Column] = {}
        for column in view.columns:
            meaning = (column.part, column.language)
            first = seen.setdefault(meaning, column)
            if first is column:
                continue
            keep, drop = (column, first) if _says_less(view, first, column) else (first, column)
            if _says_less(view, drop, keep):
                seen[meaning] = keep
                view.rename(drop, "", "repair.column_spare", other=keep.header)
            elif (column.part not in KNOWN.get(kind, ()) or column.part in _REMARKS) and not _is_read(
                bench, column.part
            ):
                view.rename(column, _free(view, column.header), "repair.column_twice")
            elif kind == "settings" and column.part == "form_id":
                view.rename(drop, f"unused {drop.header}", "repair.column_twice")


def _says_less(view: View, one: Column, other: Column) -> bool:
    """Whether all that stands in one column stands in the other too."""
    pairs = ((line.text(one.index).strip(), line.text(other.index).strip()) for line in view.lines)
    return all(text in ("", beside) for text, beside in pairs)


def _is_read(bench: Bench, name: str) -> bool:
    survey = bench.view("survey")
    columns = survey.of((*EXPRESSION_PARTS, "parameters")) if survey else ()
    word = re.compile(rf"\b{re.escape(name)}\b")
    return any(word.search(line.text(c.index)) for line in (survey.lines if survey else ()) for c in columns)


def _free(view: View, header: str) -> str:
    taken = {text.strip().lower() for text in view.page.header}
    return next(name for number in range(2, 10_000) if (name := f"{header}_{number}").lower() not in taken)


def mend_languages(bench: Bench) -> None:
    """One language written in several ways (`english`, `English `, `English (en)`) is written in one."""
    spoken = Counter(column.language for _, column in _translated(bench))
    best = _best({name: count for name, count in spoken.items() if name})
    for view, column in tuple(_translated(bench)):
        now = best.get(column.language or "", column.language)
        twin = next((c for c in view.columns if (c.part, c.language) == (column.part, now)), None)
        parted = (
            twin is not None and not _says_less(view, twin, column) and not _says_less(view, column, twin)
        )
        if now and now != column.language and not parted:
            header = view.page.header[column.index]
            view.rename(column, header[: header.rindex(column.language or "")] + now, "repair.language")
    _default_language(bench, set(best.values()))


def _translated(bench: Bench) -> Iterator[tuple[View, Column]]:
    for _, view in bench.views():
        yield from (
            (view, column) for column in view.columns if column.part in _TRANSLATED and column.language
        )


def _best(spoken: dict[str, int]) -> dict[str, str]:
    """Each spelling of a language and the one that stands for all: with its sign, then the most frequent."""
    alike: dict[str, list[str]] = {}
    for name in spoken:
        alike.setdefault(squeezed(name), []).append(name)
    signed = {
        squeezed(name.partition("(")[0]): squeezed(name)
        for name in spoken
        if "(" in name and squeezed(name.partition("(")[0]) in alike
    }
    for bare, full in signed.items():
        if full != bare:
            alike[full] += alike.pop(bare)
    best: dict[str, str] = {}
    for names in alike.values():
        chosen = max(names, key=lambda name: ("(" in name, " (" in name, spoken[name], name))
        best |= dict.fromkeys(names, chosen)
    return best


def _default_language(bench: Bench, known: set[str]) -> None:
    settings = bench.view("settings")
    line = next(settings.lines, None) if settings else None
    if settings is None or line is None or not known:
        return
    default = settings.get(line, "default_language")
    if not default or default in known:
        return
    said = LANGUAGE_NAMES.get(squeezed(default), (default, default))
    alike = [
        name
        for name in sorted(known)
        if squeezed(name) == squeezed(default)
        or squeezed(name.partition("(")[0]) == squeezed(default.partition("(")[0])
        or f"({said[1].lower()})" in name.lower()
    ]
    if len(alike) == 1:
        settings.put(line, "default_language", alike[0], "repair.default_language")


def mend_list_columns(bench: Bench) -> None:
    """Columns of choices with spaces in their names cannot be asked for: an underscore takes their place."""
    choices = bench.view("choices")
    for column in choices.columns if choices else ():
        header = tidy(column.header)
        if choices and " " in header and column.part not in KNOWN["choices"] and "::" not in header:
            now = re.sub(r"[^\w.\-]+", "_", header).strip("_")
            if now.lower() not in {text.strip().lower() for text in choices.page.header}:
                choices.rename(column, now, "repair.column")


def mend_namespaces(bench: Bench) -> None:
    """Columns made for another server need its namespace; the known ones are declared."""
    survey = bench.view("survey")
    used = {
        match[1] for column in (survey.columns if survey else ()) for match in _PREFIX.finditer(column.part)
    }
    for prefix in sorted(used & _NAMESPACES.keys()):
        settings = bench.view("settings")
        line = next(settings.lines, None) if settings else None
        declared = settings.get(line, "namespaces") if settings and line else ""
        if settings and line and f"{prefix}=" not in declared:
            now = f'{declared} {prefix}="{_NAMESPACES[prefix]}"'.strip()
            settings.put(line, "namespaces", now, "repair.namespace")
