"""Other spellings of sheets, columns, types and truths as real forms have them, in several languages.

Looked up after `squeezed`: only letters and digits, lower case, without accents.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from fieldkit.languages.autonyms import LANGUAGES


def plain(text: str) -> str:
    """Lower case, Latin letters without their accents."""
    parts = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("ß", "ss"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).lower()


def squeezed(text: str) -> str:
    """Only its letters and digits, plain."""
    return re.sub(r"[\W_]+", "", plain(text))


SHEET_WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("questionnaire", "questions", "question", "form", "surveysheet", "encuesta"), "survey"),
    **dict.fromkeys(("choice", "choicelist", "choicelists", "options", "answers", "lists"), "choices"),
    **dict.fromkeys(("choix", "opciones", "choicessheet", "responses"), "choices"),
    **dict.fromkeys(("setting", "formsettings", "config", "parametres", "configuracion"), "settings"),
}

_SURVEY: Final = {
    **dict.fromkeys(("questiontype", "typeofquestion", "datatype", "tipo", "fieldtype"), "type"),
    **dict.fromkeys(("variable", "variablename", "varname", "fieldname", "questionname"), "name"),
    **dict.fromkeys(("nom", "nombre", "nomdelavariable", "nomvariable"), "name"),
    **dict.fromkeys(("labels", "libelle", "etiquette", "etiqueta", "question", "questiontext"), "label"),
    **dict.fromkeys(("questionlabel", "pregunta", "questions"), "label"),
    **dict.fromkeys(("hints", "aide", "indice", "pista", "helptext"), "hint"),
    **dict.fromkeys(("guidance", "guidancehints"), "guidance_hint"),
    **dict.fromkeys(
        ("mandatory", "obligatoire", "requis", "requerido", "obligatorio", "require"), "required"
    ),
    **dict.fromkeys(("relevancy", "relevence", "relevante", "skiplogic", "pertinent"), "relevant"),
    **dict.fromkeys(("relevantcondition", "showif", "displayif"), "relevant"),
    **dict.fromkeys(("constraints", "contrainte", "restriccion", "validation"), "constraint"),
    **dict.fromkeys(("constraintmsg", "constraintmessages", "constrainmessage"), "constraint_message"),
    **dict.fromkeys(("messagedecontrainte", "errormessage"), "constraint_message"),
    **dict.fromkeys(("requiredmsg", "requiredmessages", "requirementmessage"), "required_message"),
    **dict.fromkeys(("calculations", "calcul", "calculo", "formula", "formule"), "calculation"),
    **dict.fromkeys(("appearances", "apparence", "apariencia"), "appearance"),
    **dict.fromkeys(("choicesfilter", "choicefilters", "filter", "filtre", "filtro"), "choice_filter"),
    **dict.fromkeys(("repeatcount", "repeatcounts", "jrcount"), "repeat_count"),
    **dict.fromkeys(("defaults", "defaultvalue", "pardefaut", "defecto"), "default"),
    **dict.fromkeys(("parameter", "params", "parametres"), "parameters"),
    **dict.fromkeys(("readonly", "lectureseule"), "readonly"),
    **dict.fromkeys(("mediaimage",), "image"),
}
_CHOICES: Final = {
    **dict.fromkeys(("list", "lists", "listnames", "listid", "choicelist", "choicelistname"), "list_name"),
    **dict.fromkeys(("liste", "nomdelaliste", "nomliste", "lista", "nombredelalista"), "list_name"),
    **dict.fromkeys(
        ("value", "values", "code", "codes", "choicename", "optionname", "nom", "nombre"), "name"
    ),
    **dict.fromkeys(("names", "valeur", "valor"), "name"),
    **dict.fromkeys(("labels", "libelle", "etiquette", "etiqueta", "choicelabel", "optionlabel"), "label"),
}
_SETTINGS: Final = {
    **dict.fromkeys(("title", "formname", "titre", "titulo", "nameofform"), "form_title"),
    **dict.fromkeys(("id", "formid", "idstring", "idform", "xformid"), "form_id"),
    **dict.fromkeys(("language", "defaultlang", "langue", "idioma", "langueparefaut"), "default_language"),
    **dict.fromkeys(("formversion", "versions"), "version"),
    **dict.fromkeys(("instancename", "nameofinstance"), "instance_name"),
    **dict.fromkeys(("allowduplicates", "allowchoiceduplicate"), "allow_choice_duplicates"),
}
COLUMN_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "survey": _SURVEY,
    "choices": _CHOICES,
    "external_choices": _CHOICES,
    "settings": _SETTINGS,
}

TYPE_WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("str", "texte", "texto", "freetext", "opentext", "textarea", "shorttext"), "text"),
    **dict.fromkeys(("entier", "entero", "ints", "wholenumber", "integers"), "integer"),
    **dict.fromkeys(("number", "numeric", "numerique", "float", "double", "real"), "decimal"),
    **dict.fromkeys(("picture", "photograph", "foto", "takephoto"), "image"),
    **dict.fromkeys(("gpspoint", "gpslocation", "coordinates", "geolocation"), "geopoint"),
    **dict.fromkeys(("calculated", "calculation", "calc", "calcul", "calculo"), "calculate"),
    **dict.fromkeys(("info", "information", "nota", "notes", "instruction"), "note"),
    **dict.fromkeys(("fecha", "dates"), "date"),
    **dict.fromkeys(("heure", "hora"), "time"),
    **dict.fromkeys(("datetime", "dateandtime", "timestamp"), "dateTime"),
    **dict.fromkeys(("document", "attachment", "fileupload"), "file"),
    **dict.fromkeys(("qrcode", "barcodescan"), "barcode"),
    **dict.fromkeys(("acknowledgement", "acknowledgment", "acknowlege"), "acknowledge"),
}
SELECT_WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("selectone", "select1", "selectonefrom", "singleselect", "selectsingle"), "select_one"),
    **dict.fromkeys(("selectonly", "radio", "dropdown", "selectionne", "choixunique"), "select_one"),
    **dict.fromkeys(("selectuno", "seleccionunica", "singlechoice", "onechoice"), "select_one"),
    **dict.fromkeys(("selectmultiple", "selectmulti", "selectmany", "multiselect"), "select_multiple"),
    **dict.fromkeys(("multipleselect", "selectmultiples", "selectallthatapply"), "select_multiple"),
    **dict.fromkeys(("selectall", "checkbox", "checkboxes", "choixmultiple"), "select_multiple"),
    **dict.fromkeys(("selectallthatapplyfrom", "multiplechoice", "selectmultiplefrom"), "select_multiple"),
    **dict.fromkeys(("rank", "ranking"), "rank"),
    "selectonefromfile": "select_one_from_file",
    "selectmultiplefromfile": "select_multiple_from_file",
    "selectoneexternal": "select_one_external",
}
BEGIN_WORDS: Final = frozenset({"begin", "start", "open", "debut", "inicio"})
END_WORDS: Final = frozenset({"end", "stop", "close", "fin", "finish"})
GROUP_WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("group", "groupe", "grupo", "grp", "section", "page"), "group"),
    **dict.fromkeys(("repeat", "repeatgroup", "repeatinggroup", "loop", "boucle", "repeats"), "repeat"),
}

YES: Final = frozenset({"yes", "y", "true", "1", "x", "oui", "o", "si", "s", "vrai", "verdadero", "sim"}) | {
    "required",
    "mandatory",
    "obligatoire",
    "obligatorio",
    "requis",
    "نعم",
}
NO: Final = frozenset({"no", "n", "false", "0", "non", "faux", "falso", "nao", "optional", "facultatif"}) | {
    "opcional",
    "لا",
}

LANGUAGE_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    # squeezed name, autonym or tag -> (as it is best written, tag)
    squeezed(word): (one.english, one.tag)
    for one in LANGUAGES
    for word in (one.english, one.autonym, one.tag)
} | {
    **dict.fromkeys(("eng", "anglais", "ingles"), ("English", "en")),
    **dict.fromkeys(("fra", "fre", "francais", "frances"), ("French", "fr")),
    **dict.fromkeys(("ara", "arabe"), ("Arabic", "ar")),
    **dict.fromkeys(("spa", "espagnol", "castellano"), ("Spanish", "es")),
    **dict.fromkeys(("farsi",), ("Persian", "fa")),
}
