"""What an interview, its form and their parts print of themselves: a name, and nothing that was said.

A failing assertion prints both of its sides; the parts of a form point at each other, and all of them together
would be gigabytes.
"""

from fieldkit.services import finished, intake
from fieldkit.services.vault import OpenVault
from tests.stories import people

A_LINE = 200
"""Characters."""


def test_an_interview_prints_its_number_and_nothing_that_was_said(post: OpenVault) -> None:
    interview = people.begin(post)
    people.answer_all(interview, people.IN_PRIVATE, people.AGREED, people.AN_ADULT)
    held = finished.of_case(post, intake.finish(post, interview).case)[0]

    form = interview.form
    shape = next(iter(form.shapes.values()))
    for thing in (interview, interview.session, form, form.controls[-1], shape, held):
        assert len(repr(thing)) < A_LINE
        assert "Amaru" not in repr(thing)
    assert repr(interview).startswith(f"<Interview {interview.number} with <Form screening")
