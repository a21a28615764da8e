"""What can be wrong with something printed. Sentences stand in `languages.messages.leaflets`."""

from fieldkit.domain.errors import DeviceFault, ForeignFault


class LeafletFault(ForeignFault):
    """A text cannot be printed as it is; nothing was printed, so nobody reads half a sentence."""


class FontFault(DeviceFault):
    """A font file is missing or is not the one this program was made with."""
