"""Makes the forms that run from the forms that are written: English tables and catalogues in, XForms out.

1. Translations join as columns before the converter runs, so that `${}` in them becomes an output as in
   English.
2. A translation whose references differ from the English ones is left out and named: it would ask something
   else, or break the form.
3. A form's version includes a digest of its text and of its catalogues, reviews included: a form that says
   something else is another version.
4. The same sources give the same bytes.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from fieldkit.files import write_whole
from fieldkit.forms import markdown_tables
from fieldkit.forms.authoring import FK, Converted, convert_xlsform
from fieldkit.forms.columns import TEXT_PARTS, Table, cell
from fieldkit.forms.form_texts import (
    CODEBOOK,
    FORMS,
    FormText,
    Source,
    codebook_choices,
    read_sources,
    texts_of,
)
from fieldkit.forms.places import path_of_rows
from fieldkit.forms.problems import FormFault
from fieldkit.forms.workbook import Row, Sheet
from fieldkit.forms.workbook_writer import write_workbook
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.direction import bcp47
from fieldkit.languages.po import Translated, read_po

SOURCE_TAG: Final = "en"
MISSING_TEXT: Final = "-"  # what the converter fills into an empty translation
_REFERENCE: Final = re.compile(r"\$\{[^}]*\}")
_DIGEST_DIGITS: Final = 8

Catalogues = Mapping[str, Mapping[str, Mapping[tuple[str, str], Translated]]]
"""Translations by tag, domain, and (context, English text)."""


@dataclass(frozen=True, slots=True)
class Built:
    """One form that was made. `left_out` are translations with other references, as (tag, key)."""

    id: str
    version: str
    languages: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Translations:
    """What a form has in one language: texts by key, which are drafts, what is missing or left out."""

    tag: str
    texts: Mapping[str, str]
    drafts: tuple[str, ...]
    missing: tuple[str, ...]
    left_out: tuple[str, ...]


def build_forms(resources: Path, translations: Path, target: Path, at_once: int = 1) -> tuple[Built, ...]:
    """Write `<id>.xlsx`, `<id>.xml`, `<id>.drafts.json` of every built-in form, `at_once` of them at a time: each
    has a process of its own for the converter. Raises FormFault, OSError."""
    catalogues = read_catalogues(translations)
    codebook = codebook_choices(resources)
    target.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(at_once) as threads:
        made = threads.map(
            partial(_build, codebook=codebook, catalogues=catalogues, target=target), read_sources(resources)
        )
        return tuple(made)


def read_catalogues(translations: Path) -> Catalogues:
    """The translations of forms and codebook, in every language that has one of them."""
    folders = (
        sorted(path for path in translations.iterdir() if path.is_dir()) if translations.is_dir() else []
    )
    found = {
        path.name: {domain: read_po(path / f"{domain}.po") for domain in (FORMS, CODEBOOK)}
        for path in folders
    }
    return {tag: domains for tag, domains in found.items() if any(domains.values()) and tag != SOURCE_TAG}


def _build(
    source: Source, codebook: Mapping[tuple[str, str], str], catalogues: Catalogues, target: Path
) -> Built:
    texts = tuple(texts_of(source, codebook))
    languages = tuple(_translations(tag, texts, domains) for tag, domains in catalogues.items())
    used = tuple(language for language in languages if language.texts)
    version = _version(source, used)
    content = write_workbook(_with_languages(source, texts, used, version))
    converted = _convert(source, content)
    write_whole(target / f"{source.id}.xlsx", content)
    write_whole(target / f"{source.id}.xml", converted.xform)
    write_whole(target / f"{source.id}.drafts.json", _drafts(source, texts, used, version))
    left_out = tuple((language.tag, key) for language in languages for key in language.left_out)
    return Built(source.id, version, (SOURCE_TAG, *(language.tag for language in used)), left_out)


def _convert(source: Source, content: bytes) -> Converted:
    try:
        return convert_xlsform(content, f"{source.id}.xlsx")
    except FormFault:
        # Told again from the tables as they were written, so that a problem names the line to mend.
        convert_xlsform(source.content, f"{source.id}.md")
        raise


def _translations(
    tag: str, texts: Sequence[FormText], domains: Mapping[str, Mapping[tuple[str, str], Translated]]
) -> _Translations:
    found: dict[str, str] = {}
    drafts, missing, left_out = [], [], []
    for text in texts:
        translated = domains[text.domain].get((text.context, text.text))
        if translated is None or translated.text.strip() in {"", MISSING_TEXT}:
            missing.append(text.key)
        elif sorted(_REFERENCE.findall(translated.text)) != sorted(_REFERENCE.findall(text.text)):
            missing.append(text.key)
            left_out.append(text.key)
        else:
            found[text.key] = translated.text
            drafts += [text.key] if translated.draft else []
    return _Translations(tag, found, tuple(drafts), tuple(missing), tuple(left_out))


def _version(source: Source, languages: Sequence[_Translations]) -> str:
    said = {
        "form": markdown_tables.write(source.sheets),
        "languages": {language.tag: [dict(language.texts), language.drafts] for language in languages},
    }
    content = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return f"{source.setting('version', '1')}-{hashlib.sha256(content).hexdigest()[:_DIGEST_DIGITS]}"


def column_language(tag: str) -> str:
    """How a language is written behind a column's name: `Français (fr)`."""
    return f"{autonym(tag)} ({bcp47(tag)})"


