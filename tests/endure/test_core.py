"""What a protocol's figures are judged by, and what its command prints."""

import importlib
import json
import random

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks.endure import core, trace
from benchmarks.endure.core import Figures


def test_a_protocol_passes_when_nothing_is_lost_and_its_control_is() -> None:
    assert core.passes({"lost": 0, "kills": 7, "control_failed": True})


def test_a_protocol_whose_control_is_not_found_wrong_proves_nothing() -> None:
    assert not core.passes({"lost": 0, "control_failed": False})
    assert not core.passes({"lost": 0})


@pytest.mark.parametrize("figure", core.ZERO)
def test_one_of_what_must_not_be_is_enough_to_fail(figure: str) -> None:
    assert not core.passes({figure: 1, "control_failed": True})


def test_the_last_line_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    def protocol(n: int, rng: random.Random) -> Figures:
        return {"lost": n - 5, "control_failed": True}

    assert core.main(["--n", "5"], "kill", 300, protocol) == core.PASSED
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (last["name"], last["n"], last["lost"], last["control_failed"]) == ("kill", 5, 0, True)
    assert core.main(["--n", "6"], "kill", 300, protocol) == core.FAILED


def test_what_a_machine_lacks_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    def protocol(n: int, rng: random.Random) -> Figures:
        raise core.CannotRun("There is no strace here.")

    assert core.main([], "power", 9, protocol) == core.CANNOT
    assert "no strace" in capsys.readouterr().err


PROTOCOLS = [
    module for name, module in benchmarks.HARNESSES.items() if module.startswith("benchmarks.endure.")
]


def test_the_protocols_of_the_table_are_there() -> None:
    crashes, strangers = ["full", "kill", "power"], ["header", "journal", "mutate"]
    traces, histories = ["lock", "purge", "traces"], ["clock", "merge"]
    expected = sorted([*crashes, *strangers, *traces, *histories])
    assert sorted(module.rpartition(".")[2] for module in PROTOCOLS) == expected


@pytest.mark.parametrize("module", PROTOCOLS)
def test_a_protocol_says_its_command_and_its_control(module: str) -> None:
    protocol = importlib.import_module(module)
    name = module.rpartition(".")[2]
    assert name == protocol.NAME
    said = protocol.__doc__ or ""
    assert f"run.py endure {name} [--n {protocol.USUAL}] [--json]" in said
    assert "Control" in said


def test_a_call_that_another_thread_cut_in_two_is_one_call() -> None:
    told = [
        '7 write(3</a>, "\\x61" <unfinished ...>\n',
        "8 fsync(4</b>) = 0\n",
        "7 <... write resumed>) = 1\n",
    ]
    assert list(trace.whole(told)) == ["8 fsync(4</b>) = 0\n", '7 write(3</a>, "\\x61") = 1\n']
