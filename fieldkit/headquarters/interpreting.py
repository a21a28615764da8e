"""Talks for which no suitable interpreter was there, by language and by post (R-197). A need of the posts.

1. Not suitable is a companion, a child, another arrival, or somebody whom the person does not want.
2. A post of which no talk is held here told nothing: that is not zero.
3. Language and post stand in two tables, never in one: a rare language at one post would be one person.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from fieldkit.headquarters.tables import ALL, Gap, Name, Page, parts, word
from fieldkit.storage.queries_papers import Interpreted, Interpreting

THERE, MISSING, NOT_WRITTEN = word("interpreter_there"), word("interpreter_missing"), word("way_not_written")
_COLUMNS = {
    Interpreting.THERE: THERE,
    Interpreting.MISSING: MISSING,
    Interpreting.NOT_WRITTEN: NOT_WRITTEN,
}


def lay(page: Page, talks: Iterable[tuple[str, Interpreted]], posts: Sequence[str]) -> None:
    """`talks` with the post that led each; `posts` are all that are known, also those that sent none (rule 2)."""
    columns = tuple(_COLUMNS.values())
    by_post: dict[Name, Counter[Name]] = {Name("post", post): Counter() for post in sorted(posts)}
    by_language: dict[Name, Counter[Name]] = {}
    for (post, language, state), count in Counter(
        (post, one.language, one.state) for post, one in talks
    ).items():
        by_post.setdefault(Name("post", post), Counter())[_COLUMNS[state]] += count
        by_language.setdefault(Name("list:languages", language), Counter())[_COLUMNS[state]] += count
    silent = {
        (row, column): Gap.NOT_TOLD
        for row, found in by_post.items()
        if not found
        for column in (*columns, ALL)
    }
    parts(page, "interpreters_by_post", "post", columns, by_post, scope="talks", instead=silent)
    parts(page, "interpreters_by_language", "language", columns, by_language, scope="talks")
