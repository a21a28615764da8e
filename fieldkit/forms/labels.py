"""Texts as they are painted: pieces and outputs put together in the asked language, with a visible fallback.

Nothing here is computed before it is painted, and switching the language recalculates nothing.
"""

from collections.abc import Iterable

from fieldkit.forms.definition import Form, Formula, TextSource
from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.values import text_value
from fieldkit.forms.items import Text
from fieldkit.forms.itext import MISSING, Entry, Piece
from fieldkit.forms.nodes import Node
from fieldkit.forms.shapes import TemplatePath

PLAIN = ("", "long", "short")
GUIDANCE = ("guidance",)
MAX_NESTED = 4
"""Texts inside texts: a text that names a choice whose label names the text would never end."""
_EMPTY = Text("")


class Labels:
    """Paints texts of one running form."""

    def __init__(self, form: Form, env: Environment) -> None:
        self.form = form
        self.env = env
        self.depth = 0
        """How many texts stand inside one another just now."""

    def paint(
        self, source: TextSource | None, node: Node, tag: str | None, forms: Iterable[str] = PLAIN
    ) -> Text:
        """The text of `source` for `node` in the language `tag` (the default when None)."""
        if source is None:
            return _EMPTY
        name = source.itext
        if source.dynamic is not None:
            name = self._value(source.dynamic, node)
        if name is not None:
            return self._translated(name, node, tag, tuple(forms))
        if "guidance" in forms:
            return _EMPTY
        if source.columns:
            return self._column(source.columns, node, tag)
        parts = [part if isinstance(part, str) else self._value(part, node) for part in source.parts]
        return Text("".join(parts), self.form.default_language)

    def _column(self, columns: tuple[tuple[str | None, str], ...], node: Node, tag: str | None) -> Text:
        """The cell of a table's row in the asked language, else in one that has something."""
        asked = tag or self.form.texts.default or ""
        named = dict(columns)
        order = [asked, None, *self.form.texts.fallbacks(asked), *named]
        for language in dict.fromkeys(order):
            cells = node.named.get(named.get(language, ""), ())
            if cells and cells[0].value not in ("", MISSING):
                return Text(cells[0].value, language or asked or None, language not in (asked, None))
        return _EMPTY

    def _translated(self, name: str, node: Node, tag: str | None, forms: tuple[str, ...]) -> Text:
        texts = self.form.texts
        asked = tag or texts.default or ""
        media: Entry | None = None
        for language in texts.fallbacks(asked):
            entry = texts.entry(language, name)
            if entry is None:
                continue
            media = media or entry
            pieces = entry.pieces(*forms)
            if pieces is not None:
                return self._text(pieces, language, language != asked, entry, node)
        if media is not None:
            return self._text((), None, False, media, node)
        return Text("" if "guidance" in forms or name == MISSING else name)

    def _text(
        self, pieces: tuple[Piece, ...], language: str | None, fallback: bool, entry: Entry, node: Node
    ) -> Text:
        return Text(
            self._join(pieces, node),
            language,
            fallback,
            self._media(entry, "image", node),
            self._media(entry, "audio", node),
            self._media(entry, "video", node),
            self._media(entry, "big-image", node),
        )

    def _media(self, entry: Entry, form: str, node: Node) -> str | None:
        pieces = entry.pieces(form)
        return self._join(pieces, node).strip().rpartition("/")[2] or None if pieces else None

    def _join(self, pieces: tuple[Piece, ...], node: Node) -> str:
        context: TemplatePath | None = node.shape.path if node.shape is not None else None
        parts: list[str] = []
        for kind, piece in pieces:
            if kind == "text":
                parts.append(piece)
            else:
                formula = self.form.formulas.make(piece, context, "output")
                parts.append(self._value(formula, node) if formula is not None else "")
        return "".join(parts)

    def _value(self, formula: Formula, node: Node) -> str:
        if self.depth >= MAX_NESTED:
            return ""
        before = self.env.origin
        if node.shape is not None:
            self.env.origin = node
        self.depth += 1
        try:
            return text_value(formula.run(node, self.env))
        except (ExpressionFault, RecursionError):
            return ""
        finally:
            self.depth -= 1
            self.env.origin = before

    def itext(self, name: str, tag: str | None) -> str:
        """What `jr:itext(name)` is worth in a calculation."""
        return self._translated(name, self.env.origin, tag, PLAIN).text
