"""A refusal names what may not be done, in the words of whoever reads it."""

import pytest

from fieldkit.domain.access import Action, Role, demand
from fieldkit.domain.errors import PersonFault
from fieldkit.languages.catalogues import Words, load
from fieldkit.languages.isolates import without_isolates
from fieldkit.languages.messages import sentence
from fieldkit.languages.messages.actions import ACTIONS, in_words


def refusal(action: Action) -> PersonFault:
    with pytest.raises(PersonFault) as caught:
        demand(frozenset[Role](), action)
    return caught.value


def test_every_action_has_words_and_none_is_named_twice() -> None:
    assert [action.value for action in Action if action not in ACTIONS] == []
    assert len(set(ACTIONS.values())) == len(ACTIONS)


@pytest.mark.parametrize("action", list(Action))
def test_the_refusal_says_it_in_words(action: Action) -> None:
    told = without_isolates(sentence(refusal(action), load("en", "interface")))
    assert in_words(action) in told
    assert "{" not in told


def test_the_words_are_those_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    said = Words.say
    monkeypatch.setattr(
        Words,
        "say",
        lambda words, text, **data: said(words, ("löschen" if text == "erase for ever" else text), **data),
    )
    assert "löschen" in sentence(refusal(Action.ERASE), load("en", "interface"))


def test_an_action_without_a_row_is_told_as_it_is() -> None:
    fault = PersonFault("access.not_allowed", action="something newer")
    assert "something newer" in sentence(fault, load("en", "interface"))
