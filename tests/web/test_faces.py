"""A face is the same everywhere, and says nothing that a name does not."""

import pytest

from terrain.web.faces import face, initials


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Noé Le Goff", "NL"),
        ("Jean-Marc Ollier", "JM"),
        ("Zoé", "Z"),
        ("élodie", "É"),
        ("(Anne) d’Arc", "D"),
        ("👍", "👍"),
        ("", "?"),
        ("   ", "?"),
    ],
)
def test_initials_are_those_of_the_first_two_words(name: str, said: str) -> None:
    assert initials(name) == said


def test_a_face_is_always_the_same() -> None:
    face.cache_clear()
    first = face("Samira Benali")
    face.cache_clear()
    assert face("Samira Benali") == first
    assert face("Loïc Morvan") != first


def test_a_name_cannot_carry_markup_into_a_face() -> None:
    assert "<b" not in face("<b> <script>").removeprefix("<span")


def test_somebody_who_has_left_has_a_face_without_a_name() -> None:
    assert 'class="face gone"' in face(None)
    assert 'class="face gone s"' in face(None, "s")


def test_faces_are_left_out_for_who_cannot_see_them() -> None:
    assert all('aria-hidden="true"' in each for each in (face("Samira"), face(None)))
