"""Where an expression stands: the template path of its node, which paths are rows, what prefixes mean.

A template path is a tuple of names from the root down, without row numbers: `("data", "family", "age")`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

TemplatePath = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """`context` is None when the node's place is not known before it runs (a tree that is not a form's).

    `foreign` marks a place inside a secondary instance; `/` still means the form, and the rows it shares with
    `origin`, the node the whole expression belongs to.
    """

    context: TemplatePath | None = None
    origin: TemplatePath | None = None
    rows: frozenset[TemplatePath] = frozenset()
    namespaces: Mapping[str, str] = field(default_factory=dict)
    any_namespace: bool = True
    foreign: bool = False

    def at(self, context: TemplatePath | None) -> "Scope":
        """The same, for the predicates of a step that stands at `context` in the form."""
        if context == self.context:
            return self
        return Scope(context, self.origin, self.rows, self.namespaces, self.any_namespace, self.foreign)

    def inside_foreign(self) -> "Scope":
        """The same, for the predicates of a path in a secondary instance."""
        return replace(self, context=None, foreign=True)


def shared_rows(
    path: TemplatePath, context: TemplatePath | None, rows: frozenset[TemplatePath], free: int
) -> int:
    """How many leading steps of the absolute `path` bind to the context's own rows (`design/forms.md`, 7).

    The last row that both share; a path that ends at rows means all of them; steps from `free` on have
    predicates of their own and bind to nothing.
    """
    if not context or not rows:
        return 0
    shared = 0
    for depth in range(1, min(len(path) - 1, len(context), free) + 1):
        if path[depth - 1] != context[depth - 1]:
            break
        if path[:depth] in rows:
            shared = depth
    return shared
