"""What is on a page now: frozen views of the running form, built when they are looked at.

`ref` is the concrete path of the node, rows counted from 1; a group without a node of its own has a ref that
ends in `#` and its number. Texts are asked of the session, in the language that is painted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldkit.forms.definition import Control
    from fieldkit.forms.nodes import Node
    from fieldkit.forms.pages import Pages


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is painted. `language` is its tag; `is_fallback` when it is not the language asked.

    Media are file names as the form writes them (`jr://images/…` without the address).
    """

    text: str
    language: str | None = None
    is_fallback: bool = False
    image: str | None = None
    audio: str | None = None
    video: str | None = None
    big_image: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice as it is offered now."""

    value: str
    label: Text
    placeholder: bool = False
    """Whether it only stands for a list whose file is missing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer: `why` is "type", "required" or "constraint"."""

    ref: str
    why: str


@dataclass(frozen=True, slots=True)
class QuestionItem:
    """A question. `control` is input, select1, select, rank, range, trigger, upload or note."""

    ref: str
    name: str
    control: str
    type: str
    appearance: str
    required: bool
    readonly: bool
    value: str
    attributes: Mapping[str, str]
    options: Mapping[str, str]
    media_type: str = ""
    supported: bool = True


@dataclass(frozen=True, slots=True)
class _Holding:
    """What holds other items and has a node of its own."""

    ref: str
    name: str
    attributes: Mapping[str, str]
    _pages: "Pages" = field(repr=False, compare=False)
    _control: "Control" = field(repr=False, compare=False)
    _node: "Node" = field(repr=False, compare=False)

    @property
    def children(self) -> "tuple[Item, ...]":
        """What is relevant in it now."""
        return self._pages.below(self._control.children, self._node)


@dataclass(frozen=True, slots=True)
class GroupItem(_Holding):
    """A group with what is relevant in it."""

    appearance: str


@dataclass(frozen=True, slots=True)
class RowItem(_Holding):
    """One row of a repeat; `number` counts from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class RepeatItem:
    """A repeat. `ref` names the rows without an index; `fixed` when rows may not be added or taken out by hand."""

    ref: str
    name: str
    appearance: str
    fixed: bool
    attributes: Mapping[str, str]
    _pages: "Pages" = field(repr=False, compare=False)
    _control: "Control" = field(repr=False, compare=False)
    _parent: "Node" = field(repr=False, compare=False)

    @property
    def rows(self) -> tuple[RowItem, ...]:
        """The relevant rows now."""
        return self._pages.rows(self._control, self._parent)

    @property
    def children(self) -> tuple[RowItem, ...]:
        """The same as `rows`, for those who walk any tree of items."""
        return self.rows


Item = QuestionItem | GroupItem | RepeatItem | RowItem
