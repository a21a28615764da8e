"""What a service refuses, by whose fault it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from fieldkit.domain.errors import ForeignFault, PersonFault
from fieldkit.storage.errors import DatabaseFault, is_full


class DeskFault(PersonFault):
    """A step is missing or a right is; the sentence says which."""


class ExchangeFault(PersonFault):
    """Exchange with headquarters is not possible yet, or not like this."""


class RecoveryRefused(ForeignFault):
    """A recovery request or its answer is not what it should be; nothing was opened."""


class ContentRefused(ForeignFault):
    """A form or other content from outside was refused; nothing changed."""


@contextmanager
def stick_faults() -> Iterator[None]:
    """What a stick refuses, as DatabaseFault `exchange.disk_full` or `exchange.disk_failed`."""
    try:
        yield
    except OSError as error:
        raise DatabaseFault("exchange.disk_full" if is_full(error) else "exchange.disk_failed") from error
