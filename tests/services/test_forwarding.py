"""A finished survey goes to a form server on this computer, as the OpenRosa form submission API asks for."""

from dataclasses import replace

import pytest

from fieldkit.content import protocols
from fieldkit.content.protocols import Protocol
from fieldkit.domain.access import Role
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import administer, correcting, finished, forwarding, intake
from fieldkit.services.vault import OpenVault
from fieldkit.sync import openrosa
from fieldkit.sync.openrosa import File, Server
from tests.conftest import MakeVault
from tests.forms.xlsforms import Rows, xlsx
from tests.services.samples import picture as jpeg
from tests.stories.desks import only_as
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, led, screened
from tests.sync.openrosa_server import form_server
from tests.worlds import MORNING, CountedRandomness

SURVEY: Rows = (
    ("type", "name", "label", "bind::fk:recipient"),
    ("text", "word", "A word", ""),
    ("image", "view", "A picture", ""),
    ("select_one yes_no", "share", "May we share this?", "somebody"),
)


def survey(vault: OpenVault, *, share: str = "yes", picture: bool = True) -> tuple[str, str]:
    """A finished survey, with a picture as an answer; what it is kept under, and its name."""
    settings = (
        ("form_title", "form_id", "version", "namespaces"),
        ("Small form", "small", "1", 'fk="https://fieldkit.org/xforms"'),
    )
    report = administer.install_form(vault, xlsx(survey=SURVEY, settings=settings), "small.xlsx")
    assert report.xform is not None, report.problems
    interview = intake.begin(vault, "small", officer_language="en", person_language="en")
    interview.answer("/data/word", "Zürich & <so on>")
    if picture:
        interview.attach("/data/view", interview.uploads.prepared("/data/view", jpeg()))
    interview.answer("/data/share", share)
    name = intake.finish(vault, interview).instance_id
    return vault.queries.survey_subjects()[-1], name


NAMED = b"<a>one.bin</a><b>two.bin</b><c>three.bin</c>"
META = b'<meta xmlns="http://openrosa.org/xforms"><instanceID>uuid:1</instanceID></meta>'


def test_the_exact_bytes_and_the_picture_arrive_under_their_names(post: OpenVault) -> None:
    about, name = survey(post)
    one = finished.find(post, about, name)
    with form_server() as server:
        taken = forwarding.forward(post, about, name, Server(server.address))
        assert server.wrong == []
        assert taken.statuses == (201,)
        assert server.xml == {name: one.xml}
        ((file, content),) = server.files[name].items()
        assert file.encode() in one.xml
        assert content == post.attachments.content(f"submission/{name}", file)
        assert server.heads == 1


def test_what_is_longer_than_the_server_accepts_goes_in_several_requests(post: OpenVault) -> None:
    xml = b'<data id="t">' + NAMED + META + b"</data>"
    files = [File(f"{name}.bin", "application/octet-stream", bytes(1500)) for name in ("one", "two", "three")]
    with form_server(length=4096) as server:
        taken = openrosa.submit(
            Server(server.address), xml, files, now=MORNING, randomness=CountedRandomness()
        )
        assert server.wrong == []
        assert len(taken.statuses) == len(server.requests) == 2
        assert max(server.requests) <= 4096
        assert set(server.files["uuid:1"]) == {"one.bin", "two.bin", "three.bin"}


def test_what_cannot_be_made_to_fit_is_not_sent_at_all(post: OpenVault) -> None:
    about, name = survey(post)
    with form_server(length=200) as server:
        with pytest.raises(FieldkitError, match=r"forward\.too_large"):
            forwarding.forward(post, about, name, Server(server.address))
        assert server.requests == []


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"status": 200}, "forward.not_openrosa"),
        ({"status": 201, "answer": b"<html>Sign in</html>"}, "forward.not_openrosa"),
        ({"status": 202, "answer": b"not xml"}, "forward.not_openrosa"),
        ({"status": 201, "answer": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}, "forward.not_openrosa"),
        ({"status": 302}, "forward.not_openrosa"),
        ({"status": 401}, "forward.unauthorised"),
        ({"status": 403}, "forward.unauthorised"),
        ({"status": 404}, "forward.no_form"),
        ({"status": 409}, "forward.duplicate"),
        ({"status": 413}, "forward.server_too_large"),
        ({"status": 422}, "forward.refused"),
        ({"status": 500}, "forward.server"),
        ({"head": 401}, "forward.unauthorised"),
    ],
)
def test_anything_but_201_or_202_with_an_openrosa_answer_is_no_success(
    post: OpenVault, settings: dict[str, object], code: str
) -> None:
    about, name = survey(post, picture=False)
    with form_server(**settings) as server, pytest.raises(FieldkitError) as fault:
        forwarding.forward(post, about, name, Server(server.address))
    assert fault.value.code == code
    assert forwarding.sent_to(post, about, name) == frozenset()


