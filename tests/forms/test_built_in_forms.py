"""Every form that the program brings builds, with all its languages. Set-up has converted them, each in a process
of its own (`test_build_forms`); here the tables are made again, and are the very ones that were converted.
"""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import etree

from fieldkit import files
from fieldkit.content import form_roles
from fieldkit.forms import build
from fieldkit.forms.form_texts import Source


def test_the_built_in_forms_of_the_program_build(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def converted(source: Source, content: bytes) -> SimpleNamespace:
        assert content == (built / "forms" / f"{source.id}.xlsx").read_bytes(), source.id
        return SimpleNamespace(xform=(built / "forms" / f"{source.id}.xml").read_bytes())

    monkeypatch.setattr(build, "_convert", converted)
    forms, access = (
        build.build_forms(files.resources(), files.translations(), tmp_path),
        form_roles.load(files.resources()),
    )
    assert "screening" in {form.id for form in forms}
    assert [form.left_out for form in forms] == [()] * len(forms)
    for form in forms:
        xform = etree.fromstring((tmp_path / f"{form.id}.xml").read_bytes())
        languages = xform.xpath("//*[local-name()='translation']/@lang")
        assert isinstance(languages, list)
        assert len(languages) == len(form.languages)
        marks = json.loads((tmp_path / f"{form.id}.drafts.json").read_bytes())
        # A form about the post or for paper has no sentence on which somebody's protection hangs.
        assert marks["critical"] or not access[form.id].kind.has_case, form.id
