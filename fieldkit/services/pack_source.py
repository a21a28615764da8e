"""Reads the folder from which headquarters makes a pack: tables, forms as people write them, leaflets.

A form may lie there as XLSForm (`forms/id.xlsx`) or XForm (`forms/id.xml`), with its files in `forms/id/`. It is
converted and checked here, so that a post needs no converter, and gets its review marks: without a file of
marks every text in another language than English is a draft.
"""

import json
import os
from pathlib import Path

from fieldkit.content import regions
from fieldkit.content.packs import MANIFEST, TRUST_LIST
from fieldkit.domain.access import Action
from fieldkit.domain.errors import DeviceFault
from fieldkit.files import read_bounded, resources, write_whole
from fieldkit.forms.review_marks import EVERY
from fieldkit.services.administer import check_form
from fieldkit.services.errors import ContentRefused, DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.sync.packs import layout
from fieldkit.sync.packs.faults import PackFault

FORMS = "forms"
_WRITTEN = (".xlsx", ".xml")


def gather(folder: Path) -> dict[str, bytes]:
    """Every file of a pack by its name in it.

    Raises ContentRefused `pack.no_content`, `pack.form_refused`; PackFault `pack.link`, `pack.too_large`;
    DeviceFault `pack.unreadable`.
    """
    try:
        files = _read_all(folder)
    except OSError as error:
        raise DeviceFault("pack.unreadable") from error
    for own in (MANIFEST, TRUST_LIST):
        files.pop(own, None)
    if not files:
        raise ContentRefused("pack.no_content")
    for name in [one for one in files if one.startswith(f"{FORMS}/") and one.count("/") == 1]:
        if name.endswith(_WRITTEN):
            files.update(_form(name, files.pop(name), files))
    return files


def begin_from(vault: OpenVault, region: str, folder: Path) -> tuple[str, ...]:
    """Write a region that comes with the program into an empty folder, to be changed and made a pack of; the names
    of its files. The invented directory stays behind (`protection.md` 10).

    Raises PersonFault `access.not_allowed`; DeskFault `region.unknown`, `region.folder_not_empty`; DeviceFault
    `pack.unwritable`.
    """
    vault.demand(Action.CERTIFY)
    if region not in regions.shipped_ids(resources()):
        raise DeskFault("region.unknown")
    try:
        if folder.exists() and any(folder.iterdir()):
            raise DeskFault("region.folder_not_empty")
        files = regions.as_pack(resources(), region)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name, content)
    except OSError as error:
        raise DeviceFault("pack.unwritable") from error
    return tuple(files)


def _read_all(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(one for one in names if not one.startswith(".")):
            path = Path(place) / name
            relative = path.relative_to(folder).as_posix()
            if path.is_symlink():
                raise PackFault("pack.link", file=relative)
            content = read_bounded(path, layout.MAX_FILE)
            if content is None or len(found) >= layout.MAX_FILES:
                raise PackFault("pack.too_large", limit=layout.MAX_FILE)
            found[relative] = content
    return found


def _form(name: str, content: bytes, files: dict[str, bytes]) -> dict[str, bytes]:
    """The XForm and the review marks of a form, however it was written."""
    written = name.removeprefix(f"{FORMS}/")
    stem = written.rpartition(".")[0]
    prefix = f"{FORMS}/{stem}/"
    beside = {one.removeprefix(prefix): held for one, held in files.items() if one.startswith(prefix)}
    report = check_form(content, written, beside)
    if report.xform is None or report.form_id != stem or not report.version:
        raise ContentRefused("pack.form_refused", file=written)
    marks = {
        "critical": [],
        "draft": {tag: [EVERY] for tag in report.languages},
        "form": report.form_id,
        "languages": list(report.languages),
        "lists": {},
        "missing": {},
        "titles": {(report.languages or ("en",))[0]: report.title or report.form_id},
        "version": report.version,
    }
    made = {f"{FORMS}/{stem}.xml": report.xform}
    made.update({f"{FORMS}/{stem}/{list_name}": held for list_name, held in report.resources.items()})
    if f"{FORMS}/{stem}.drafts.json" not in files:
        made[f"{FORMS}/{stem}.drafts.json"] = json.dumps(marks, sort_keys=True).encode()
    return made
