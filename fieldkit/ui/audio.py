"""Sound, played and recorded in memory. The only door to miniaudio.

1. Sound never touches the disk: it is played from bytes, and recorded into bytes.
2. One thing at a time: beginning another ends the first.
3. The device asks for sound, or brings it, on a thread of its own. What runs there touches no widget, and Python's
   collector rests meanwhile (`background`, rule 5).
4. A recording ends by itself after `MOST_SECONDS`.

Loaded when somebody first listens or records.
"""

import io
import wave
from collections.abc import Callable, Generator
from typing import Any, Final

import miniaudio
from PySide6.QtCore import QObject, QTimer, Signal

from fieldkit.domain.errors import DeviceFault, ForeignFault
from fieldkit.ui.background import collector

MOST_SECONDS: Final = 600
VOICE_RATE: Final = 16_000
"""Samples a second of a recording, one channel of 16 bits: speech stays clear, ten minutes are 19 MB."""

BACKENDS: list[Any] | None = None
"""What of the system plays and records; None lets the library choose."""

_LOOK_EVERY: Final = 100  # ms
_SAMPLE_BYTES: Final = 2


class SoundKindFault(ForeignFault):
    """The bytes are no sound that can be decoded here."""


class SoundDeviceFault(DeviceFault):
    """This laptop has no loudspeaker, or no microphone, that can be used now."""


class _Running(QObject):
    """Something that a device does until it ends or is stopped. `ended` comes once, on the main thread."""

    ended = Signal()

    def __init__(self, device: Any, work: Generator[Any, Any, None]) -> None:
        super().__init__()
        _stop_other(self)
        self._device = device
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        next(work)
        collector.hold()
        device.start(work)
        self._timer.start()

    @property
    def is_running(self) -> bool:
        """Whether it still plays or records."""
        return self._device is not None

    def stop(self) -> None:
        """End it now; again, does nothing."""
        if self._device is None:
            return
        device, self._device = self._device, None
        self._timer.stop()
        device.close()
        collector.release()
        self.ended.emit()

    def _over(self) -> bool:
        raise NotImplementedError

    def _look(self) -> None:
        if self._over():
            self.stop()


class Playing(_Running):
    """A sound that is heard. Raises ForeignFault `audio.kind`, DeviceFault `audio.no_loudspeaker`; then nothing
    plays. Read: MP3, WAV, FLAC, Ogg Vorbis."""

    def __init__(self, content: bytes) -> None:
        frames = _decoded(content)
        self._done = False
        device = _device(miniaudio.PlaybackDevice, "audio.no_loudspeaker")
        super().__init__(device, self._feed(frames))

    def _over(self) -> bool:
        return self._done

    def _feed(self, frames: Generator[Any, int, None]) -> Generator[Any, int, None]:
        """What the device asks for; runs on its thread (rule 3)."""
        wanted = yield b""
        try:
            while True:
                wanted = yield frames.send(wanted)
        except (StopIteration, miniaudio.DecodeError):
            self._done = True


class Recording(_Running):
    """A sound that is taken. Raises DeviceFault `audio.no_microphone`."""

    def __init__(self) -> None:
        self._taken = bytearray()
        device = _device(miniaudio.CaptureDevice, "audio.no_microphone", nchannels=1, sample_rate=VOICE_RATE)
        super().__init__(device, self._take())

    @property
    def seconds(self) -> int:
        """How long it is so far."""
        return len(self._taken) // (VOICE_RATE * _SAMPLE_BYTES)

    def content(self) -> bytes:
        """What was recorded, as a WAV file; ends the recording."""
        self.stop()
        file = io.BytesIO()
        with wave.open(file, "wb") as writer:
            writer.setnchannels(1)
            writer.setsampwidth(_SAMPLE_BYTES)
            writer.setframerate(VOICE_RATE)
            writer.writeframes(bytes(self._taken))
        return file.getvalue()

    def _over(self) -> bool:
        return self.seconds >= MOST_SECONDS

    def _take(self) -> Generator[None, Any, None]:
        """What the device brings; runs on its thread (rule 3)."""
        while True:
            piece = yield
            if len(self._taken) < MOST_SECONDS * VOICE_RATE * _SAMPLE_BYTES:
                self._taken += piece


def stop() -> None:
    """End whatever plays or records: a screen is left, the vault is locked."""
    _stop_other(None)


_running: _Running | None = None


def _stop_other(new: _Running | None) -> None:
    """Rule 2."""
    global _running
    old, _running = _running, new
    if old is not None:
        old.stop()


def _decoded(content: bytes) -> Generator[Any, int, None]:
    """The sound in pieces, decoded as they are asked for, so that no file fills the memory."""
    try:
        frames = miniaudio.stream_memory(content)
        next(frames)
    except miniaudio.MiniaudioError as error:
        raise SoundKindFault("audio.kind") from error
    return frames  # type: ignore[no-any-return]  # the library carries no types


def _device(kind: Callable[..., Any], fault: str, **options: int) -> Any:
    try:
        return kind(backends=BACKENDS, **options)
    except miniaudio.MiniaudioError as error:
        raise SoundDeviceFault(fault) from error
