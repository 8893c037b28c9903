"""Summing up: a few lines on top of a long conversation, with their history."""

from terrain.conversations.models import Message
from terrain.hosting.hosting import volunteer
from terrain.hosting.models import Summary
from tests.cast import Cast


def test_the_latest_summary_stands_on_top_and_the_others_stay_readable(cast: Cast) -> None:
    volunteer(cast.open, cast.ines)
    before = list(Message.unscoped.order_by("pk").values_list("body", "version"))
    browser, path = cast.client(cast.ines), f"/conversations/{cast.in_open.pk}/summary"
    for words in ("La sonde est en cause.", "La sonde a été changée."):
        assert browser.post(path, {"body": words}).headers["Location"] == f"/conversations/{cast.in_open.pk}"
    page = cast.client(cast.marek).get(f"/conversations/{cast.in_open.pk}").content.decode()
    assert "La sonde a été changée." in page
    assert "La sonde est en cause." not in page
    assert "La sonde est en cause." in cast.client(cast.marek).get(path).content.decode()
    assert list(Message.unscoped.order_by("pk").values_list("body", "version")) == before


def test_what_is_refused_stays_in_the_form(cast: Cast) -> None:
    volunteer(cast.open, cast.ines)
    words = "Trop long. " * 300
    answer = cast.client(cast.ines).post(f"/conversations/{cast.in_open.pk}/summary", {"body": words})
    assert answer.status_code == 422
    assert "2000 characters at most" in answer.content.decode()
    assert words.strip() in answer.content.decode()


def test_only_who_looks_after_the_space_sums_up(cast: Cast) -> None:
    path = f"/conversations/{cast.in_open.pk}/summary"
    assert cast.client(cast.samira).get(path).status_code == 404
    assert cast.client(cast.samira).post(path, {"body": "En bref."}).status_code == 404
    assert not Summary.objects.exists()