def _with_languages(
    source: Source, texts: Sequence[FormText], languages: Sequence[_Translations], version: str
) -> tuple[Sheet, ...]:
    keys = {(text.sheet, text.row, text.part): text.key for text in texts}
    sheets = []
    for sheet in source.sheets:
        table = Table(sheet)
        if table.kind in {"survey", "choices"}:
            sheets.append(_translated_sheet(table, keys, languages))
        elif table.kind != "settings":
            sheets.append(sheet)
    return (*sheets, _settings(source, version))


def _translated_sheet(
    table: Table, keys: Mapping[tuple[str, int, str], str], languages: Sequence[_Translations]
) -> Sheet:
    header: list[str] = []
    for column in table.columns:
        is_text = column.part in TEXT_PARTS
        header.append(f"{column.part}::{column_language(SOURCE_TAG)}" if is_text else column.header)
        header += [f"{column.part}::{column_language(language.tag)}" for language in languages if is_text]
    rows = []
    for number, row in enumerate(table.sheet.rows, start=2):
        cells: list[str] = []
        for column in table.columns:
            cells.append(cell(row, column.index).strip())
            if column.part in TEXT_PARTS:
                key = keys.get((table.kind, row.number, column.part), "")
                cells += [language.texts.get(key, "") for language in languages]
        rows.append(Row(number, tuple(cells)))
    return Sheet(table.kind, tuple(header), tuple(rows))


def _settings(source: Source, version: str) -> Sheet:
    table = source.table("settings")
    row = table.sheet.rows[0] if table and table.sheet.rows else Row(2, ())
    values = {column.part: cell(row, column.index) for column in table.columns} if table else {}
    values |= {"form_id": source.id, "version": version, "default_language": column_language(SOURCE_TAG)}
    values.setdefault("namespaces", f'fk="{FK}"')
    return Sheet("settings", tuple(values), (Row(2, tuple(values.values())),))


def _drafts(
    source: Source, texts: Sequence[FormText], languages: Sequence[_Translations], version: str
) -> bytes:
    titles = {language.tag: language.texts["title"] for language in languages if "title" in language.texts}
    content = {
        "form": source.id,
        "version": version,
        "languages": [SOURCE_TAG, *(language.tag for language in languages)],
        "titles": {SOURCE_TAG: source.setting("form_title", source.id)} | titles,
        "draft": {language.tag: language.drafts for language in languages},
        "missing": {language.tag: language.missing for language in languages},
        "critical": [text.key for text in texts if text.is_critical],
        "lists": dict(_lists(source)),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _lists(source: Source) -> Iterator[tuple[str, str]]:
    survey = source.table("survey")
    for path, row in path_of_rows(survey) if survey else ():
        words = survey.get(row, "type").split() if survey else []
        if len(words) > 1 and words[0] in {"select_one", "select_multiple", "rank"}:
            yield "/".join(path), words[1]
