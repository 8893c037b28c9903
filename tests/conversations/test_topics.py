"""Topics: a word after # leads to all that is said of it, as far as one may read it."""

import pytest

from terrain.conversations.editing import edit
from terrain.conversations.models import Message, Tag, Topic, TopicFollowing
from terrain.conversations.naming import folded
from terrain.conversations.replying import reply
from terrain.conversations.withdrawing import withdraw
from terrain.people.models import Person
from tests.cast import Cast


def topics(message: Message) -> set[str]:
    return set(Tag.objects.filter(message=message).values_list("topic__name", flat=True))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("La #Soudure d’abord", {"soudure"}),
        ("#sécurité, #SECURITE et #Securite !", {"securite"}),
        ("#ligne-4 #ligne_4 #4x4", {"ligne-4", "ligne_4", "4x4"}),
        ("#безопасность #安全 #सुरक्षा", {"безопасность", "安全", "सुरक्षा"}),
        ("(#paie) «#congés»", {"paie", "conges"}),
        ("#fin- et #fin", {"fin"}),
        ("n°#5, #12, C#, a#b, ##deux, https://x.example/#ancre", set()),
        ("<code>#include</code> <pre>#define</pre>", set()),
    ],
)
def test_what_is_a_topic(cast: Cast, words: str, expected: set[str]) -> None:
    assert topics(reply(cast.in_open, cast.loic, f"<p>{words}</p>")) == {folded(each) for each in expected}


def test_a_topic_is_a_link_to_its_page(cast: Cast) -> None:
    said = reply(cast.in_open, cast.loic, "<p>La #Sécurité&nbsp;: &lt;oui&gt;</p>")
    rel = 'rel="noopener noreferrer nofollow"'
    assert said.body == f'<p>La <a href="/topics/securite" {rel}>#Sécurité</a>&nbsp;: &lt;oui&gt;</p>'
    page = cast.client(cast.ines).get("/topics/SÉCURITÉ").content.decode()
    assert "La scelleuse chauffe" in page
    assert "#Sécurité" in page


def test_it_lists_what_its_reader_may_read_and_nothing_else(cast: Cast) -> None:
    for conversation in (cast.in_open, cast.in_closed, cast.in_secret):
        reply(conversation, cast.loic, "<p>#scelleuse #aubepine</p>")
    reply(cast.in_secret, cast.loic, "<p>#tressecret</p>")
    for who, titles in [
        (cast.loic, ["La scelleuse chauffe", "Essai de vendredi", "Le nom du repreneur"]),
        (cast.claire, ["La scelleuse chauffe", "Essai de vendredi"]),
        (cast.marek, ["La scelleuse chauffe"]),
    ]:
        page = cast.client(who).get("/topics/scelleuse").content.decode()
        assert [each for each in titles if each in page] == titles
        assert page.count('class="talk card') == len(titles)
    # What is only said in secret looks like what nobody has ever said.
    outside, nowhere = (
        cast.client(cast.marek).get(f"/topics/{name}").content.decode().replace(name, "x")
        for name in ("tressecret", "jamaisdit")
    )
    assert "Nothing is said of it yet" in outside
    assert outside.split("<main")[1].split("</svg>")[1] == nowhere.split("<main")[1].split("</svg>")[1]
    client = cast.client(cast.marek)
    assert "tressecret" not in client.get("/topics").content.decode()
    assert "scelleuse" in client.get("/topics").content.decode()
    assert client.get("/suggestions/topics", {"q": "tress"}).content.decode().strip() == ""
    assert "#scelleuse" in client.get("/suggestions/topics", {"q": "SCÉL"}).content.decode()


def test_an_edit_changes_its_topics_and_a_withdrawal_ends_them(cast: Cast) -> None:
    said = reply(cast.in_open, cast.loic, "<p>#un #deux</p>")
    said.refresh_from_db()
    edit(said, cast.loic, said.body.replace("#un", "#trois"))
    assert topics(said) == {"deux", "trois"}
    edit(said, cast.loic, "<p>rien</p>")
    assert topics(said) == set()
    edit(said, cast.loic, "<p>#un</p>")
    withdraw(said, cast.loic)
    assert not Tag.objects.filter(message=said).exists()


def test_one_follows_a_topic_and_no_longer(cast: Cast) -> None:
    client = cast.client(cast.ines)
    for name in ("soudure", "Soudure", "pas-encore-dit"):
        assert client.post(f"/topics/{name}/following").status_code == 302
    assert "You follow" in client.get("/topics/SOUDURE").content.decode()
    assert TopicFollowing.objects.filter(person=cast.ines).count() == 2
    client.post("/topics/soudure/following?_method=DELETE")
    assert TopicFollowing.objects.get().topic.name == "pas-encore-dit"
    client.post("/topics/no topic/following")
    assert Topic.objects.count() == 2


def test_an_edit_in_a_bare_field_shows_words_and_not_tags(cast: Cast) -> None:
    said = reply(cast.in_open, cast.loic, "<p>@Inès Duarte, la #soudure</p>")
    page = cast.client(cast.loic).get(f"/messages/{said.pk}/edit").content.decode()
    assert ">@Inès Duarte, la #soudure</textarea>" in page


def test_who_is_followed_says_nothing_of_others(cast: Cast) -> None:
    reply(cast.in_open, cast.loic, "<p>#soudure</p>")
    cast.client(cast.ines).post("/topics/soudure/following")
    page = cast.client(Person.objects.get(pk=cast.marek.pk)).get("/topics").content.decode()
    assert "You follow" not in page
