"""Following: who writes follows; anybody may, and no longer."""

from terrain.conversations.following import follow, unfollow
from terrain.conversations.models import Following
from terrain.conversations.replying import reply
from tests.cast import Cast


def follows(cast: Cast, person: object) -> bool:
    """Whether somebody follows the conversation in the open space."""
    return Following.objects.filter(conversation=cast.in_open, person=person).exists()


def test_following_twice_is_following(cast: Cast) -> None:
    assert follow(cast.in_open, cast.marek) == follow(cast.in_open, cast.marek)
    unfollow(cast.in_open, cast.marek)
    unfollow(cast.in_open, cast.marek)
    assert not follows(cast, cast.marek)


def test_who_writes_follows_again(cast: Cast) -> None:
    unfollow(cast.in_open, cast.loic)
    reply(cast.in_open, cast.loic, "<p>Encore.</p>")
    assert follows(cast, cast.loic)


def test_the_page_follows_and_no_longer(cast: Cast) -> None:
    browser, here = cast.client(cast.marek), f"/conversations/{cast.in_open.pk}"
    assert f'formaction="{here}/following" aria-pressed="false"' in browser.get(here).content.decode()
    assert browser.post(f"{here}/following").headers["Location"] == here
    assert follows(cast, cast.marek)
    assert (
        f'formaction="{here}/following?_method=DELETE" aria-pressed="true"'
        in browser.get(here).content.decode()
    )
    browser.post(f"{here}/following?_method=DELETE")
    assert not follows(cast, cast.marek)


def test_what_one_follows_elsewhere_is_in_one_s_feed(cast: Cast) -> None:
    browser = cast.client(cast.marek)
    assert cast.in_open.title not in browser.get("/").content.decode()
    follow(cast.in_open, cast.marek)
    assert cast.in_open.title in browser.get("/").content.decode()
