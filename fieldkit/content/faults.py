"""What can be wrong with content. Sentences stand in `languages.messages.content`."""

from fieldkit.domain.errors import ForeignFault


class ContentFault(ForeignFault):
    """A table of content is not what it should be; nothing of it was taken in.

    `data` names the file, the row as a spreadsheet counts them, and the column, never an answer of a person.
    """
