"""A sound payload of every kind, as the services write them. All people and places are invented."""

from fieldkit.domain.ports import JsonObject

SUBMISSION: JsonObject = {
    "form": "screening",
    "version": "3",
    "xml": "<data id='screening'/>",
    "instance_id": "uuid:1",
    "facts": {"needs": ["water", "rest"], "age_band": ["adult"]},
    "marks": {"/data/a": "declined"},
    "sections": [
        {
            "name": "core",
            "asked": True,
            "in_private": True,
            "interpreted": "nobody",
            "reviewed_text": True,
            "declined": 0,
            "not_asked": 2,
        },
        {
            "name": "sensitive",
            "asked": False,
            "in_private": False,
            "interpreted": "",
            "reviewed_text": False,
            "declined": False,
            "not_asked": True,
        },
    ],
    "interpreted": "nobody",
    "languages": {"officer": "en", "person": "ti"},
    "survey": False,
    "travel": [[1, "/data/a", "2026-03-02T07:40:00+03:00"]],
}

PAYLOADS: dict[str, JsonObject] = {
    "case.opened": {"number": "7KQ2-M0XD", "form": "screening"},
    "submission.finished": SUBMISSION,
    "submission.kept": {
        "instance_id": "uuid:1",
        "xml": "<data/>",
        "facts": {"harm": ["held"]},
        "marks": {"/data/private/harm": "answered"},
        "travel": [],
    },
    "outcome.suggested": {
        "category": "C01",
        "rule": "r1",
        "verdict": "yes",
        "because": "said_fear",
        "answers": [{"name": "fear", "value": "yes", "mark": "answered"}],
        "rules_version": "1",
    },
    "outcome.confirmed": {"category": "C01", "rule": None, "reason": "she asked", "rules_version": "1"},
    "outcome.not_confirmed": {"category": "C05", "rule": "r5", "reason": "said otherwise"},
    "referral.made": {
        "referral": "ef" * 16,
        "category": "C01",
        "service": "5e" * 16,
        "needs": ["lawyer"],
        "declined": False,
        "fields": ["number"],
        "safe_to_carry": True,
    },
    "information.given": {
        "leaflet": "L01",
        "version": "1",
        "language": "ti",
        "draft": True,
        "how": "printed",
    },
    "document.printed": {"what": "slip", "language": "ti", "pages": 1},
    "service.recorded": {"fields": {"name": "Legal aid (invented)", "languages": ["ti"], "phone": None}},
    "setting.changed": {"fields": {"paper": "A5"}},
    "person.added": {"label": "A.", "roles": ["officer"]},
    "agreement.recorded": {"recipient": "headquarters", "agreed": False},
    "form.installed": {
        "form": "wash",
        "version": "2",
        "title": {"en": "Water"},
        "kind": "survey",
        "xform": "<h:html/>",
    },
    "bundle.exported": {"bundle": "b0" * 16, "first": 1, "last": 9, "recipient": "ab" * 32},
    "bundle.imported": {"bundle": "b0" * 16, "stream": "d0" * 16, "first": 1, "last": 9, "holes": []},
    "device.certified": {"certificate": "{}"},
}
