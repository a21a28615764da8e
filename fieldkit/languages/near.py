"""Which language may serve when there is no text in a person's own: those that its speakers often read as well.

A help for asking, never an answer: whoever reads Tigrinya may read Amharic, Arabic, English, or none of them. The
person is asked, and what they say goes first. Nothing here says that one language "is" another; that two written
forms lie close is noted only where readers of one commonly read the other (Dari and Persian).
Our own table, from general knowledge and to be put right by speakers (`requirements.md` 3.1).
"""

from collections.abc import Collection, Iterator, Mapping

NEAR: Mapping[str, tuple[str, ...]] = {
    "aa": ("am", "ar", "fr"),
    "am": ("en", "ti"),
    "az": ("tr", "ru"),
    "bm": ("fr",),
    "bn": ("en",),
    "ckb": ("ku", "ar", "fa"),
    "fa": ("fa_AF",),
    "fa_AF": ("fa", "ps"),
    "ff": ("fr", "ha"),
    "ff_Adlm": ("ff", "fr", "ar"),
    "fil": ("en",),
    "ha": ("en", "fr"),
    "hi": ("en", "ur"),
    "ht": ("fr",),
    "id": ("ms", "en"),
    "ig": ("en",),
    "kk": ("ru",),
    "km": ("en",),
    "ku": ("tr", "ckb", "ar"),
    "ky": ("ru",),
    "lg": ("en", "sw"),
    "ln": ("fr", "sw"),
    "ms": ("id", "en"),
    "my": ("en",),
    "ne": ("hi", "en"),
    "ny": ("en", "pt"),
    "om": ("am", "en"),
    "ps": ("fa_AF", "ur", "fa"),
    "rhg": ("my", "bn", "ur"),
    "rn": ("rw", "fr", "sw"),
    "rw": ("rn", "fr", "en", "sw"),
    "si": ("ta", "en"),
    "sn": ("en", "pt"),
    "so": ("ar", "en", "sw"),
    "sw": ("en",),
    "ta": ("en", "si"),
    "tg": ("ru", "fa"),
    "th": ("en",),
    "ti": ("am", "ar", "en"),
    "tk": ("ru",),
    "tr": ("az",),
    "uk": ("ru",),
    "ur": ("hi", "en"),
    "uz": ("ru", "tg"),
    "vi": ("en",),
    "wo": ("fr", "ar"),
    "yo": ("en",),
    "zh": ("en",),
}


def near(tag: str, also: Collection[str] = ()) -> tuple[str, ...]:
    """Languages to ask about, best first: what the person said they read `also`, then the same language in another
    region or script, then those of the table."""
    return tuple(dict.fromkeys(one for one in _candidates(tag, also) if one != tag))


def _candidates(tag: str, also: Collection[str]) -> Iterator[str]:
    yield from also
    if "_" in tag:
        yield tag.partition("_")[0]
    yield from NEAR.get(tag, ())
    yield from NEAR.get(tag.partition("_")[0], ())
