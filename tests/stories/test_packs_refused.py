"""A content pack that cannot be used is refused: at headquarters already, or by the post that looks at it.

Keys, phrases, forms and offices are invented.
"""

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from fieldkit.content.packs import MANIFEST, Manifest
from fieldkit.domain.errors import FieldkitError
from fieldkit.files import resources
from fieldkit.services import (
    enrolment,
    packs,
)
from fieldkit.services.vault import OpenVault
from fieldkit.storage.errors import DatabaseFault
from tests.stories import offices
from tests.stories.desks import Desks
from tests.stories.offices import Office
from tests.stories.packs import (
    ROLES,
    SERVICES,
    Makers,
    everything,
    makers,
    phrases_cost_little,
    post,
    refusal,
    source,
)

__all__ = ["makers", "phrases_cost_little", "post", "source"]


def test_a_post_that_compared_no_words_takes_nothing(makers: Makers, source: Path, tmp_path: Path) -> None:
    folder = makers.signed(makers.laid_out(source), 0, 1)
    vault = offices.open_post(tmp_path / "alone", "Alone post (invented)", training=False)
    try:
        assert refusal(vault, folder) == "pack.no_office"
    finally:
        vault.close()


def test_a_pack_of_another_office_is_refused(
    makers: Makers, source: Path, desks: Desks, other_office: Office, tmp_path: Path
) -> None:
    vault = offices.open_post(tmp_path / "theirs", "Their post (invented)", training=True)
    try:
        enrolment.trust_office(vault, enrolment.office_file(other_office.vault).content)
        assert refusal(vault, makers.signed(makers.laid_out(source), 0, 1)) == "pack.other_office"
    finally:
        vault.close()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("codebook/rules.csv", "rule,category\n", "content.columns"),
        ("forms/roles.csv", ROLES.replace("counsellor", "nobody"), "content.unknown_name"),
        ("forms/roles.csv", ROLES + "unknown_form,protection,counsellor,,\n", "pack.form_refused"),
        ("forms/roles.csv", ROLES.partition("\n")[0] + "\n", "pack.form_without_roles"),
        ("forms/water_points.xlsx", "no form", "pack.form_refused"),
        (
            "leaflets/inserts.csv",
            "insert,language,text,reviewed_by,reviewed_on\nstay,en,You may stay.,,\n",
            "content.empty_cell",
        ),
        ("programs/run.exe", "MZ", "pack.unknown_file"),
    ],
)
def test_what_cannot_be_used_is_refused_at_headquarters_already(
    makers: Makers, source: Path, name: str, content: str, code: str
) -> None:
    (source / name).parent.mkdir(exist_ok=True)
    (source / name).write_text(content, encoding="utf-8")
    with pytest.raises(FieldkitError) as caught:
        makers.laid_out(source)
    assert caught.value.code == code


