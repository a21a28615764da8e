"""What can be wrong with a file that was exchanged. Nothing is ever kept of a file that is refused."""

from fieldkit.domain.errors import ForeignFault, PersonFault


class BundleFault(ForeignFault):
    """A bundle is not what it should be, not for us, or not from one of ours."""


class TrustFault(ForeignFault):
    """An office file, device request or certificate is not what it should be."""


class NothingToSend(PersonFault):
    """Everything there is has been received already."""
