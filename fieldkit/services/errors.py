"""What a service refuses, by whose fault it is."""

from fieldkit.domain.errors import ForeignFault, PersonFault


class DeskFault(PersonFault):
    """A step is missing or a right is; the sentence says which."""


class ExchangeFault(PersonFault):
    """Exchange with headquarters is not possible yet, or not like this."""


class RecoveryRefused(ForeignFault):
    """A recovery request or its answer is not what it should be; nothing was opened."""


class ContentRefused(ForeignFault):
    """A form or other content from outside was refused; nothing changed."""
