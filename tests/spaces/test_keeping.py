"""A space is kept by its members: any of them changes its words, and puts back what they said before."""

import pytest

from terrain.spaces.changes import Part
from terrain.spaces.keeping import ChangedMeanwhile, change, last_change, put_back
from terrain.spaces.models import Change
from terrain.spaces.ruling import MOST_WORDS, words_in
from tests.cast import Cast


def test_any_member_gives_a_space_another_name_and_everybody_reads_it(cast: Cast) -> None:
    sent = {"name": "La vie à l’atelier", "about": "Tout ce qui s’y passe.", "seen": 0}
    answer = cast.client(cast.ines).post(f"/spaces/{cast.open.pk}/words", sent)
    assert answer.headers["Location"] == f"/spaces/{cast.open.pk}"
    for person, path in (
        (cast.marek, f"/conversations/{cast.in_open.pk}"),
        (cast.loic, "/"),
        (cast.loic, "/spaces"),
    ):
        page = cast.client(person).get(path).content.decode()
        assert "La vie à l’atelier" in page
        assert "Vie de l’atelier" not in page


def test_the_history_says_who_when_and_what_it_said_before(cast: Cast) -> None:
    change(cast.open, cast.ines, {Part.NAME: "Atelier 2", Part.ABOUT: cast.open.about})
    only = Change.objects.get()
    assert (only.part, only.before, only.after, only.person) == (
        "name",
        "Vie de l’atelier",
        "Atelier 2",
        cast.ines,
    )
    page = cast.client(cast.marek).get(f"/spaces/{cast.open.pk}/history").content.decode()
    main = page.split("<main")[1]
    assert all(said in main for said in (cast.ines.name, "Vie de l’atelier", "Atelier 2"))
    assert "Put back" not in main


def test_a_change_is_undone_in_one_press_and_that_too(cast: Cast) -> None:
    change(cast.open, cast.ines, {Part.NAME: "Atelier 2"})
    path = f"/spaces/{cast.open.pk}/history"
    browser = cast.client(cast.loic)
    assert "Put back what it said before" in browser.get(path).content.decode()
    browser.post(path, {"change": Change.objects.get().pk})
    cast.open.refresh_from_db()
    assert cast.open.name == "Vie de l’atelier"
    undoing = Change.objects.latest("pk")
    assert (undoing.person, undoing.before) == (cast.loic, "Atelier 2")
    put_back(undoing, cast.ines)
    cast.open.refresh_from_db()
    assert cast.open.name == "Atelier 2"


def test_a_change_of_another_space_is_not_undone_from_here(cast: Cast) -> None:
    change(cast.secret, cast.samira, {Part.NAME: "Projet Sureau"})
    elsewhere = cast.client(cast.ines).post(
        f"/spaces/{cast.open.pk}/history", {"change": Change.objects.get().pk}
    )
    assert elsewhere.status_code == 404
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "sent"), [("words", {"name": "Ici"}), ("rules", {"rules": "Ici"}), ("menu", {})]
)
def test_who_is_not_a_member_changes_nothing(cast: Cast, path: str, sent: dict[str, str]) -> None:
    assert cast.client(cast.marek).post(f"/spaces/{cast.open.pk}/{path}", sent).status_code == 404
    assert not Change.objects.exists()


def test_two_who_change_the_name_at_once_are_told_and_lose_nothing(cast: Cast) -> None:
    seen = last_change(cast.open, [Part.NAME, Part.ABOUT])
    change(cast.open, cast.loic, {Part.NAME: "Atelier 2"})
    with pytest.raises(ChangedMeanwhile):
        change(cast.open, cast.ines, {Part.NAME: "L’atelier"}, seen)
    path, sent = f"/spaces/{cast.open.pk}/words", {"name": "L’atelier", "about": "", "seen": seen}
    answer = cast.client(cast.ines).post(path, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="L’atelier"' in page
    assert "Somebody has changed this" in page
    assert "<b>Atelier 2</b>" in page
    again = {**sent, "seen": last_change(cast.open, [Part.NAME, Part.ABOUT])}
    assert cast.client(cast.ines).post(path, again).status_code == 302


def test_a_space_cannot_lose_its_name(cast: Cast) -> None:
    answer = cast.client(cast.ines).post(f"/spaces/{cast.open.pk}/words", {"name": " \u200b ", "about": ""})
    assert answer.status_code == 422
    assert "Give the space a name." in answer.content.decode()


def test_house_rules_stand_beside_the_space_and_nobody_is_asked_to_sign_them(cast: Cast) -> None:
    answer = cast.client(cast.ines).post(
        f"/spaces/{cast.open.pk}/rules", {"rules": "On se tutoie.\r\nOn répond."}
    )
    assert answer.status_code == 302
    for person in (cast.ines, cast.marek):
        page = cast.client(person).get(f"/spaces/{cast.open.pk}").content.decode()
        assert "On se tutoie.\nOn répond." in page
        assert "Nobody is asked to sign them." in page


def test_rules_of_151_words_are_refused_and_stay_in_the_form(cast: Cast) -> None:
    path, browser = f"/spaces/{cast.open.pk}/rules", cast.client(cast.ines)
    for count, status in ((MOST_WORDS, 302), (MOST_WORDS + 1, 422)):
        text = " ".join(f"mot{n}" for n in range(count))
        answer = browser.post(path, {"rules": text, "seen": last_change(cast.open, [Part.RULES])})
        assert answer.status_code == status
    page = answer.content.decode()
    assert "these have 151 words" in page
    assert text in page
    cast.open.refresh_from_db()
    assert words_in(cast.open.rules) == MOST_WORDS


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("L’atelier, c’est nous !", 3),
        ("porte-monnaie — peut-être : non", 3),
        ("", 0),
        ("\n · \n", 0),
        ("mot\nmot\tmot\u202fmot", 4),
        ("mot,mot,mot;mot", 4),
    ],
)
def test_words_are_counted_as_words(text: str, count: int) -> None:
    assert words_in(text) == count


def test_who_may_not_read_a_closed_space_reads_neither_its_rules_nor_its_menu(cast: Cast) -> None:
    change(cast.closed, cast.loic, {Part.RULES: "Pas un mot dehors.", Part.MENU: "/people Qui nous sommes"})
    member = cast.client(cast.claire).get(f"/spaces/{cast.closed.pk}").content.decode()
    outside = cast.client(cast.marek).get(f"/spaces/{cast.closed.pk}").content.decode()
    for words in ("Pas un mot dehors.", "Qui nous sommes"):
        assert words in member
        assert words not in outside
