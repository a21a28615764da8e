"""Every form that the program brings builds, with all its languages. That a process of its own converts to the same
bytes is told in `test_build_forms`.
"""

import json
from pathlib import Path

from lxml import etree

from fieldkit import files
from fieldkit.content import form_roles
from fieldkit.forms.build import build_forms


def test_the_built_in_forms_of_the_program_build(tmp_path: Path) -> None:
    forms, access = (
        build_forms(files.resources(), files.translations(), tmp_path),
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
