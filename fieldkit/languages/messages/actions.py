"""What a right is called when it is missing: every action as a person says it."""

from collections.abc import Mapping

from fieldkit.domain.access import Action
from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {}
"""No codes of errors: the words below fill the sentence `access.not_allowed`."""

ACTIONS: Mapping[str, str] = {
    Action.INTERVIEW: mark("lead an interview"),
    Action.CONFIRM_OUTCOME: mark("confirm what was suggested"),
    Action.REFER: mark("refer somebody"),
    Action.PRINT_SLIP: mark("print a referral slip"),
    Action.PRINT_LEAFLET: mark("print a leaflet"),
    Action.SURVEY: mark("lead a survey"),
    Action.EDIT_DIRECTORY: mark("change the directory"),
    Action.EXPORT: mark("export to headquarters"),
    Action.ENROL: mark("enrol this laptop"),
    Action.IMPORT_FORM: mark("import a form"),
    Action.IMPORT_BUNDLE: mark("import what posts bring"),
    Action.CERTIFY: mark("certify laptops and change keys"),
    Action.COUNT: mark("see figures and cases at headquarters"),
    Action.MANAGE_PEOPLE: mark("look after accounts"),
    Action.BACK_UP: mark("make a copy of the vault"),
    Action.RECOVER: mark("open a laptop whose phrases are lost"),
    Action.CLOSE_CASE: mark("close or open a case"),
    Action.SECOND_PERSON: mark("decide as the second person"),
    Action.GIVE_CLASS_KEY: mark("give somebody the key to sealed answers"),
    Action.SET_LOCK: mark("set cover and lock"),
    Action.SHARE: mark("share something of a case"),
    Action.KEEP_CONTACTS: mark("look after contacts"),
    Action.ALERT: mark("alert other posts to a child"),
    Action.TAKE_COMPLAINT: mark("take a complaint"),
    Action.PURGE: mark("remove what was kept long enough"),
    Action.PURGE_UNSAFE: mark("remove what is not safe at headquarters"),
    Action.ERASE: mark("erase for ever"),
    Action.ANSWER_PERSON: mark("answer what a person asks"),
    Action.SEND_BACK: mark("send something back to a post"),
    Action.TAKE_BACK: mark("take in what headquarters sends"),
    Action.ASK_AGAIN: mark("ask again who may be told"),
    Action.SET_LIMITS: mark("set how long people may wait"),
    Action.COUNSEL: mark("lead a counselling session"),
    Action.REVIEW: mark("review a translation"),
    Action.CLEAR_PERSON: mark("decide who reads sealed answers at headquarters"),
    Action.RECORD_MEASURE: mark("record what happened to somebody"),
    Action.PLAN_MEASURE: mark("plan what authorities do"),
    Action.CHECK_CHILD_RETURN: mark("say what child protection has"),
    Action.ISSUE_PAPER: mark("make a paper for a person"),
    Action.ALLOW_PAPERS: mark("say who allows papers"),
    Action.FOLLOW_UP: mark("follow up a referral"),
    Action.SEE_HELD: mark("see who is held"),
    Action.SEE_LONG_HELD: mark("see who is held for long at all posts"),
    Action.RECORD_PERMIT: mark("write down a paper with a last day"),
    Action.KEEP_INTERPRETERS: mark("look after the list of interpreters"),
    Action.CHILD_REGISTER: mark("look at the register of children"),
    Action.NAME_GUARDIAN: mark("write down a guardian"),
    Action.KEEP_DUTY: mark("keep the list of who is on duty"),
    Action.KEEP_TEAM: mark("keep the lists of the team"),
    Action.LEARN: mark("learn by a module"),
}
"""A row for every action; `tests/languages/test_actions.py` names one that is missing."""


def in_words(action: str) -> str:
    """An action as a person says it, in the source language; the action itself where no row stands yet."""
    return ACTIONS.get(action, action)