def test_a_rule_that_cannot_be_evaluated_is_refused(makers: Makers, source: Path) -> None:
    rules = (source / "codebook" / "rules.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    name = next(iter(makers.vault.codebook.facts))
    first = rules[1].split(",")
    (source / "codebook" / "rules.csv").write_text(
        rules[0] + rules[1].replace(first[0], "X9", 1).replace(first[2], f"${{{name}}} = = 'x'", 1),
        encoding="utf-8",
    )
    with pytest.raises(FieldkitError) as caught:
        makers.laid_out(source)
    assert caught.value.code in ("pack.rule_refused", "content.broken_expression", "content.row_length")


WITHOUT_FEAR = "X-1,C23,\"selected(${journey_means}, 'sea')\",By sea.,,,,,"


@pytest.mark.parametrize(
    ("file", "line", "instead", "what"),
    [
        ("codebook/rules.csv", "C01-1,", WITHOUT_FEAR, "fear_return perhaps"),
        ("codebook/rules.csv", "C06-1,", WITHOUT_FEAR, "urgent_child_alone yes"),
        ("codebook/rules.csv", "C04-1,", WITHOUT_FEAR, "control_signs papers_kept"),
        ("codebook/facts.csv", "harm,", "harm,choices,harm,,route,,ordinary", "harm"),
        ("codebook/facts.csv", "reasons,", "reasons,choices,reasons,,route,,personal", "reasons"),
        ("codebook/categories.csv", "C06,", "C06,Child alone,refer_to,legal_help,Call a lawyer.", "C06"),
        ("forms/roles.csv", "trafficking_full,", "trafficking_full,protection,officer,,", "trafficking_full"),
        ("forms/roles.csv", "screening,", "screening,post,officer,,", "screening"),
        ("forms/training.csv", "violence,", "women_safety,trafficking", "violence"),
    ],
)
def test_no_pack_takes_away_what_protects_people(file: str, line: str, instead: str, what: str) -> None:
    """Neither two signatures nor three make fear unheard, open what is sealed or send a talk home as a sheet."""
    shipped = (resources() / file).read_text(encoding="utf-8").splitlines()
    table = "\n".join(instead if one.startswith(line) else one for one in shipped)
    manifest = Manifest("ab" * 16, 1, "Spring content", date(2026, 3, 1), date(2026, 3, 1)).to_bytes()
    with pytest.raises(FieldkitError) as caught:
        packs.check_files({MANIFEST: manifest, file: table.encode()})
    told = {"file": file.rpartition("/")[2], "value": what}
    assert (caught.value.code, dict(caught.value.data)) == ("pack.takes_away", told)


def test_a_hidden_address_never_travels_in_a_pack(makers: Makers, source: Path) -> None:
    (source / "directory").mkdir()
    (source / "directory" / "services.csv").write_text(
        SERVICES.replace(",no,+44", ",yes,+44"), encoding="utf-8"
    )
    with pytest.raises(FieldkitError) as caught:
        makers.laid_out(source)
    assert caught.value.code == "pack.unsound"


def test_links_on_the_stick_are_not_followed(
    makers: Makers, post: OpenVault, source: Path, tmp_path: Path
) -> None:
    folder = makers.signed(makers.laid_out(source), 0, 1)
    target = next((folder / "targets").iterdir())
    (tmp_path / "elsewhere").write_bytes(target.read_bytes())
    target.unlink()
    target.symlink_to(tmp_path / "elsewhere")
    assert refusal(post, folder) == "pack.link"


def test_bytes_changed_anywhere_in_the_folder_are_never_taken(
    makers: Makers, post: OpenVault, source: Path, tmp_path: Path
) -> None:
    folder = makers.signed(makers.laid_out(source), 0, 1)
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    before, draw = everything(post), random.Random(4)
    for turn in range(60):
        name = paths[turn % len(paths)]
        content = bytearray((folder / name).read_bytes())
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        changed = tmp_path / "changed"
        shutil.copytree(folder, changed)
        (changed / name).write_bytes(content)
        with pytest.raises(FieldkitError):
            packs.accept(post, changed)
        shutil.rmtree(changed)
    assert everything(post) == before
    assert packs.accept(post, folder).number == 1, "the control: unchanged, it is taken"


def test_a_disk_that_fails_in_the_middle_keeps_nothing(
    makers: Makers, post: OpenVault, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = makers.signed(makers.laid_out(source), 0, 1)

    def full(*_: object, **__: object) -> None:
        raise DatabaseFault("vault.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(post.journal, "append", full)
        assert refusal(post, folder) == "vault.disk_full"
    assert packs.accept(post, folder).number == 1


def test_a_pack_this_version_cannot_read_any_more_locks_nobody_out(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    files = dict(post.packs.files(1))
    post.packs.keep_files(1, {**files, "codebook/rules.csv": b"columns,of,another,version\n"})
    post.content_changed()
    assert post.rules.rules, "the shipped content serves"
    fault = packs.state(post).fault
    assert fault is not None and fault.code == "content.columns"
