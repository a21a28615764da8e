"""Sentences for sound that is played or recorded, and for films."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "audio.kind": mark(
        "This kind of sound cannot be played here; MP3, WAV, FLAC and Ogg Vorbis can. Read the text aloud instead, "
        "and tell whoever made the form."
    ),
    "audio.no_loudspeaker": mark(
        "This laptop has no loudspeaker that can be used now. Read the text aloud instead, or connect headphones "
        "and try again."
    ),
    "audio.no_microphone": mark(
        "This laptop has no microphone that can be used now. Nothing was recorded. Connect one and try again, or "
        "attach a file that was recorded elsewhere."
    ),
    "film.no_player": mark(
        "This computer has no program that shows this film. Explain it in words, and tell whoever looks after the "
        "computer."
    ),
}
