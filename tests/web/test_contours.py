"""Each name draws its own hill, always the same."""

from hypothesis import given
from hypothesis import strategies as st

from terrain.web.contours import HUES, contours, hue, relief


def test_the_hill_of_a_name_does_not_change_from_one_process_to_the_next() -> None:
    """Written down once: a change here redraws every space of every installation."""
    relief.cache_clear()
    assert hue("Vie de l’atelier") == 6
    assert relief("Vie de l’atelier").startswith('<svg class="relief h6" viewBox="0 0 64 64"')
    drawn = relief("Vie de l’atelier")
    relief.cache_clear()
    assert relief("Vie de l’atelier") == drawn


def test_two_names_draw_two_hills() -> None:
    assert relief("Paie") != relief("Qualité")
    assert contours("Paie") != contours("Qualité")


@given(st.text(max_size=30))
def test_any_name_has_a_hill_and_leaves_nothing_of_itself_in_it(name: str) -> None:
    assert 0 <= hue(name) < HUES
    for drawn in (relief(name), contours(name)):
        path = drawn.split(' d="')[1].split('"')[0]
        assert set(path) <= set("MQz -0123456789")
