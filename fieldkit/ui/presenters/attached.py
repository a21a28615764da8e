"""Files of an interview as a card shows them: what a question asks for, what is attached, what came with the form.

1. Equal values look the same; the bytes are asked for when they are painted, and are held by nobody.
2. A medium that did not come with the form is a sentence, never a fault.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldkit.domain.errors import FieldkitError
from fieldkit.services import films, forms_held, uploads
from fieldkit.services.media_types import medium_of
from fieldkit.services.refs import template
from fieldkit.storage.attachments import Attachment
from fieldkit.ui.presenters.files import read_file

if TYPE_CHECKING:
    from fieldkit.forms.definition import Control
    from fieldkit.forms.items import QuestionItem, Text
    from fieldkit.services.interview import Interview
    from fieldkit.services.uploads import Prepared
    from fieldkit.services.vault import OpenVault

MOST_SOURCE_BYTES: Final = 64 * 1024 * 1024
"""A file that is made smaller before it is kept may be larger than what is kept, but not without bound."""

KILO: Final = 1000


@dataclass(frozen=True, slots=True)
class Upload:
    """What a question asks for: image, audio, video or file. `closed` is the code of why it takes nothing."""

    asked: str
    closed: str = ""
    max_pixels: int | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """What belongs to a text besides its words: names of files that came with the form."""

    image: str = ""
    audio: str = ""
    video: str = ""
    big_image: str = ""

    def __bool__(self) -> bool:
        return bool(self.image or self.audio or self.video or self.big_image)

    def beside_map(self) -> Media:
        """Without the picture: it is shown where it is pressed."""
        return replace(self, image="", big_image="")


NO_MEDIA: Final = Media()


def media_of(text: Text) -> Media:
    """The media of a text of the form."""
    return Media(text.image or "", text.audio or "", text.video or "", text.big_image or "")


class InterviewFiles:
    """Where a card gets bytes from, and what it hands files to."""

    def __init__(self, vault: OpenVault, interview: Interview) -> None:
        self._vault = vault
        self._interview = interview

    def upload(self, item: QuestionItem, control: Control) -> Upload | None:
        """What a question asks for, or None when it asks for no file."""
        if item.control != uploads.UPLOAD:
            return None
        return Upload(
            uploads.asked_kind(control.media_type),
            uploads.closed(control.media_type, survey=self._interview.survey),
            self.max_pixels(item.ref),
        )

    def attachment(self, ref: str) -> Attachment | None:
        """What is attached to a question."""
        return self._interview.uploads.of(ref)

    def content(self, ref: str) -> bytes | None:
        """The bytes attached to a question; None where they cannot be read."""
        try:
            return self._interview.uploads.content(ref)
        except FieldkitError:
            return None

    def medium(self, name: str) -> bytes | None:
        """The bytes of a file that came with the form; None where it did not come, or cannot be read."""
        form = self._interview.form
        try:
            return forms_held.medium(self._vault, form.id, form.version, name)
        except FieldkitError:
            return None

    def film(self, name: str) -> Path | None:
        """A film that came with the form, where the computer's player can read it. Raises DatabaseFault."""
        content = self.medium(name)
        if content is None or medium_of(content, name).kind != "video":
            return None
        return films.put_out(self._vault.folder, content, name, self._vault.world.randomness)

    def max_pixels(self, ref: str) -> int | None:
        """How many points the longer side of a picture may have, where the form says so."""
        bind = self._interview.form.binds.get(template(ref))
        return bind.max_pixels if bind is not None else None

    def read(self, path: Path) -> tuple[bytes, str]:
        """The bytes of a file somebody chose, and its name. Raises ForeignFault, DeviceFault."""
        return read_file(path, MOST_SOURCE_BYTES), path.name

    def prepared(self, ref: str, content: bytes, name: str = "") -> Prepared:
        """What would be kept of it. Raises as `uploads.prepared`."""
        return self._interview.uploads.prepared(ref, content, name)


def size_words(size: int) -> tuple[int, str]:
    """A size as a whole number and its unit, as people say it."""
    for unit in ("B", "KB"):
        if size < KILO:
            return size, unit
        size = -(-size // KILO)
    return size, "MB"
