"""The sealed classes: what was said about these is read by cleared people only (R-066, R-163, `protection.md` 4).

Each has a key pair of its own (`vault-and-bundles.md`): whoever records may seal, only who holds the private half
may read. Which role is cleared for which class stands in `access`.
"""

from collections.abc import Mapping
from enum import StrEnum


class SealedClass(StrEnum):
    """What answers and files can be sealed as."""

    ASYLUM = "asylum"
    TRAFFICKING = "trafficking"
    VIOLENCE = "violence"
    SOGI = "sogi"
    HEALTH = "health"
    CHILD_PROTECTION = "child_protection"
    SHELTER = "shelter"


CONFIDENTIAL_CATEGORIES: Mapping[str, SealedClass] = {"C13": SealedClass.SOGI}
"""Categories whose code alone says what is sealed, and the class of it (K-11; `services.confidential`)."""

CONFIDENTIAL_FORMS: Mapping[str, SealedClass] = {"private_talk": SealedClass.SOGI}
"""Forms of which it would tell as much that they were opened (R-108): all of such a talk is sealed."""

ALL_CLASSES: frozenset[SealedClass] = frozenset(SealedClass)
