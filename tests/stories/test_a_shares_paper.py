"""The paper beside a sealed share says to whom it goes and until when, and nothing of what is in it (R-166)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.leaflets.pdf import compose
from fieldkit.services import contacts, share_paper, sharing
from fieldkit.services.vault import OpenVault
from tests.stories.desks import only_as, text_of
from tests.stories.letters import (
    CHILD,
    POST_TO_POST,
    TOLD,
    a_body,
    a_child_alone,
    agreed,
    know_each_other,
    looked,
)
from tests.stories.offices import open_post
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, somebody

NAME = "Mina Testperson"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[OpenVault]:
    made = open_post(tmp_path_factory.mktemp("paper") / "lake", "Lake post (invented)")
    yield made
    made.close()


def test_the_paper_names_who_may_have_it_and_nothing_of_what_was_said(
    post: OpenVault, lake: OpenVault, tmp_path: Path
) -> None:
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(NAME), FEAR)
    there, _ = know_each_other(post, lake)
    agreed(post, done.case, POST_TO_POST)
    sent = sharing.share(post, looked(post, there, done.case), TOLD, tmp_path)
    paper = share_paper.document(post, done.case, sent.share, "en", sent.file)
    read = text_of(paper)
    protocol = contacts.find_protocol(post, POST_TO_POST)
    assert protocol is not None
    for told in (protocol.name, protocol.basis, lake.name, post.name, sent.file, "31 December 2027"):
        assert told in read
    assert " ".join(contacts.own_summary(lake).words) in read, "the words that were read when it was kept"
    assert " ".join(contacts.own_summary(post).words) in read
    assert "Where are you from?" in read or "nationality" in read.lower()
    for hidden in (NAME, "34", "Eritrea", done.number, "refer"):
        assert hidden not in read
    assert compose(paper, made=post.world.today()).startswith(b"%PDF")


def test_a_body_whose_key_was_typed_has_its_own_words(post: OpenVault, tmp_path: Path) -> None:
    body = a_body(post, CHILD)
    case = a_child_alone(post)
    sent = sharing.share(post, looked(post, body.contact, case), TOLD, tmp_path)
    read = text_of(share_paper.document(post, case, sent.share, "en"))
    assert " ".join(contacts.typed("Invented Body", body.key.recipient).summary.words) in read
    assert "Saba" not in read


def test_only_who_may_share_prints_it_and_only_of_what_left(post: OpenVault) -> None:
    case = a_child_alone(post)
    with pytest.raises(PersonFault, match=r"share\.unknown"):
        share_paper.document(post, case, "0" * 32, "en")
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        share_paper.document(only_as(post, Role.ADMINISTRATOR), case, "0" * 32, "en")
