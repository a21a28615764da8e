"""Every parser of bytes from outside that is fuzzed, by name."""

from tests.fuzz import forms, signed, tables
from tests.fuzz.inputs import Target

TARGETS: dict[str, Target] = {**forms.TARGETS, **signed.TARGETS, **tables.TARGETS}
