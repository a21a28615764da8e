"""Sentences for what belongs to no part alone: entries, catalogues, files."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "glossary.unreadable": mark(
        "The glossary {name} cannot be read. No translation was checked with it. "
        "Its columns are term, translation, accepted, avoid and note; correct it and try again."
    ),
    "access.not_allowed": mark(
        "You do not have the right to do this ({action}). Nothing was changed. "
        "Ask the person who looks after accounts at this post."
    ),
    "catalogue.unreadable": mark(
        "The translations for the language {language} ({domain}) are damaged. Your data is not affected. "
        "Start fieldkit in English, or run the set-up again."
    ),
}
