"""`run.py conformance` on recordings it has never seen: it counts, explains, and breaks on nothing."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import conformance
from tests.forms.xforms import bind, inputs, xform

_CHECK = {
    "src": "s",
    "ctx": [0],
    "doc": 0,
    "xforms": True,
    "lang": None,
    "now": "2026-11-21T02:10:27.000Z",
    "tz": "America/Phoenix",
}
_FORM = xform("<a/><b/>", bind("/data/b", calculate="/data/a + 1"), inputs("/data/a")).decode()


def _state(a: str, b: str) -> dict[str, Any]:
    common = {"rel": True, "req": False, "ro": False}
    return {
        "/data": common,
        "/data/a": {**common, "v": a, "cv": True, "rv": True},
        "/data/b": {**common, "v": b},
        "/data/orx:meta": common,
        "/data/orx:meta/orx:instanceID": common,
    }


def _scenario(title: str, steps: list[dict[str, Any]], form: str = _FORM, **more: Any) -> dict[str, Any]:
    return {
        **{
            "suite": "x.test.ts",
            "title": title,
            "now": "2026-11-21T02:15:13.886Z",
            "form": form,
            "steps": steps,
        },
        **{"resources": {}, "edit": False, "expectedFail": False, "init_state": _state("", "")},
        **more,
    }


def _run(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any], str]:
    code = conformance.main(["--vectors", str(folder), *words])
    said = capsys.readouterr().out
    return code, json.loads(said.strip().splitlines()[-1]), said


def _write(folder: Path, checks: list[dict[str, Any]], scenarios: list[dict[str, Any]]) -> None:
    documents = ["<data><a>1</a></data>"]
    (folder / "xpath-checks.json").write_text(json.dumps({"docs": documents, "checks": checks}))
    with gzip.open(folder / "scenario-traces.json.gz", "wt", encoding="utf-8") as stream:
        json.dump(scenarios, stream)


def test_it_counts_what_passes_and_explains_what_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checks: list[dict[str, Any]] = [
        {**_CHECK, "id": "one", "expr": "a + 1", "kind": "number", "expected": 2},
        {**_CHECK, "id": "two", "expr": "0 div 0", "kind": "number", "expected": "NaN"},
        {**_CHECK, "id": "three", "expr": "nothing(", "kind": "throws", "expected": None},
        {**_CHECK, "id": "four", "expr": "nothing(", "kind": "string", "expected": "x"},
        {**_CHECK, "id": "five", "expr": "a", "kind": "a kind of tomorrow", "expected": {"new": 1}},
        {**_CHECK, "id": "six", "expr": "a", "kind": "string", "expected": "1", "doc": 7},
        {"id": "seven"},
    ]
    answer = {"op": "answer", "ref": "/data/a", "raw": 4, "value": "4", "changed": {}}
    answer["changed"] = {key: value for key, value in _state("4", "5").items() if key[-2:] in ("/a", "/b")}
    scenarios = [
        _scenario("passes", [answer]),
        _scenario("differs", [{**answer, "raw": "7"}]),
        _scenario("unknown", [{"op": "teleport", "changed": {}}]),
        _scenario("refused", [], form="<a/>"),
        _scenario("not drivable", [], edit=True),
        {"title": "empty"},
    ]
    _write(tmp_path, checks, scenarios)
    code, report, said = _run(tmp_path, capsys, "--failures")
    assert code == 0
    assert report == {
        "xpath": {"passed": 3, "total": 7},
        "scenario": {"passed": 1, "total": 5, "skipped": 1},
    }
    for word in (
        "four",
        "a kind of tomorrow",
        "differs",
        "step 0: answer /data/a",
        "teleport",
        "expected",
        "got",
    ):
        assert word in said


def test_a_folder_with_half_or_none_of_the_recordings_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report, _ = _run(tmp_path, capsys)
    assert (code, report["xpath"]) == (2, {"passed": 0, "total": 0})
    check = {**_CHECK, "id": 1, "expr": "a", "kind": "string", "expected": "1"}
    (tmp_path / "xpath-checks.json").write_text(
        json.dumps({"docs": ["<data><a>1</a></data>"], "checks": [check]})
    )
    code, report, _ = _run(tmp_path, capsys)
    assert (code, report["xpath"], report["scenario"]["total"]) == (0, {"passed": 1, "total": 1}, 0)
