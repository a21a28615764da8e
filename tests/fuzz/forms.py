"""Expressions and forms: nothing may come of them but an answer or the fault that is meant for it."""

import copy
import gzip
import json
import random
from datetime import UTC, datetime
from itertools import islice

from lxml import etree

from benchmarks.recordings import VECTORS, CountedBytes, FixedClock
from fieldkit.domain.errors import ProgramFault
from fieldkit.forms.expressions.compile import Compiler
from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.grammar import parse
from fieldkit.forms.expressions.reads import reads_of
from fieldkit.forms.expressions.scope import Scope
from fieldkit.forms.expressions.syntax import print_expression
from fieldkit.forms.items import QuestionItem, RepeatItem
from fieldkit.forms.nodes import document, plain_tree
from fieldkit.forms.problems import FormFault
from fieldkit.forms.reader import read_form
from fieldkit.forms.session import Session
from fieldkit.forms.xml import parse_xml
from tests.fuzz.inputs import Target, changed, of_bytes

CLOCK = FixedClock(datetime(2026, 11, 21, 12, tzinfo=UTC))
_WORLD = (
    b"<data><a>1</a><b>yes no</b><row><x>1</x><y/></row><row><x>2</x><y>2026-01-02</y></row>"
    b"<g><h>a b</h></g></data>"
)
_ROWS = frozenset({("data", "row")})
_MOST_QUESTIONS = 60
_MOST_SEEDS = 400
_MOST_COPIED = 20
_ANSWERS = ("1", "yes", "2026-01-02", "a b", "12.5")


# ---- expressions -----------------------------------------------------------------------------------------


def expression(content: bytes) -> None:
    """Parse, print and parse again, compile and run where nothing, a node, or a row is around."""
    text = content.decode("utf-8", "replace")
    try:
        tree = parse(text)
    except ExpressionFault:
        return
    again = parse(print_expression(tree))
    if again != tree:
        raise AssertionError(f"printed as {print_expression(tree)!r}")
    top = document(plain_tree(parse_xml(_WORLD)))
    row = top.children[0].named["row"][1].named["x"][0]
    for scope, node in (
        (Scope(), top),
        (Scope(("data", "row", "x"), ("data", "row", "x"), _ROWS), row),
    ):
        env = Environment(top, CLOCK, CountedBytes())
        env.origin = node
        try:
            reads_of(tree, scope)
            Compiler(scope).compile(tree).run(node, 1, 1, env)
        except (ExpressionFault, RecursionError):  # a session takes both for "cannot be told"
            continue


def expression_seeds() -> list[bytes]:
    """Expressions of the recorded checks where they are, else a few that use most of the grammar."""
    file = VECTORS / "xpath-checks.json"
    texts = [
        "if(selected(/data/b, 'yes') and ../x > 1, concat('a', \"b\"), -3.5 mod 2)",
        "instance('l')/root/item[name = current()/../x][1]/label | /data/row[position() = last()]/y",
        "sum(/data/row/x) div count(//x) = round(.5, 1) or not(true())",
        "format-date(today() + 7, '%Y-%m') != '' and regex(., '([a-z]+ ?)+')",
        "indexed-repeat(/data/row/x, /data/row, 2) >= coalesce(${a}, 'x') and @id = child::*",
        "substr('abc', 1, -1) and digest('a', 'MD5') or ancestor-or-self::node()/preceding-sibling::row",
    ]
    if file.is_file():
        texts += sorted({check["expr"] for check in json.loads(file.read_text(encoding="utf-8"))["checks"]})
    return [text.encode() for text in texts]


# ---- forms -----------------------------------------------------------------------------------------------


def form(content: bytes) -> None:
    """Read a form, fill it in, look at all of it, and send it."""
    try:
        read = read_form(content)
    except FormFault as fault:
        if not fault.problems:
            raise AssertionError("refused without a reason") from fault
        return
    session = Session(read, clock=CLOCK, randomness=CountedBytes())
    _look(session)
    for number, question in enumerate(list(islice(session.all_questions(), _MOST_QUESTIONS))):
        if _is_there(session, question.ref):  # an answer may have taken its row away
            session.set_value(question.ref, _ANSWERS[number % len(_ANSWERS)])
    for item in session.page_tree():
        if isinstance(item, RepeatItem) and not item.fixed:
            session.remove_row(session.add_row(item.ref))
    _look(session)
    session.faults()
    parse_xml(session.submission().content)


def _is_there(session: Session, ref: str) -> bool:
    try:
        session.node(ref)
    except ProgramFault:
        return False
    return True


def _look(session: Session) -> None:
    for tag in (*session.form.languages[:2], None):
        session.set_language(tag)
        for question in islice(session.all_questions(), _MOST_QUESTIONS):
            _paint(session, question, tag)


def _paint(session: Session, question: QuestionItem, tag: str | None) -> None:
    session.label(question.ref, tag)
    session.hint(question.ref, tag)
    session.choices(question.ref, tag)
    session.constraint_message(question.ref, tag)


def form_seeds() -> list[bytes]:
    """Small forms of the recorded scenarios where they are, and a form that has most of what a form can have."""
    found = [_FORM]
    file = VECTORS / "scenario-traces.json.gz"
    if file.is_file():
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            found += sorted({trace["form"].encode() for trace in json.load(stream)}, key=len)[:_MOST_SEEDS]
    return found


