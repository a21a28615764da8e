"""Small XForms for tests: an instance, binds and a body around them; and sessions on a clock that stands still."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from benchmarks.recordings import CountedBytes, FixedClock
from fieldkit.forms.reader import read_form
from fieldkit.forms.session import Session

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=timezone(timedelta(hours=3)))
_HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"'
    ' xmlns:odk="http://www.opendatakit.org/xforms" xmlns:fk="https://fieldkit.org/xforms">'
)


def xform(instance: str, binds: str = "", body: str = "", model: str = "") -> bytes:
    """An XForm whose instance is `<data id="t" version="1">…</data>`."""
    page = (
        f"{_HEAD}<h:head><h:title>Test</h:title><model>"
        f'<instance><data id="t" version="1">{instance}</data></instance>{model}{binds}</model></h:head>'
        f"<h:body>{body}</h:body></h:html>"
    )
    return page.encode()


def bind(path: str, **attributes: str) -> str:
    """A bind; `type_`, `relevant`, … as attributes, a trailing underscore dropped, `__` for a colon."""
    written = "".join(
        f' {name.rstrip("_").replace("__", ":")}="{_escaped(value)}"' for name, value in attributes.items()
    )
    return f'<bind nodeset="{path}"{written}/>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def inputs(*paths: str) -> str:
    """Input controls."""
    return "".join(f'<input ref="{path}"><label>{path}</label></input>' for path in paths)


def start(content: bytes, resources: Mapping[str, bytes] | None = None, **properties: str) -> Session:
    """A session on an XForm, at noon."""
    form = read_form(content, resources)
    return Session(form, clock=FixedClock(NOON), randomness=CountedBytes(), properties=properties)
