"""Forms from outside: checked, told what is wrong, and kept as surveys (`protection.md` 13).

1. A form with an error is refused and changes nothing.
2. A form never takes the place of a built-in one, and never becomes a protection form by its own word.
3. Its pictures, sounds and films lie in the vault beside it; its entry lists them by name, size and digest. They
   do not travel.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fieldkit.content.form_roles import FormKind
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ports import JsonObject
from fieldkit.forms.checks import Report, form_check
from fieldkit.forms.repaired import Repaired
from fieldkit.forms.repaired import repair_form as repaired_form
from fieldkit.services.errors import ContentRefused
from fieldkit.services.form_files import files_beside
from fieldkit.services.forms_held import FORM, accesses
from fieldkit.services.media_types import medium_of
from fieldkit.services.vault import OpenVault
from fieldkit.storage.attachments import Attachment, form_holder

__all__ = ["check_form", "files_beside", "install_form", "repair_form"]


def check_form(content: bytes, name: str, beside: Mapping[str, bytes] | None = None) -> Report:
    """What a form from outside would be, and everything that is wrong with it; nothing is kept."""
    return _with_named_lists(form_check(content, name, beside))


def repair_form(content: bytes, name: str, beside: Mapping[str, bytes] | None = None) -> Repaired:
    """A repaired copy of a form from outside, what was changed, and its check; nothing is kept.

    Raises FormFault when it is no spreadsheet that can be read.
    """
    repaired = repaired_form(content, name, beside)
    return replace(repaired, report=_with_named_lists(repaired.report))


def _with_named_lists(report: Report) -> Report:
    """Of the files that lay beside a form only those it names are its lists; the others stay where they are."""
    if report.xform is None:
        return report
    named = {file: data for file, data in report.resources.items() if f"/{file}".encode() in report.xform}
    return replace(report, resources=named)


def install_form(
    vault: OpenVault,
    content: bytes,
    name: str,
    beside: Mapping[str, bytes] | None = None,
    media: Mapping[str, bytes] | None = None,
) -> Report:
    """Check a form and offer it as a survey from now on, with the `media` that come with it (rule 3).

    A form that is refused comes back as a report with errors; nothing changed. Raises ContentRefused
    `form.built_in_id`; PersonFault `access.not_allowed`.
    """
    vault.demand(Action.IMPORT_FORM)
    report = check_form(content, name, beside)
    if report.xform is None:
        return report
    if report.form_id in accesses(vault):
        raise ContentRefused("form.built_in_id", form=report.form_id)
    with vault.database.transaction():
        kept = _keep_media(vault, form_holder(report.form_id, report.version), media or {})
        vault.journal.append(
            actor=vault.person.id,
            subject=subject(FORM, report.form_id),
            kind="form.installed",
            payload=_installed(report, kept),
        )
    return report


def _installed(report: Report, media: Sequence[Attachment]) -> JsonObject:
    assert report.xform is not None, "only a form that can be used is installed"
    listed: list[JsonObject] = [
        {"name": one.name, "type": one.media_type, "size": one.size, "sha256": one.digest} for one in media
    ]
    return {
        "form": report.form_id,
        "version": report.version,
        "title": {(report.languages or ("en",))[0]: report.title or report.form_id},
        "languages": list(report.languages),
        "kind": FormKind.SURVEY.value,
        "xform": report.xform.decode("utf-8"),
        "resources": {held: data.decode("utf-8", "replace") for held, data in report.resources.items()},
        **({"media": listed} if listed else {}),
    }


def _keep_media(vault: OpenVault, holder: str, media: Mapping[str, bytes]) -> tuple[Attachment, ...]:
    vault.attachments.drop(holder, [one.name for one in vault.attachments.of(holder)])
    return tuple(
        vault.attachments.put(holder, name, content, media_type=medium_of(content, name).media_type)
        for name, content in media.items()
    )
