"""A plain form makes the gestures that HTML has no method for."""

from terrain.conversations.models import Following
from tests.cast import Cast


def test_a_form_takes_back_what_a_script_would_delete(cast: Cast) -> None:
    path = f"/conversations/{cast.in_open.pk}/following"
    for take_back in (
        lambda browser: browser.delete(path),
        lambda browser: browser.post(path, {"_method": "DELETE"}),
        lambda browser: browser.post(f"{path}?_method=DELETE"),
    ):
        browser = cast.client(cast.marek)
        browser.post(path)
        assert Following.objects.filter(person=cast.marek).exists()
        take_back(browser)
        assert not Following.objects.filter(person=cast.marek).exists()


def test_an_address_that_is_only_looked_at_deletes_nothing(cast: Cast) -> None:
    browser, path = cast.client(cast.loic), f"/conversations/{cast.in_open.pk}/following"
    assert browser.get(f"{path}?_method=DELETE").status_code == 405
    assert Following.objects.filter(person=cast.loic, conversation=cast.in_open).exists()


def test_no_other_method_can_be_asked_for(cast: Cast) -> None:
    answer = cast.client(cast.loic).post("/people?_method=GET", {"_method": "PUT"})
    assert answer.status_code == 405
