"""One's own language and theme, for oneself alone."""

import pytest

from terrain.people.models import Person
from tests.cast import Cast


def test_language_and_theme_are_kept(cast: Cast) -> None:
    browser = cast.client(cast.loic)
    answer = browser.post("/settings", {"language": "fr", "theme": "dark"})
    assert answer.headers["Location"] == "/settings"
    page = browser.get("/settings").content.decode()
    assert '<html lang="fr" data-theme="dark">' in page
    assert 'value="fr" checked' in page
    assert 'value="dark" checked' in page
    cast.samira.refresh_from_db()
    assert (cast.samira.language, cast.samira.theme) == ("", "")


@pytest.mark.parametrize("sent", [{"language": "de"}, {"theme": "pink"}, {"language": "fr\0"}])
def test_what_is_not_on_offer_is_refused_and_changes_nothing(cast: Cast, sent: dict[str, str]) -> None:
    answer = cast.client(cast.loic).post("/settings", {"language": "fr", "theme": "dark"} | sent)
    assert answer.status_code == 422
    kept = Person.objects.get(pk=cast.loic.pk)
    assert (kept.language, kept.theme) == ("", "")


def test_what_is_not_chosen_is_left_to_the_browser_and_the_screen(cast: Cast) -> None:
    browser = cast.client(cast.loic)
    browser.post("/settings", {"language": "fr", "theme": "dark"})
    browser.post("/settings", {"language": "", "theme": ""})
    page = browser.get("/settings", headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="en">' in page
