"""Which script each character is shaped in (UAX 24): common characters take that of their neighbours.

1. Marks and joiners go with the letter before them.
2. Digits, spaces and signs go with the word before them; at the start with the first word that follows, and
   in a text without any letter with the language's own script.
3. A closing bracket takes the script of its opening one, so that both are drawn by one font.
4. An isolated number (U+2066 ... U+2069) is drawn like Latin text: its spaces stay wide enough to read, as in
   Nastaliq they would not.
"""

from functools import lru_cache

import icu

from fieldkit.languages.isolates import LRI, PDI

_COMMON = frozenset({"Zyyy", "Zinh", "Zzzz"})
_OWN_SCRIPT = {
    "Arab": ["ar", "fa", "fa_AF", "ps", "ur", "ckb", "sd", "ug", "uz_Arab", "ku_Arab", "ff_Arab", "so_Arab"],
    "Ethi": ["ti", "am", "tig"],
    "Beng": ["bn", "as"],
    "Deva": ["ne", "hi", "mr"],
    "Taml": ["ta"],
    "Sinh": ["si"],
    "Mymr": ["my", "shn"],
    "Khmr": ["km"],
    "Thai": ["th"],
    "Laoo": ["lo"],
    "Thaa": ["dv"],
    "Adlm": ["ff_Adlm"],
    "Rohg": ["rhg", "rhg_Rohg"],
    "Hani": ["zh", "zh_Hans"],
    "Cyrl": ["ru", "uk", "be", "bg", "mk", "sr", "tg", "ky", "kk", "mn"],
    "Grek": ["el"],
}
_SCRIPT_OF_LANGUAGE = {tag: script for script, tags in _OWN_SCRIPT.items() for tag in tags}


def script_of_language(language: str) -> str:
    """The ISO 15924 code of the script a language is written in; Latin for all not listed."""
    known = _SCRIPT_OF_LANGUAGE
    return known.get(language) or known.get(language.partition("_")[0]) or "Latn"


def resolve(text: str, language: str) -> tuple[str, ...]:
    """The ISO 15924 code for each character of `text`, none of them common or inherited."""
    own = script_of_language(language)
    current = next((script for script in map(_script, text) if script not in _COMMON), own)
    open_brackets: list[tuple[str, str]] = []
    around: list[str] = []
    resolved: list[str] = []
    for character in text:
        if character == LRI:
            around.append(current)
            current = "Latn"
        elif character == PDI and around:
            current = around.pop()
        current = _one(character, current, own)
        closing = _closing_bracket(character)
        if closing:
            open_brackets.append((closing, current))
        elif any(character == closer for closer, _ in open_brackets):
            while open_brackets:
                closer, opened_in = open_brackets.pop()
                if closer == character:
                    resolved.append(opened_in)
                    break
            continue
        resolved.append(current)
    return tuple(resolved)


def _one(character: str, current: str, own: str) -> str:
    script = _script(character)
    if script not in _COMMON:
        return script
    extensions = _extensions(character)
    if current in extensions or extensions <= _COMMON:
        return current
    return own if own in extensions else current


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    return str(icu.Script.getScript(character).getShortName())


@lru_cache(maxsize=4096)
def _extensions(character: str) -> frozenset[str]:
    codes = icu.Script.getScriptExtensions(character)
    return frozenset(str(icu.Script(code).getShortName()) for code in codes)


@lru_cache(maxsize=4096)
def _closing_bracket(character: str) -> str:
    """The bracket that closes `character`, or an empty string when it opens none."""
    if icu.Char.getIntPropertyValue(character, icu.UProperty.BIDI_PAIRED_BRACKET_TYPE) != 1:
        return ""
    return str(icu.Char.getBidiPairedBracket(character))
