"""What an interview's cards wish for that only a screen can do: choosing a file, reading it, keeping it.

1. A file that somebody chose is read, cleaned, made smaller and written in the background, for it may be large;
   the running form is touched on the window's thread only. What was drawn here is small and is kept at once.
2. What is refused is told at its question, and changes nothing.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.domain.errors import FieldkitError
from fieldkit.services.media_types import medium_of
from fieldkit.ui.background import Cancelled
from fieldkit.ui.fields.upload import ChooseFile, KeepMade
from fieldkit.ui.pictures import prepared_picture

if TYPE_CHECKING:
    from fieldkit.domain.ports import Progress
    from fieldkit.services.interview import Interview
    from fieldkit.services.uploads import Prepared
    from fieldkit.storage.drafts import DraftOp
    from fieldkit.ui.presenters.attached import InterviewFiles
    from fieldkit.ui.screens.interview import InterviewScreen


class Attaching:
    """The files of one interview on the screen."""

    def __init__(self, screen: InterviewScreen) -> None:
        self._screen = screen

    def wish(self, ref: str, wish: object) -> None:
        """Do what a card wished for."""
        if isinstance(wish, ChooseFile):
            path = self._screen.context.ask_file(wish.title, wish.kinds)
            if path is not None:
                self.read(ref, path)
        elif isinstance(wish, KeepMade):
            self._keep_made(ref, wish.content)

    def read(self, ref: str, path: Path) -> None:
        """Read a file that somebody chose, and keep it as the answer."""
        page, context = self._screen.page, self._screen.context
        assert page is not None, "a card stands on a page"
        pixels = page.files.max_pixels(ref)
        context.saved("saving")
        context.background.run(
            partial(prepare_and_keep, page.files, page.interview, ref, path, pixels),
            what=context.say("Reading the file"),
            done=self._screen.attached,
            failed=lambda fault: self._failed(ref, fault),
        )

    def _keep_made(self, ref: str, content: bytes) -> None:
        page = self._screen.page
        assert page is not None, "a card stands on a page"
        try:
            file = page.files.prepared(ref, content)
        except FieldkitError as fault:
            self._failed(ref, fault)
            return
        self._screen.attach(ref, file)

    def _failed(self, ref: str, fault: Exception) -> None:
        if isinstance(fault, Cancelled):
            self._screen.context.saved("")
            return
        if not isinstance(fault, FieldkitError):
            raise fault
        self._screen.tell_refused(ref, fault)


def prepare_and_keep(
    files: InterviewFiles,
    interview: Interview,
    ref: str,
    path: Path,
    max_pixels: int | None,
    progress: Progress,
) -> DraftOp:
    """Read a file and write what is kept of it, for `Interview.attached`. Raises as `prepare`; StorageFault."""
    file = prepare(files, ref, path, max_pixels, progress)
    progress(0, 0)
    return interview.keep(ref, file)


def prepare(
    files: InterviewFiles, ref: str, path: Path, max_pixels: int | None, progress: Progress
) -> Prepared:
    """Read a file, and make of it what would be kept. Raises ForeignFault, DeviceFault, PersonFault."""
    progress(0, 0)
    content, name = files.read(path)
    if medium_of(content, name).kind == "image":
        content = prepared_picture(content, max_pixels)
    progress(0, 0)
    return files.prepared(ref, content, name)
