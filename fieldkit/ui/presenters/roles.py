"""The words for roles."""

from collections.abc import Mapping

from fieldkit.domain.access import Role
from fieldkit.languages.marking import mark

ROLE_WORDS: Mapping[Role, str] = {
    Role.OFFICER: mark("officer"),
    Role.COUNSELLOR: mark("counsellor"),
    Role.ADMINISTRATOR: mark("administrator"),
    Role.COORDINATOR: mark("coordinator"),
    Role.CHILD_PROTECTION: mark("child-protection officer"),
    Role.HEALTH_WORKER: mark("health worker"),
    Role.SUPERVISOR: mark("supervisor"),
    Role.MONITOR: mark("monitor"),
}
EVERY_ROLE = frozenset(Role) - {Role.COORDINATOR, Role.MONITOR}
"""What somebody alone at a post holds; told in one word."""
EVERY_ROLE_WORD = mark("every role")


def role_words(held: frozenset[Role]) -> list[str]:
    """The words for roles, to be said."""
    return [EVERY_ROLE_WORD] if held == EVERY_ROLE else [ROLE_WORDS[role] for role in Role if role in held]
