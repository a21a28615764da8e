"""The tour is the longest story: the real windows, from the first start to headquarters' figures."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from fieldkit.leaflets import pages
from fieldkit.ui.tour import desk
from fieldkit.ui.tour.report import REPORT

STEPS = 22
LEAFLETS = ("--leaflet", "en", "--leaflet", "ti", "--leaflet", "ar")
"""Other languages come out of the same page; the tour without this takes them all."""
_SCREEN = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")


@pytest.mark.picture
def test_the_tour_comes_to_its_end_and_leaves_what_it_promises(qapp: QApplication, tmp_path: Path) -> None:
    # As its command, where there is no screen and nobody chose a platform for Qt.
    screenless = {name: value for name, value in os.environ.items() if name not in _SCREEN}
    command = [sys.executable, "-m", "fieldkit", "tour", "--out", str(tmp_path), *LEAFLETS]
    ran = subprocess.run(command, env=screenless, capture_output=True, text=True, timeout=500, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert not ran.stderr, "nothing to complain about on the way"
    report = json.loads((tmp_path / REPORT).read_text(encoding="utf-8"))
    assert report["failed"] == ""
    assert len(report["steps"]) == STEPS
    assert report["cases_exported"] == report["cases_imported"] == 2, "the third person said no"
    assert set(report["inputs"]) == set(desk.LIMITS)
    assert all(count <= desk.LIMITS[path] for path, count in report["inputs"].items())
    assert "at most 40" in ran.stdout, "the counts are printed"
    assert {"en", "ti", "ar"} <= set(report["languages"])
    names = " ".join(path.name for path in tmp_path.rglob("*"))
    assert "Testperson" not in names + json.dumps(report), "nothing that was typed is in a name or the report"
    files = [file for step in report["steps"] for file in step["files"]]
    assert len(files) == len(set(files)) > 90
    for file in files:
        path = tmp_path / file
        if path.suffix == ".png":
            assert not QImage(str(path)).isNull(), file
        elif path.suffix == ".pdf":
            assert pages.page_count(path.read_bytes()) in (1, 2), file
        else:
            assert path.suffix == ".fkb"
            content = path.read_bytes()
            assert content.startswith(b"age-encryption.org/v1\n")
            assert b"Testperson" not in content
            assert b"Ras Nour" not in content
