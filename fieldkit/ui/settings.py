"""What this laptop's window remembers: each setting once, with what it may be (nothing personal).

Written beside the vault as JSON; a value that is not allowed is read as the default, so that a damaged file
never keeps anybody from opening the vault.
"""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from fieldkit import files
from fieldkit.languages.marking import mark
from fieldkit.ui.tokens import SCALE_LEAST, SCALE_MOST, Appearance, within_scale

INTERFACE_LANGUAGES = ("en", "fr", "es", "ar")
"""Languages of the interface at this stage."""

FILE_NAME = "window.json"
_LIMIT = 4096  # bytes; the file holds three words


@dataclass(frozen=True, slots=True)
class Settings:
    """The look of the window."""

    language: str = "en"
    appearance: Appearance = Appearance.LIGHT
    scale: int = 100


NAMES: dict[str, str] = {
    "language": mark("Language of the program"),
    "appearance": mark("Colours"),
    "scale": mark("Text size"),
}
"""How each setting is called."""


def read(folder: Path) -> Settings:
    """The settings beside a vault; defaults where there are none."""
    try:
        content = files.read_bounded(folder / FILE_NAME, _LIMIT)
        held = json.loads(content) if content else {}
    except (OSError, ValueError):
        held = {}
    return allowed(held if isinstance(held, dict) else {})


def write(folder: Path, settings: Settings) -> None:
    """Keep the settings. A disk that refuses is no reason to stop somebody's work."""
    try:
        files.write_whole(folder / FILE_NAME, json.dumps(asdict(settings), sort_keys=True).encode())
    except OSError:
        return


def allowed(held: dict[str, object]) -> Settings:
    """Settings from `held`, with the default for everything that is not allowed."""
    settings = Settings()
    known = {field.name: held.get(field.name) for field in fields(Settings)}
    if known["language"] in INTERFACE_LANGUAGES:
        settings = replace(settings, language=str(known["language"]))
    if known["appearance"] in list(Appearance):
        settings = replace(settings, appearance=Appearance(str(known["appearance"])))
    scale = known["scale"]
    if isinstance(scale, int) and SCALE_LEAST <= scale <= SCALE_MOST:
        settings = replace(settings, scale=within_scale(scale))
    return settings