_FORM = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>T</h:title><model>
<itext><translation lang="en" default="true()"><text id="a:label"><value>A <output value="/data/b"/></value>
<value form="image">jr://images/a.png</value></text></translation><translation lang="fr"><text id="a:label">
<value>-</value></text></translation></itext>
<instance><data id="t" version="1"><a/><b>2</b><row jr:template=""><x/><y/></row><pick/><many/>
<meta><instanceID/></meta></data></instance>
<instance id="l"><root><item><name>p</name><label>P</label><of>1</of></item><item><name>q</name><label>Q</label>
<of>2</of></item></root></instance>
<bind nodeset="/data/a" type="int" constraint=". &gt; 0 and . &lt; 9" jr:constraintMsg="no" required="true()"/>
<bind nodeset="/data/b" type="decimal" readonly="/data/a = 3"/>
<bind nodeset="/data/row" relevant="/data/a != 2"/><bind nodeset="/data/row/y" calculate="../x * position(..)"/>
<bind nodeset="/data/meta/instanceID" jr:preload="uid"/>
<setvalue event="odk-instance-first-load" ref="/data/b" value="1 + 1"/></model></h:head><h:body>
<input ref="/data/a"><label ref="jr:itext('a:label')"/><hint>h</hint></input><range ref="/data/b" start="1" end="5"
 step="1"/><group ref="/data/row"><label>R</label><repeat nodeset="/data/row" jr:count="/data/a">
<input ref="/data/row/x"/><setvalue event="odk-new-repeat" ref="/data/row/x" value="position(..)"/></repeat></group>
<select1 ref="/data/pick"><itemset nodeset="instance('l')/root/item[of = /data/a]"><value ref="name"/>
<label ref="label"/></itemset></select1><select ref="/data/many" appearance="minimal search('l')">
<item><label>a</label><value>a</value></item></select></h:body></h:html>"""

# ---- mutations that know what they mutate ---------------------------------------------------------------


def mutated_form(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """A neighbour of a form: mostly still XML, sometimes only bytes."""
    made = _mutated_tree(content, other, chance) if chance.random() < 0.7 else None
    return made if made is not None else _PLAIN(content, other, chance)


_WORDS = [
    *(
        "and",
        " or ",
        " div ",
        " mod ",
        "*",
        "//",
        "..",
        "/",
        ".",
        "@",
        "[",
        "]",
        "(",
        ")",
        "-",
        "|",
        "!=",
        "::",
    ),
    *("'", '"', "0", "1e9", "-1", "999999999999", "position()", "last()", "current()", "/data/row", "true()"),
    *(
        "../x",
        "node()",
        "text()",
        "instance('l')",
        "once(",
        "count(",
        "regex(",
        "randomize(",
        "uuid()",
        ",",
        "${a}",
    ),
    *("\u0660", "\u200f", "\x00", "\ud7ff", "jr:itext(", "date(", "self::node()", "(a+)+$"),
]


_BYTES = [word.encode("utf-8", "surrogatepass") for word in _WORDS]
_PLAIN = of_bytes(_BYTES)


def _mutated_tree(content: bytes, other: bytes, chance: random.Random) -> bytes | None:
    """One or two changes to the elements and attributes of a form, so that it stays XML."""
    trees = [_tree(content), _tree(other)]
    if trees[0] is None:
        return None
    mine, theirs = list(trees[0].iter("*")), list(trees[-1].iter("*")) if trees[-1] is not None else []
    for _ in range(1 + chance.randrange(3)):
        _change(chance.choice(mine), mine, theirs, chance)
    return etree.tostring(trees[0])


def _tree(content: bytes) -> "etree._Element | None":
    try:
        return parse_xml(content)
    except FormFault:
        return None


def _change(
    element: "etree._Element",
    mine: "list[etree._Element]",
    theirs: "list[etree._Element]",
    chance: random.Random,
) -> None:
    parent = element.getparent()
    keys = list(element.attrib)
    match chance.randrange(7):
        case 0 if parent is not None:
            parent.remove(element)
        case 1 if parent is not None and len(element) < 20:
            parent.append(copy.deepcopy(element))
        case 2 if theirs:
            donor = chance.choice(theirs)
            element.append(copy.deepcopy(donor if len(donor) < _MOST_COPIED else donor[0]))
        case 3 if keys:
            del element.attrib[chance.choice(keys)]
        case 4 if keys:
            key = chance.choice(keys)
            value = changed(str(element.attrib[key]).encode(), b"/data/row/x + 1", chance, _BYTES)
            element.set(key, _clean(value))
        case 5:
            donor = chance.choice([*mine, *theirs])
            for name, held in list(donor.attrib.items())[:2]:
                element.set(name, held)
        case _:
            element.text = _clean(
                changed((element.text or "").encode(), b"yes 12 2026-01-01", chance, _BYTES)
            )


def _clean(content: bytes) -> str:
    text = content.decode("utf-8", "ignore")
    return "".join(
        letter
        for letter in text
        if letter >= " " and not "\ud800" <= letter <= "\udfff" and letter < "\ufffe"
    )


TARGETS = {
    "expressions": Target(expression, expression_seeds, _PLAIN, 400),
    "reader": Target(form, form_seeds, mutated_form, 12_000),
}
