"""`survey forward` sends what waits, once."""

import pytest
from click.testing import CliRunner

from fieldkit.cli import surveys
from fieldkit.cli.program import program
from fieldkit.services.vault import OpenVault
from tests.services.test_forwarding import survey
from tests.sync.openrosa_server import form_server


def test_what_waits_is_listed_sent_and_not_sent_again(
    post: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, name = survey(post)
    monkeypatch.setattr(surveys, "signed_in", lambda: post)
    monkeypatch.setattr(post, "close", lambda: None)
    with form_server() as server:
        said = [
            CliRunner().invoke(program, ["survey", "forward", server.address, *more]).output
            for more in (["--dry"], [], [])
        ]
        assert said[0] == f"small 2026-03-02 {name}: waits\n"
        assert said[1] == f"small 2026-03-02 {name}: sent\n"
        assert said[2] == ""
        assert list(server.xml) == [name] and server.wrong == []
