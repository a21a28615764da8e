"""What a form declares besides questions: entities it makes, an audit it asks for, its instance's name."""

from lxml import etree

from fieldkit.forms.authoring import convert_xlsform
from fieldkit.forms.session import Session
from tests.forms.xforms import start

_SHEETS = """
| survey |
| | type | name | label | save_to | parameters | default |
| | text | name | Name | full_name | | |
| | integer | age | Age | age | | |
| | audit | audit | | | track-changes=true identify-user=true | |
| | begin repeat | child | Children | | | |
| | text | who | Who | | | concat(${name}, ' ', position(..)) |
| | end repeat | | | | | |
| entities |
| | list_name | label | create_if |
| | people | concat(${name}, ', ', ${age}) | ${age} > 17 |
| settings |
| | form_id | instance_name |
| | made | concat(${name}, '!') |
"""


def _answered(age: str) -> tuple[Session, "etree._Element"]:
    made = convert_xlsform(_SHEETS.encode(), "made.md")
    session = start(made.xform, made.resources)
    session.set_value("/data/name", "Ada")
    session.set_value("/data/age", age)
    session.add_row("/data/child")
    return session, etree.fromstring(session.submission().content)


def test_an_entity_is_made_when_its_condition_holds() -> None:
    session, root = _answered("40")
    entity = root.find(".//{*}entity")
    assert entity is not None
    assert (entity.get("dataset"), entity.get("create")) in (("people", "1"), ("people", "true"))
    assert len(entity.get("id", "")) == len("00000000-0000-4000-8000-000000000000")
    assert entity.findtext("{*}label") == "Ada, 40"
    assert session.form.unsupported == ()
    _, young = _answered("7")
    declined = young.find(".//{*}entity")
    assert declined is not None
    assert declined.get("create") not in ("1", "true")


def test_an_audit_has_its_place_and_the_instance_its_name() -> None:
    _, root = _answered("40")
    assert root.find(".//{*}audit") is not None
    assert root.findtext(".//{*}instanceName") == "Ada!"
    assert root.findtext(".//{*}instanceID", "").startswith("uuid:")


def test_defaults_of_new_rows_are_computed_where_they_stand() -> None:
    session, _ = _answered("40")
    assert session.value("/data/child[2]/who") == "Ada 2"
