"""The interface's words in a language, and the English source where there is no catalogue."""

from fieldkit.ui.context import Words


class SourceWords:
    """English as it stands in the code: what is shown before catalogues are built."""

    tag = "en"

    def say(self, text: str, /, **data: str | int) -> str:
        """The text itself, its placeholders filled."""
        return text.format(**data) if data else text

    def count(self, one: str, many: str, number: int, /, **data: str | int) -> str:
        """The form for this number, as English counts."""
        return self.say(one if number == 1 else many, number=number, **data)

    def is_draft(self, text: str, context: str | None = None) -> bool:
        """Never: it is the source."""
        return False


def load_words(tag: str) -> Words:
    """The catalogue of the interface in a language."""
    try:
        from fieldkit.languages import catalogues  # type: ignore[attr-defined, unused-ignore]  # noqa: PLC0415
    except ImportError:
        words = SourceWords()
        words.tag = tag
        return words
    return catalogues.load(tag, "interface")
