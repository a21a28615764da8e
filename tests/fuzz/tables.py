"""Workbooks, tables, catalogues, scripts, pictures, marks: what people choose from their own disks and sticks."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldkit.content.tables import parse_table
from fieldkit.domain.errors import ForeignFault, PersonFault
from fieldkit.files import resources, translations
from fieldkit.forms import markdown_tables
from fieldkit.forms.problems import FormFault
from fieldkit.forms.scripted_reading import read_script
from fieldkit.forms.secondary import is_readable, read_list
from fieldkit.forms.workbook import measure_workbook, read_workbook
from fieldkit.languages import partly
from fieldkit.languages.gettext_files import read_catalogue
from fieldkit.languages.names import skeleton
from fieldkit.services.media_types import medium_of
from fieldkit.services.pictures import stripped
from tests.forms.xlsforms import xlsx
from tests.fuzz.inputs import Run, Target, of_bytes
from tests.services.samples import mp4, picture, sound

_WORDS = (
    b",",
    b";",
    b'"',
    b"\r",
    b"\n",
    b"\0",
    b"\xff\xfe",
    b"|",
    b"PK\x03\x04",
    b"msgid",
    b'""',
    b"\xff\xd9",
    b"IDAT",
)
_COLUMNS = ("name", "label", "when")


def refused_or_read(run: Callable[[bytes], object]) -> Run:
    """`run` where a refusal with a code is an answer too."""

    def both(content: bytes) -> None:
        try:
            run(content)
        except (ForeignFault, PersonFault, FormFault):
            return

    return both


def workbook(content: bytes) -> None:
    """A workbook as an author sends it: measured first, then read."""
    measure_workbook(content)
    read_workbook(content)


def table(content: bytes) -> None:
    """A table of content, as a pack brings it."""
    parse_table(content.decode("utf-8", "replace"), "table.csv", _COLUMNS, ("name",))


def lists(content: bytes) -> None:
    """A file of choices beside a form: read, or an empty list; never more than that."""
    for name in ("list.csv", "list.xml", "list.geojson"):
        read_list(name, content)
        is_readable(name, content)


def catalogue(content: bytes) -> None:
    """A catalogue of translations, as a pack brings it."""
    with TemporaryDirectory(dir=_memory()) as folder:
        path = Path(folder) / "fr" / "interface.po"
        path.parent.mkdir()
        path.write_bytes(content)
        read_catalogue(path)


def medium(content: bytes) -> None:
    """A picture, sound or film: what it is, and only the picture of it."""
    medium_of(content, "name.csv")
    stripped(content)


def said(content: bytes) -> None:
    """What was said of a day, and a name, in any letters."""
    text = content.decode("utf-8", "replace")
    partly.read_said(text)
    skeleton(text)


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@cache
def _workbooks() -> list[bytes]:
    return [xlsx(), xlsx(choices=None, settings=None)]


def _script() -> list[bytes]:
    return [path.read_bytes() for path in sorted((resources() / "examples").glob("*.test.md"))]


def _markdown() -> list[bytes]:
    return [path.read_bytes()[:6000] for path in sorted((resources() / "forms").glob("*.md"))]


def _catalogue() -> list[bytes]:
    return [(translations() / "fr" / "forms.po").read_bytes()[:4000]]


def _lists() -> list[bytes]:
    place = b'"geometry": {"type": "Point", "coordinates": [1, 2]}'
    geo = b'{"features": [{"properties": {"id": "a", "title": "A"}, ' + place + b"}]}"
    return [b'name,label\na,A\nb,"B, or so"\n', b"<root><item><name>a</name></item></root>", geo]


TARGETS = {
    "workbooks": Target(refused_or_read(workbook), _workbooks, of_bytes(_WORDS)),
    "markdown": Target(refused_or_read(markdown_tables.parse), _markdown, of_bytes(_WORDS), 6000),
    "scripts": Target(
        refused_or_read(lambda content: read_script(content, "a.test.md")), _script, of_bytes(_WORDS)
    ),
    "tables": Target(refused_or_read(table), lambda: [b"name,label,when\na,A,x = 1\n"], of_bytes(_WORDS)),
    "lists": Target(lists, _lists, of_bytes(_WORDS)),
    "catalogues": Target(refused_or_read(catalogue), _catalogue, of_bytes(_WORDS), 4000),
    "media": Target(
        refused_or_read(medium), lambda: [picture("PNG"), picture("JPEG"), sound(), mp4()], of_bytes(_WORDS)
    ),
    "sayings": Target(
        said, lambda: [b"2009", b"age 17 on 2026-11-21", "محمد Zoë".encode()], of_bytes(_WORDS), 300
    ),
}
