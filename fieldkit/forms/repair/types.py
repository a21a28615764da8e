"""Repairs the column type: other spellings, words run together, and what is written for yes and no."""

import re
from typing import Final

from fieldkit.forms.columns import nearest
from fieldkit.forms.repair.bench import Bench, Line, View
from fieldkit.forms.repair.characters import tidy
from fieldkit.forms.repair.lists import list_for, list_names
from fieldkit.forms.repair.spellings import (
    BEGIN_WORDS,
    END_WORDS,
    GROUP_WORDS,
    NO,
    SELECT_WORDS,
    TYPE_WORDS,
    YES,
    plain,
    squeezed,
)
from fieldkit.forms.survey_checks import BEGIN, END, SELECT, SETTINGS_TYPES

_OTHER: Final = re.compile(r"[\s,]*\b(?:or|and|with)[\s_]+(?:specify[\s_]+)?other\b[\s.]*$", re.IGNORECASE)
_SPLIT: Final = re.compile(r"[\s:;,_\-()\[\]\"']+")
_KOBO: Final = {"begin_score": "kobo--score-choices", "begin_rank": "kobo--rank-items"}
_WRAPPED: Final = "()[]{}\"':;, "


def mend_types(bench: Bench) -> None:
    """Every type in the spelling of XLSForm, where only one can be meant."""
    view = bench.view("survey")
    for line in view.lines if view else ():
        if view is None:
            return
        found = view.get(line, "type")
        now = mended_type(bench, found) if found else ""
        if now and now != found:
            view.put(line, "type", now, "repair.type")


def mended_type(bench: Bench, found: str) -> str:
    """The type that was meant; the same when it is right or nobody can tell."""
    kind = tidy(found)
    framed = (BEGIN.fullmatch(kind) or END.fullmatch(kind)) and kind == kind.lower()
    if kind in bench.types or framed or kind.startswith("osm ") or kind in SETTINGS_TYPES:
        return kind
    select = SELECT.fullmatch(kind)
    if select and ("file" in select["command"] or "${" in kind):
        return kind
    return _frame(kind) or _select(bench, kind) or _plain_type(bench, kind) or found


def _frame(kind: str) -> str:
    """`Begin-Group`, `begingroup`, `end_rpt`: where a group or repeat begins or ends."""
    words = [word for word in _SPLIT.split(plain(kind)) if word]
    if len(words) == 1:
        marks = next((mark for mark in (*BEGIN_WORDS, *END_WORDS) if words[0].startswith(mark)), "")
        words = [marks, words[0][len(marks) :]] if marks and len(words[0]) > len(marks) else words
    if len(words) not in (2, 3):
        return ""
    side = (
        "begin"
        if words[0] in BEGIN_WORDS
        else "end"
        if words[0] in END_WORDS
        else nearest(words[0], ("begin",))
    )
    what = "".join(words[1:])
    group = GROUP_WORDS.get(what) or (nearest(what, ("group", "repeat")) if len(what) > len("grp") else "")
    if what.startswith(("loop", "lgroup", "looped")):
        return ""
    return f"{side}_{group}" if side and group else ""


def _select(bench: Bench, kind: str) -> str:
    """`Select one: yes_no`, `select_one_yes_no`, `multi-select(x) or other`."""
    other = _OTHER.search(kind)
    bare = kind[: other.start()] if other else kind
    words = [word.strip(_WRAPPED) for word in re.split(r"[\s:(\[]+", bare) if word.strip(_WRAPPED)]
    suffix = " or_other" if other else ""
    for cut in range(len(words) - 1, 0, -1):
        command, rest = SELECT_WORDS.get(squeezed("".join(words[:cut]))), " ".join(words[cut:])
        if command:
            return f"{command} {list_for(bench, command, rest) or '_'.join(words[cut:])}{suffix}"
    return _run_together(bench, bare, suffix) or _slip(bench, words, suffix)


def _run_together(bench: Bench, bare: str, suffix: str) -> str:
    """`select_one_yes_no` where there is a list `yes_no`; `yes_no` alone where there is one."""
    said = squeezed(bare)
    lists = {squeezed(name): name for name in list_names(bench, "choices")}
    for word, command in sorted(SELECT_WORDS.items(), key=lambda pair: -len(pair[0])):
        if said.startswith(word) and said[len(word) :] in lists:
            return f"{command} {lists[said[len(word) :]]}{suffix}"
    return f"select_one {lists[said]}{suffix}" if said in lists and said not in TYPE_WORDS else ""


def _slip(bench: Bench, words: list[str], suffix: str) -> str:
    """`selct_one yes_no`."""
    if len(words) < 2:
        return ""
    for cut in range(len(words) - 1, 0, -1):
        meant = nearest(squeezed("".join(words[:cut])), tuple(SELECT_WORDS))
        name = list_for(bench, "select_one", " ".join(words[cut:])) if meant else ""
        if name:
            return f"{SELECT_WORDS[meant]} {name}{suffix}"
    return ""


def _plain_type(bench: Bench, kind: str) -> str:
    said = squeezed(kind)
    if said in TYPE_WORDS:
        return TYPE_WORDS[said]
    spelled = {squeezed(name): name for name in sorted(bench.types, key=len, reverse=True)}
    if said in spelled:
        return spelled[said]
    # Long internal names are never typed by hand, and a slip of three letters may be anything.
    usual = {squeezed(name): name for name in bench.types if " " not in name and ":" not in name}
    meant = nearest(said, tuple(usual)) if len(said) > len("int") else ""
    return usual.get(meant, "")


def mend_kobo_rows(bench: Bench) -> None:
    """KoBo's own groups for scores and ranks, as plain groups of questions that choose from their list."""
    view = bench.view("survey")
    asked = ""
    for line in view.lines if view else ():
        if view is None:
            return
        kind = view.get(line, "type")
        opened = _KOBO.get(kind)
        if opened:
            asked = next((line.text(c.index).strip() for c in view.columns if c.header.lower() == opened), "")
            view.put(line, "type", "begin_group", "repair.kobo")
            view.put(line, "appearance", "field-list", "repair.kobo")
        elif kind in ("score__row", "rank__level") and asked:
            view.put(line, "type", f"select_one {asked}", "repair.kobo")
        elif kind in ("end_score", "end_rank"):
            view.put(line, "type", "end_group", "repair.kobo")


def mend_truths(bench: Bench) -> None:
    """`Oui`, `X`, `1` and `Yes` in the columns of yes and no."""
    survey, settings = bench.view("survey"), bench.view("settings")
    for view, parts in (
        (survey, ("required", "readonly", "disabled")),
        (settings, ("allow_choice_duplicates",)),
    ):
        for line in view.lines if view else ():
            for column in view.of(parts) if view else ():
                _truth(view, line, column.part)


def _truth(view: View | None, line: Line, part: str) -> None:
    said = view.get(line, part) if view else ""
    word = plain(said).strip(" .!()")
    now = "yes" if word in YES or said in {"✓", "✔", "☑"} else "no" if word in NO else said
    if view and said and now != said and said not in {"true()", "false()", "TRUE", "FALSE", "true", "false"}:
        view.put(line, part, now, "repair.truth")
