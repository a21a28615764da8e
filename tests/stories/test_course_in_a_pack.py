"""N-115, R-157, R-202: a course, a practice case and words come with a signed pack and are used at a post.

Keys, phrases, offices and the river are invented.
"""

from pathlib import Path

from fieldkit.services import learning, packs, training
from fieldkit.services.learning import Lessons
from fieldkit.services.practice import Told
from fieldkit.services.vault import OpenVault
from fieldkit.services.vocabulary import Words
from tests.content.test_learning import brought, pack
from tests.stories.packs import Makers, makers, phrases_cost_little, post

__all__ = ["makers", "phrases_cost_little", "post"]

FRENCH = """
msgctxt "module/river/title"
msgid "Crossing the river (invented)"
msgstr "Traverser la rivière (inventé)"
"""
HEAD = """msgid ""
msgstr "Language: fr\\nContent-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"
"""


def test_a_course_is_signed_taken_in_and_passed(makers: Makers, post: OpenVault, tmp_path: Path) -> None:
    source = tmp_path / "course"
    files = {**pack(), **brought(), "translations/fr/codebook.po": (HEAD + FRENCH).encode()}
    for name, content in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(content)
    shipped = [one.id for one in Lessons(post, "en").course.modules]
    packs.accept(post, makers.signed(makers.laid_out(source, title="River course"), 0, 1))
    lessons = Lessons(post, "fr")
    assert [one.id for one in lessons.course.modules] == [*shipped, "river"]
    river = lessons.course.module("river")
    assert river is not None
    assert lessons.title(river) == "Traverser la rivière (inventé)"
    learning.pass_module(post, "river", {"river_1": "a"})
    assert [one.module for one in learning.passed(post, post.person.id)] == ["river"]
    assert training.held(post, post.person.id) == ()
    assert Told(post, "fr").who == ("Ilo (invented) is rowed over the river.",)
    assert [one.text for one in Words("en", post).search("ferry")] == ["A boat that goes over the river."]
    assert [name for _, name in Words("en", post).at(("screen", "surge"))] == ["ferry", "asylum"]
