"""A plain sentence in each script, written for these tests, and documents made of them.

Nobody who wrote them speaks all these languages: they exercise the scripts, and are no leaflet text.
"""

import json
from pathlib import Path

from fieldkit.domain.document import (
    Block,
    Box,
    Document,
    Heading,
    Items,
    Paragraph,
    Run,
    Table,
)

PHONE = "+33 1 42 34 56 78"

SENTENCES = {
    "en": "This help is free. Call +33 1 42 34 56 78 every day.",
    "fr": "Cette aide est gratuite. Appelez le +33 1 42 34 56 78 tous les jours.",
    "es": "Esta ayuda es gratuita. Llame al +33 1 42 34 56 78 todos los días.",
    "so": "Caawimaaddani waa bilaash. Wac +33 1 42 34 56 78 maalin kasta.",
    "vi": "Sự giúp đỡ này miễn phí. Hãy gọi +33 1 42 34 56 78 mỗi ngày.",
    "ru": "Эта помощь бесплатна. Звоните +33 1 42 34 56 78 каждый день.",
    "ar": "هذه المساعدة مجانية. اتصل بالرقم +33 1 42 34 56 78 كل يوم (UNHCR).",
    "fa_AF": "این کمک رایگان است. می‌توانید هر روز با +33 1 42 34 56 78 تماس بگیرید.",
    "fa": "این کمک رایگان است. هر روز به +33 1 42 34 56 78 زنگ بزنید.",
    "ps": "دا مرسته وړیا ده. هره ورځ +33 1 42 34 56 78 ته زنګ ووهئ.",
    "ur": "یہ مدد مفت ہے۔ ہر روز +33 1 42 34 56 78 پر فون کریں۔",
    "ckb": "ئەم یارمەتییە بەخۆڕاییە. هەموو ڕۆژێک پەیوەندی بە +33 1 42 34 56 78 بکە.",
    "dv": "މި އެހީ ހިލޭ ލިބޭނެއެވެ. +33 1 42 34 56 78 އަށް ގުޅާ.",
    "ti": "እዚ ሓገዝ ብነጻ እዩ። መዓልታዊ ናብ +33 1 42 34 56 78 ደውል።",
    "am": "ይህ እርዳታ ነፃ ነው። በየቀኑ ወደ +33 1 42 34 56 78 ይደውሉ።",
    "bn": "এই সাহায্য বিনামূল্যে। প্রতিদিন +33 1 42 34 56 78 নম্বরে ফোন করুন।",
    "hi": "यह सहायता मुफ़्त है। हर दिन +33 1 42 34 56 78 पर फ़ोन करें।",
    "ne": "यो सहयोग निःशुल्क छ। हरेक दिन +33 1 42 34 56 78 मा फोन गर्नुहोस्।",
    "ta": "இந்த உதவி இலவசம். தினமும் +33 1 42 34 56 78 என்ற எண்ணை அழைக்கவும்.",
    "si": "මෙම උදව්ව නොමිලේ. ඔබට ආරක්ෂාව අවශ්‍ය නම් +33 1 42 34 56 78 අමතන්න.",
    "my": "ဤအကူအညီသည် အခမဲ့ဖြစ်သည်။ နေ့စဉ် +33 1 42 34 56 78 သို့ဖုန်းဆက်နိုင်ပါသည်။",
    "km": "ជំនួយនេះឥតគិតថ្លៃ។ សូមទូរស័ព្ទទៅលេខ +33 1 42 34 56 78 ជារៀងរាល់ថ្ងៃ។",
    "th": "ความช่วยเหลือนี้ไม่เสียค่าใช้จ่าย คุณโทรไปที่ +33 1 42 34 56 78 ได้ทุกวัน",
    "lo": "ການຊ່ວຍເຫຼືອນີ້ບໍ່ເສຍຄ່າ. ທ່ານໂທຫາ +33 1 42 34 56 78 ໄດ້ທຸກມື້.",
    "zh": "这项帮助是免费的。请每天拨打 +33 1 42 34 56 78，工作人员会帮助您。",
    "ff_Adlm": "𞤄𞤢𞤤𞤤𞤢𞤤 𞤲𞤺𞤢𞤤 𞤲𞤮 𞤴𞤮𞤩𞤢𞤳𞤢 +33 1 42 34 56 78 𞤻𞤢𞤲𞤣𞤫 𞤬𞤮𞤬",
    "rhg_Rohg": "𐴀𐴞 𐴔𐴡𐴊𐴡𐴌 𐴔𐴟𐴉𐴡𐴃 +33 1 42 34 56 78 𐴔𐴡𐴌𐴡",
}

NEUTRAL: dict[str, str] = json.loads(Path(__file__).with_name("neutral.json").read_text(encoding="utf-8"))
"""Languages of arrivals in which nobody here writes a sentence safely: the names of the months in CLDR 48 (as
Babel 2.18 has them), with a phone number between."""

MIXED_DIGITS = {
    "ar+digits": "اتصل بالرقم 112 أو ٠٧٩-١٢٣-٤٥٦ من ٠٨:٠٠ - ١٨:٠٠ أو +33 1 42 34 56 78.",
    "fa+digits": "این کمک رایگان است: ۱۱۲، ۰۸:۰۰ - ۱۸:۰۰، 7KQ2-M4TX-0WRH، https://fieldkit.example/help",
    "ur+digits": "یہ مدد مفت ہے۔ ۱۱۲ یا 112 پر، 08:00 - 18:00، 2026-11-21",
    "hi+digits": "यह सहायता मुफ़्त है। ११२ या 112, ०८:०० - १८:००",
    "my+digits": "ဤအကူအညီသည် အခမဲ့ဖြစ်သည်။ ၁၁၂ 112 ၀၈:၀၀ - ၁၈:၀၀",
}
"""Figures of two kinds in one sentence; the language is what stands before the sign."""


def runs(text: str, *, bold: bool = False, atomic: bool = False) -> tuple[Run, ...]:
    """A text as the runs of a block."""
    return (Run(text, bold=bold, atomic=atomic),)


def every_block(language: str) -> tuple[Block, ...]:
    """One block of every kind, in one language."""
    text = SENTENCES[language]
    return (
        Heading(1, runs(text), language),
        Paragraph((Run(text.split(" ")[0], bold=True), Run(" " + text)), language),
        Items((runs(text), runs(text)), language, numbered=True),
        Items((runs(text),), language),
        Table(
            (((Run("1"),), runs(text)), (runs(PHONE, atomic=True), runs(text))), language, (1, 2), header=True
        ),
        Box((Heading(2, runs(text), language), Paragraph(runs(text), language, small=True)), careful=True),
    )


def leaflet(language: str, *blocks: Block, footer: str = "", draft_notice: str = "") -> Document:
    """A document of one language; of every kind of block when none is given."""
    return Document("Help is free", language, blocks or every_block(language), footer, draft_notice)