def test_what_was_taken_is_kept_as_an_entry_and_not_sent_twice_unless_asked(post: OpenVault) -> None:
    about, name = survey(post)
    with form_server(status=202) as server:
        to = Server(server.address)
        assert [one.instance_id for one in forwarding.waiting(post, to)] == [name]
        forwarding.forward(post, about, name, to)
        assert forwarding.waiting(post, to) == ()
        with pytest.raises(FieldkitError, match=r"forward\.already"):
            forwarding.forward(post, about, name, to)
        forwarding.forward(post, about, name, to, again=True)
        assert len(server.requests) == 2 and server.wrong == []
    entry = next(
        entry for entry, _ in post.journal.entries(post.stream) if entry.kind == forwarding.FORWARDED
    )
    payload = post.journal.payload(entry.payload)
    assert payload is not None
    assert payload.value() == {"instance_id": name, "server": "127.0.0.1", "statuses": [202]}


def test_a_correction_goes_as_an_edit_of_its_own_with_the_picture(post: OpenVault) -> None:
    about, name = survey(post)
    again = correcting.correct(post, about, name)
    again.answer("/data/word", "Zurich")
    again.give_reason("/data/word", "spelled wrongly")
    second = intake.finish(post, again).instance_id
    with form_server() as server:
        for one in (name, second):
            forwarding.forward(post, about, one, Server(server.address))
        assert server.wrong == []
        assert f"deprecatedID>{name}<".encode() in server.xml[second]
        assert list(server.files[second].values()) == list(server.files[name].values())


def test_a_protection_form_goes_nowhere_without_a_protocol_for_server_and_form(
    post: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT)
    all_agreed = screened(
        post, NO_URGENT_NEED, IN_PRIVATE, {**AGREED, "share_child_protection": "yes"}, AN_ADULT
    )
    with form_server() as server:
        to = Server(server.address)
        for server_name, form in (("elsewhere", "screening"), ("127.0.0.1", "another")):
            held = frozenset({Protocol(server_name, form)})
            monkeypatch.setattr(protocols, "load", lambda _, held=held: held)
            with pytest.raises(FieldkitError, match=r"forward\.protection_form"):
                forwarding.forward(post, f"case/{done.case}", done.instance_id, to)
        monkeypatch.setattr(protocols, "load", lambda _: frozenset({Protocol("127.0.0.1", "screening")}))
        with pytest.raises(FieldkitError, match=r"forward\.not_agreed"):
            forwarding.forward(post, f"case/{done.case}", done.instance_id, to)
        assert server.requests == []
        forwarding.forward(post, f"case/{all_agreed.case}", all_agreed.instance_id, to)
        assert server.wrong == []


def test_what_somebody_can_do_opens_no_case_and_goes_nowhere_all_the_same(post: OpenVault) -> None:
    """R-138: a form of the program is no survey from elsewhere, also where it belongs to no file."""
    done = led(only_as(post, *Role), "skills", {"skills_agree": "yes"})
    with form_server() as server:
        to = Server(server.address)
        assert forwarding.waiting(post, to) == ()
        with pytest.raises(FieldkitError, match=r"forward\.protection_form"):
            forwarding.forward(post, done.about, done.instance_id, to)
        assert server.requests == []


def test_no_protocol_is_shipped() -> None:
    from fieldkit.files import resources  # noqa: PLC0415 (looks at what stands in this checkout)

    assert protocols.load(resources()) == frozenset()


def test_a_survey_that_somebody_did_not_agree_to_share_stays(post: OpenVault) -> None:
    about, name = survey(post, share="no")
    with form_server() as server:
        with pytest.raises(FieldkitError, match=r"forward\.not_agreed"):
            forwarding.forward(post, about, name, Server(server.address))
        assert server.heads == 0


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://forms.example.org/submission", "forward.not_encrypted"),
        ("ftp://127.0.0.1/submission", "forward.address"),
        ("https://somebody:secret@127.0.0.1/", "forward.address"),
        ("nowhere", "forward.address"),
        ("http://127.0.0.1:1/submission", "forward.unreachable"),
    ],
)
def test_an_address_that_will_not_do_is_told_and_nothing_is_sent(
    post: OpenVault, address: str, code: str
) -> None:
    about, name = survey(post, picture=False)
    with pytest.raises(FieldkitError) as fault:
        forwarding.forward(post, about, name, Server(address))
    assert fault.value.code == code


def test_a_server_that_leads_elsewhere_gets_nothing(post: OpenVault) -> None:
    about, name = survey(post, picture=False)
    with form_server(head=302, location="http://localhost:9/submission") as server:
        with pytest.raises(FieldkitError, match=r"forward\.moved"):
            forwarding.forward(post, about, name, Server(server.address))
        assert server.requests == []


def test_user_and_password_go_along_and_stand_in_no_message(post: OpenVault) -> None:
    about, name = survey(post, picture=False)
    with form_server(user="field") as server:
        to = Server(server.address, "field", "a secret word")
        forwarding.forward(post, about, name, to)
        assert server.wrong == []
    assert "secret" not in repr(replace(to, address="https://forms.example.org"))


def test_whoever_may_not_export_forwards_nothing(make_vault: MakeVault) -> None:
    vault = make_vault()
    about, name = survey(vault, picture=False)
    only_as(vault, Role.COORDINATOR)
    with pytest.raises(FieldkitError, match=r"access\.not_allowed"):
        forwarding.forward(vault, about, name, Server("https://forms.example.org"))
