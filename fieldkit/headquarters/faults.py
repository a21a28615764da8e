"""What can go wrong at headquarters' own desk."""

from fieldkit.domain.errors import ForeignFault, PersonFault


class HeadquartersFault(PersonFault):
    """The coordinator can put it right: the wrong stick, the wrong order."""


class KeysFault(ForeignFault):
    """Headquarters' keys in the vault are not what they should be."""
