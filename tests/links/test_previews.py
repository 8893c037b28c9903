"""A page that a message links to, in a few words under it, for who reads the message."""

from collections.abc import Iterator
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from terrain.conversations.editing import edit
from terrain.conversations.models import Message
from terrain.conversations.replying import reply
from terrain.conversations.withdrawing import withdraw
from terrain.files.models import File
from terrain.links.models import Preview
from terrain.links.previewing import links, preview
from tests.cast import Cast
from tests.files.brought import huge_png, photo, png
from tests.links.outside import outside, page

BODY = '<p>Lu <a href="http://presse.example/article?a=1&amp;b=2">ici</a>.</p>'
ARTICLE = """<html><head><title>Presse</title><meta property="og:title" content="La sonde &amp; le film">
<meta name="description" content="Pourquoi <b>182 °C</b> ne suffisent plus.">
<meta property="og:image" content="/vue.jpg">"""
PATH = "/article?a=1&b=2"


def world(picture: bytes, article: str = ARTICLE) -> Any:
    def answer(path: str) -> Iterator[bytes]:
        if path == PATH:
            yield page(article)
        elif path == "/vue.jpg":
            yield page(picture, kind="image/jpeg")
        else:
            yield page("", "404 Not Found")

    return outside(answer)


def previewed(cast: Cast, picture: bytes = b"", article: str = ARTICLE, body: str = BODY) -> Message:
    message = reply(cast.in_closed, cast.loic, body)
    with world(picture or photo(), article) as there:
        preview(message, there.fetcher())
    return message


def seen(cast: Cast) -> str:
    return cast.client(cast.samira).get(f"/conversations/{cast.in_closed.pk}").content.decode()


def test_a_link_is_shown_with_its_title_a_sentence_and_its_picture(cast: Cast) -> None:
    previewed(cast)
    html = seen(cast)
    assert "<b>La sonde &amp; le film</b>" in html
    assert "Pourquoi &lt;b&gt;182 °C&lt;/b&gt; ne suffisent plus." in html
    picture = File.unscoped.get()
    assert f"/files/{picture.uid}/small" in html
    assert "presse.example/vue.jpg" not in html, "no browser asks a third party"
    answer = cast.client(cast.samira).get(f"/files/{picture.uid}/small")
    assert b"Telephone-Maker" not in answer.content


def test_only_who_reads_the_message_finds_the_picture(cast: Cast) -> None:
    previewed(cast)
    path = f"/files/{File.unscoped.get().uid}/small"
    assert cast.client(cast.claire).get(path).status_code == 200
    assert cast.client(cast.marek).get(path).status_code == 404


@pytest.mark.parametrize(
    "picture", [huge_png(10_000, 10_000), b"<svg onload='alert(1)'/>", b"", png() + b"\0" * 1_000_001]
)
def test_a_picture_that_cannot_be_drawn_is_left_out(cast: Cast, picture: bytes) -> None:
    message = reply(cast.in_closed, cast.loic, BODY)
    with world(picture) as there:
        preview(message, there.fetcher())
    assert not File.unscoped.exists()
    assert "La sonde &amp; le film" in seen(cast)


def test_a_page_that_tells_nothing_shows_nothing(cast: Cast) -> None:
    previewed(cast, article="<p>Rien.</p>")
    assert Preview.unscoped.get().title == ""
    assert 'class="preview"' not in seen(cast)


def test_the_worker_is_asked_only_where_there_is_a_link(cast: Cast) -> None:
    asked = ProcrastinateJob.objects.filter(task_name="links.preview")
    reply(cast.in_open, cast.loic, "<p>Rien à suivre.</p>")
    assert not asked.exists()
    message = reply(cast.in_open, cast.loic, BODY)
    assert [job.args for job in asked] == [{"message_id": message.pk}]


def test_a_steward_may_forbid_asking_the_outside_world(cast: Cast, settings: Any) -> None:
    settings.LINK_PREVIEWS = False
    reply(cast.in_open, cast.loic, BODY)
    assert not ProcrastinateJob.objects.filter(task_name="links.preview").exists()


def test_its_author_takes_it_away_and_nobody_else(cast: Cast) -> None:
    message = previewed(cast)
    path = f"/messages/{message.pk}/previews"
    assert cast.client(cast.samira).delete(path).status_code == 404
    assert path not in cast.client(cast.samira).get(f"/messages/{message.pk}/acts").content.decode()
    assert path in cast.client(cast.loic).get(f"/messages/{message.pk}/acts").content.decode()
    assert cast.client(cast.loic).delete(path).status_code == 302
    assert 'class="preview"' not in seen(cast)
    assert not File.unscoped.exists()
    with world(photo()) as there:
        preview(message, there.fetcher())
        assert there.asked == [], "it is not fetched again"


def test_a_link_that_is_edited_out_goes(cast: Cast) -> None:
    message = previewed(cast)
    edit(message, cast.loic, "<p>Lu quelque part.</p>")
    message.refresh_from_db()
    with world(photo()) as there:
        preview(message, there.fetcher())
    assert not Preview.unscoped.exists()
    assert not File.unscoped.exists()
    assert 'class="preview"' not in seen(cast)


def test_a_withdrawn_message_takes_its_previews_along(cast: Cast) -> None:
    withdraw(previewed(cast), cast.loic)
    assert not Preview.unscoped.exists()
    assert not File.unscoped.exists()


def test_the_first_two_links_each_once_and_none_of_this_house(settings: Any) -> None:
    settings.SITE_URL = "https://intranet.example"
    body = "".join(
        f'<a href="{each}">x</a>'
        for each in (
            "https://intranet.example/a",
            *("https://a.example/", "https://a.example/", "mailto:a@b.example"),
            *("https://b.example/", "https://c.example/"),
        )
    )
    assert links(body) == ["https://a.example/", "https://b.example/"]
