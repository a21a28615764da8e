"""What can be wrong with a content pack. Sentences stand in `languages.messages.packs`; nothing was changed."""

from fieldkit.domain.errors import ForeignFault


class PackFault(ForeignFault):
    """A pack from outside is not one that this vault may take."""
