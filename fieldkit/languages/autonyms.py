"""Languages by the name their speakers give them, in their own script.

The order is that of `requirements.md` 3.1: languages that arrivals speak, the most needed first. Babel
lacks a few and has stubs for some, so the table is our own and loads at once.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language as it is offered for pointing at. `tag` has Babel's spelling, `script` is ISO 15924."""

    tag: str
    autonym: str
    script: str
    english: str


LANGUAGES: tuple[Language, ...] = (
    Language("so", "Soomaali", "Latn", "Somali"),
    Language("am", "አማርኛ", "Ethi", "Amharic"),
    Language("ar", "العربية", "Arab", "Arabic"),
    Language("fr", "Français", "Latn", "French"),
    Language("en", "English", "Latn", "English"),
    Language("es", "Español", "Latn", "Spanish"),
    Language("om", "Afaan Oromoo", "Latn", "Oromo"),
    Language("ti", "ትግርኛ", "Ethi", "Tigrinya"),
    Language("fa_AF", "دری", "Arab", "Dari"),
    Language("sw", "Kiswahili", "Latn", "Swahili"),
    Language("ht", "Kreyòl ayisyen", "Latn", "Haitian Creole"),
    Language("ps", "پښتو", "Arab", "Pashto"),
    Language("ru", "Русский", "Cyrl", "Russian"),
    Language("pt", "Português", "Latn", "Portuguese"),
    Language("uz", "O‘zbekcha", "Latn", "Uzbek"),
    Language("rw", "Ikinyarwanda", "Latn", "Kinyarwanda"),
    Language("rn", "Ikirundi", "Latn", "Kirundi"),
    Language("ln", "Lingála", "Latn", "Lingala"),
    Language("tg", "Тоҷикӣ", "Cyrl", "Tajik"),
    Language("ky", "Кыргызча", "Cyrl", "Kyrgyz"),
    Language("ha", "Hausa", "Latn", "Hausa"),
    Language("ff", "Pulaar", "Latn", "Fula"),
    Language("ff_Adlm", "𞤆𞤵𞤤𞤢𞤪", "Adlm", "Fula (Adlam script)"),
    Language("wo", "Wolof", "Latn", "Wolof"),
    Language("bm", "Bamanankan", "Latn", "Bambara"),
    Language("ta", "தமிழ்", "Taml", "Tamil"),
    Language("si", "සිංහල", "Sinh", "Sinhala"),
    Language("my", "မြန်မာ", "Mymr", "Burmese"),
    Language("rhg", "𐴌𐴗𐴥𐴝𐴙𐴚𐴒𐴙𐴝", "Rohg", "Rohingya"),
    Language("bn", "বাংলা", "Beng", "Bengali"),
    Language("fa", "فارسی", "Arab", "Persian"),
    Language("kk", "Қазақша", "Cyrl", "Kazakh"),
    Language("tk", "Türkmençe", "Latn", "Turkmen"),
    Language("yo", "Yorùbá", "Latn", "Yoruba"),
    Language("ig", "Igbo", "Latn", "Igbo"),
    Language("ny", "Chichewa", "Latn", "Chewa"),
    Language("sn", "chiShona", "Latn", "Shona"),
    Language("lg", "Luganda", "Latn", "Luganda"),
    Language("zh", "中文", "Hans", "Chinese"),
    Language("tr", "Türkçe", "Latn", "Turkish"),
    Language("az", "Azərbaycanca", "Latn", "Azerbaijani"),
    Language("uk", "Українська", "Cyrl", "Ukrainian"),
    Language("id", "Bahasa Indonesia", "Latn", "Indonesian"),
    Language("ms", "Bahasa Melayu", "Latn", "Malay"),
    Language("th", "ไทย", "Thai", "Thai"),
    Language("fil", "Filipino", "Latn", "Filipino"),
    Language("ur", "اردو", "Arab", "Urdu"),
    Language("hi", "हिन्दी", "Deva", "Hindi"),
    Language("ne", "नेपाली", "Deva", "Nepali"),
    Language("ckb", "کوردیی ناوەندی", "Arab", "Central Kurdish (Sorani)"),
    Language("ku", "Kurmancî", "Latn", "Northern Kurdish (Kurmanji)"),
    Language("vi", "Tiếng Việt", "Latn", "Vietnamese"),
    Language("km", "ខ្មែរ", "Khmr", "Khmer"),
)

_BY_TAG = {language.tag: language for language in LANGUAGES}


def autonym(tag: str) -> str:
    """The language's own name for itself; an unlisted language answers with its tag."""
    known = language(tag)
    return known.autonym if known else tag


def language(tag: str) -> Language | None:
    """The row of a tag; `pt_BR` answers with `pt`. None when the language is not in the table."""
    return _BY_TAG.get(tag) or _BY_TAG.get(tag.partition("_")[0])
