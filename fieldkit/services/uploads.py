"""Files as answers: what may be attached, what is kept of it, and when it goes.

1. Protection forms take no picture, sound or film, whatever the question says it wants (`protection.md` 9). There
   is no recording in the background at all.
2. A file is what its bytes say (`media_types`); a question that asks for a picture takes nothing else.
3. Of a picture only the picture is kept (`pictures`): no place, no time, no device.
4. The answer is the name of the file. A file goes when its answer is replaced, cleared, marked, or its row is taken
   away; it is dropped in the transaction that logs this.
"""

from dataclasses import dataclass
from typing import Final

from fieldkit.domain.errors import ProgramFault
from fieldkit.forms.nodes import Node
from fieldkit.forms.recalculation import subtree
from fieldkit.forms.session import Session
from fieldkit.services import media_types, pictures
from fieldkit.services.errors import ContentRefused, DeskFault
from fieldkit.services.media_types import JPEG, PNG, Medium
from fieldkit.storage.attachments import Attachment, Attachments, draft_holder
from fieldkit.storage.drafts import Done, DraftOp

MIB: Final = 1024 * 1024
LARGEST: Final = 32 * MIB
"""Bytes of any file that is kept; Collect's own server limit for a form's whole submission is 100 MB."""

UPLOAD: Final = "upload"
_NOT_OF_KIND: Final = {
    "image": "attach.not_image",
    "audio": "attach.not_audio",
    "video": "attach.not_video",
}
SEEN_OR_HEARD: Final = frozenset(_NOT_OF_KIND)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that may be kept: its bytes as they will be, and what it is."""

    content: bytes
    medium: Medium


def asked_kind(media_type: str) -> str:
    """What a question asks for: image, audio, video, or file for anything else."""
    kind = media_type.partition("/")[0]
    return kind if kind in SEEN_OR_HEARD else "file"


def closed(media_type: str, *, survey: bool) -> str:
    """The code of why a question takes no file here; empty when it does (rule 1)."""
    return "attach.closed" if not survey and asked_kind(media_type) in SEEN_OR_HEARD else ""


def prepared(content: bytes, media_type: str, *, survey: bool, name: str = "") -> Prepared:
    """What would be kept of a file for a question.

    Raises DeskFault `attach.closed`; ContentRefused `attach.too_large`, `attach.empty`, `attach.not_image`,
    `attach.not_audio`, `attach.not_video`, `attach.picture_kind`, `attach.picture_damaged`.
    """
    if closed(media_type, survey=survey):
        raise DeskFault("attach.closed")
    if not content:
        raise ContentRefused("attach.empty")
    medium = media_types.medium_of(content, name)
    asked = asked_kind(media_type)
    if asked not in ("file", medium.kind):
        raise ContentRefused(_NOT_OF_KIND[asked])
    if medium.kind in SEEN_OR_HEARD and not survey:
        raise DeskFault("attach.closed")
    if medium.kind == "image":
        content = pictures.stripped(content)
    if len(content) > LARGEST:
        raise ContentRefused("attach.too_large", limit=LARGEST // MIB)
    return Prepared(content, medium)


class Uploads:
    """The files of one interview under way. `store` is None where there is no vault behind it."""

    def __init__(self, store: Attachments, draft: str, session: Session, *, survey: bool) -> None:
        self._store = store
        self._draft = draft
        self._session = session
        self._survey = survey

    def asked(self, ref: str) -> str:
        """The media type a question asks for. Raises ProgramFault `form.no_node`."""
        shape = self._session.node(ref).shape
        control = shape.control if shape is not None else None
        if control is None or control.kind != UPLOAD:
            raise ProgramFault("form.no_node", ref=ref)
        return control.media_type

    def prepared(self, ref: str, content: bytes, name: str = "") -> Prepared:
        """What would be kept of `content` as the answer of a question; raises as the function of this name."""
        return prepared(content, self.asked(ref), survey=self._survey, name=name)

    def keep(self, file: Prepared) -> Attachment:
        """Keep a file, in the caller's transaction."""
        medium = file.medium
        return self._store.keep(self._draft, file.content, media_type=medium.media_type, ending=medium.ending)

    def of(self, ref: str) -> Attachment | None:
        """The file that is a question's answer; None where there is none in this vault."""
        name = self._session.value(ref)
        return self._store.find(draft_holder(self._draft), name) if name else None

    def content(self, ref: str) -> bytes:
        """The bytes of a question's file. Raises DatabaseFault `attachment.damaged`."""
        return self._store.content(draft_holder(self._draft), self._session.value(ref))

    def lost_by(self, op: DraftOp) -> tuple[str, ...]:
        """The names of files that no answer will name after `op` (rule 4)."""
        if op.kind not in (Done.SET, Done.MARK, Done.REMOVE_ROW):
            return ()
        below = subtree(self._session.node(op.ref)) if op.kind is Done.REMOVE_ROW else ()
        nodes = below or (self._session.node(op.ref),)
        stays = op.value if op.kind is Done.SET else ""
        return tuple(node.value for node in nodes if _is_upload(node) and node.value not in ("", stays))

    def drop(self, names: tuple[str, ...]) -> None:
        """Take files away, in the caller's transaction."""
        if names:
            self._store.drop(draft_holder(self._draft), names)

    def named(self) -> frozenset[str]:
        """The names that the submission will have: answers of relevant questions."""
        asked = (item for item in self._session.all_questions() if item.control == UPLOAD)
        return frozenset(item.value for item in asked if item.value)


def is_clean_picture(medium: Medium) -> bool:
    """Whether `pictures` can take everything else out of pictures of this kind."""
    return medium in (JPEG, PNG)


def _is_upload(node: Node) -> bool:
    control = node.shape.control if node.shape is not None else None
    return control is not None and control.kind == UPLOAD
