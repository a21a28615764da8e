"""Words in forms from elsewhere that `protection.md` 13 asks to look at, by what is wrong with them.

They are hints for a person, not a judgement: a finding is a warning that names the word. English, French,
Spanish and Arabic, because those are the languages of most forms in use at borders.
"""

import re
from typing import Final


def _any_of(*words: str) -> re.Pattern[str]:
    # Arabic words carry prefixes (و، ال), so only a Latin word must stand alone.
    latin = "|".join(word for word in words if word.isascii() or not re.search("[\u0600-\u06ff]", word))
    arabic = "|".join(word for word in words if re.search("[\u0600-\u06ff]", word))
    parts = [part for part in (rf"(?<!\w)(?:{latin})(?!\w)" if latin else "", arabic) if part]
    return re.compile("|".join(parts), re.IGNORECASE)


VERDICT: Final = _any_of(
    r"illegals?",
    r"illegal (?:migrants?|immigrants?|entry|aliens?)",
    r"aliens?",
    r"bogus",
    r"genuine",
    r"fake",
    r"liars?",
    r"lying",
    r"(?:not )?credible",
    r"credibility",
    r"suspicious",
    r"suspects?",
    r"fraudulent",
    r"terrorists?",
    r"criminals?",
    r"economic migrants?",
    r"is (?:not )?a (?:victim|refugee)",
    r"confirmed (?:victim|refugee)",
    r"(?:in)?eligible for asylum",
    r"looks adult",
    r"cleared",
    r"clandestins?",
    r"illégal(?:e|es)?",
    r"illégaux",
    r"faux réfugiés?",
    r"suspecte?s?",
    r"crédibilité",
    r"ilegal(?:es)?",
    r"sospechos[oa]s?",
    r"credibilidad",
    "غير شرعي",
    "غير قانوني",
    "مشبوه",
    "مصداقية",
)
SCORE: Final = _any_of(
    r"(?:\w+_)?scores?(?:_\w+)?",
    r"scoring",
    r"risk[ _](?:level|score|rating|class|category)",
    r"level of risk",
    r"threat[ _]?level",
    r"(?:\w+_)?risk_level",
    r"vulnerability[ _](?:index|score|rating|level)",
    r"(?:high|medium|low)[ -]risk",
    r"niveau de risque",
    r"nivel de riesgo",
    r"puntuación",
    "مستوى الخطر",
    "درجة الخطورة",
)
BODY: Final = _any_of(
    r"biometrics?",
    r"finger[ -]?prints?",
    r"(?:iris|retina|facial?)[ -]?(?:scan|image|recognition|photo)s?",
    r"faces?",
    r"selfies?",
    r"portraits?",
    r"(?:photo(?:graph)?|picture|image)s? of (?:the |an? )?(?:person|child|face|arrival|body)",
    r"injur(?:y|ies)",
    r"wounds?",
    r"scars?",
    r"dna",
    r"bone age",
    r"voice",
    r"empreintes?(?: digitales?)?",
    r"visage",
    r"huellas?(?: dactilares)?",
    r"rostro",
    "بصم",
    "صورة الوجه",
)
"""Words that make a picture or a recording one of a person's body."""
MEASURE: Final = _any_of(
    r"biometrics?", r"finger[ -]?prints?", r"(?:iris|retina)[ -]?scans?", r"bone age", r"dna", "بصم",
    r"empreintes digitales", r"huellas dactilares",
)  # fmt: skip
"""Words that name a measure of the body whatever the kind of question."""
SENSITIVE: Final = _any_of(
    r"rape[ds]?",
    r"sexual(?:ly)?",
    r"sex work",
    r"tortured?",
    r"traffick(?:ed|ing|ers?)",
    r"domestic violence",
    r"gender[ -]based violence",
    r"violence",
    r"violated",
    r"abused?",
    r"beaten",
    r"exploit(?:ed|ation)",
    r"forced (?:marriage|labour|labor|to)",
    r"genital",
    r"fgm",
    r"hiv",
    r"suicid(?:e|al)",
    r"sexual orientation",
    r"gender identity",
    r"lgbt\w*",
    r"viol(?:ée?s?|s)?",
    r"torturée?s?",
    r"violences?",
    r"traite",
    r"exploitée?s?",
    r"violación",
    r"tortura",
    r"trata",
    r"violencia",
    r"explotación",
    "اغتصاب",
    "تعذيب",
    "عنف",
    "استغلال",
)
DECLINE: Final = _any_of(
    r"(?:prefer|rather|wish|want|wants|wishes|like)s? not",
    r"(?:do|does|did)(?:es)?(?: not|n['\u2019]t) (?:want|wish|know|say|answer)",
    r"declin(?:e|es|ed)",
    r"refuse[sd]?",
    r"no answer",
    r"not (?:sure|known|told|answered|stated)",
    r"unknown",
    r"skip",
    r"dk|dnk|pnts|pna|rf|ref|na|n/a|-?9[89]+|-?[78]8+",
    r"no[nt]?_?(?:sure|known|answer|say)",
    r"ne (?:sait|sais|souhaite|veut|veux) pas",
    r"préfère ne pas",
    r"sans réponse",
    r"no (?:sabe|sé|quiere|quiero|contesta|responde)",
    r"prefiere no",
    "لا أعرف",
    "لا يعرف",
    "لا أريد",
    "أفضل عدم",
    "يرفض",
)
GATE: Final = _any_of(
    r"(?:\w+_)?priva(?:te|cy)(?:_\w+)?",
    r"(?:\w+_)?confidential(?:ity|_\w+)?",
    r"(?:\w+_)?safe(?:_to_talk|_place)?",
    r"nobody[_ ]\w+",
    r"(?:\w+_)?interpret\w*",
    r"alone with",
    r"(?:\w+_)?listening",
    r"(?:\w+_)?gate",
    r"confidentiel(?:le)?",
    r"privé",
    r"privad[oa]",
)
"""Names and labels of questions that ask whether it is safe to ask."""
