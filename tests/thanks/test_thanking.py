"""Thanks: a reason, five a week, seen by those who may read what they are for, and hidden by who receives them."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from terrain.archives.writing_out import write_out
from terrain.conversations.withdrawing import withdraw
from terrain.people.models import Person
from terrain.spaces.joining import leave
from terrain.thanks.models import Thanks
from terrain.thanks.thanking import NotOneself, TooMany, hide, left, monday, show, take_back, thank
from tests.cast import Cast

FOR = "La sonde, trouvée en dix minutes."


def seen_by(cast: Cast, reader: Person, path: str) -> str:
    """What a reader sees at this address, afresh."""
    reader.refresh_from_db()
    return cast.client(reader).get(path).content.decode()


def test_thanks_stand_under_the_message_and_on_the_page_of_who_receives_them(cast: Cast) -> None:
    answer = cast.answer(cast.in_open)
    sent = cast.client(cast.samira).post(f"/messages/{answer.pk}/thanks", {"words": FOR, "key": uuid4()})
    assert sent.headers["Location"] == f"/conversations/{cast.in_open.pk}?around=2#m2"
    conversation = seen_by(cast, cast.marek, f"/conversations/{cast.in_open.pk}")
    assert conversation.index(FOR) > conversation.index("La sonde est décalée")
    assert FOR in seen_by(cast, cast.marek, f"/people/{cast.loic.pk}")
    assert cast.in_open.title in seen_by(cast, cast.marek, f"/people/{cast.loic.pk}/thanks")
    assert "You were thanked" in seen_by(cast, cast.loic, "/")
    assert "You were thanked" not in seen_by(cast, cast.samira, "/")


def test_a_person_is_thanked_for_nothing_but_themselves(cast: Cast) -> None:
    cast.client(cast.ines).post(f"/people/{cast.claire.pk}/thanks", {"words": "Pour ton calme, toujours."})
    assert "Pour ton calme" in seen_by(cast, cast.marek, f"/people/{cast.claire.pk}")


@pytest.mark.parametrize("words", ["", "Merci !", "         x        ", "x" * 501])
def test_a_reason_is_needed_and_what_was_typed_stays(cast: Cast, words: str) -> None:
    answer = cast.client(cast.ines).post(f"/people/{cast.loic.pk}/thanks", {"words": words, "private": "on"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="words-error"' in page
    assert f">{words}</textarea>" in page
    assert 'name="private" checked' in page
    assert not Thanks.unscoped.exists()


def test_a_sixth_of_the_week_is_refused_with_a_sentence_and_its_words_are_kept(cast: Cast) -> None:
    browser, path = cast.client(cast.ines), f"/people/{cast.loic.pk}/thanks"
    for n in range(5):
        assert browser.post(path, {"words": f"Pour la {n + 1}e fois, merci."}).status_code == 302
    sixth = browser.post(path, {"words": "Et pour le sixième café."})
    page = sixth.content.decode()
    assert sixth.status_code == 422
    assert "You have thanked five times this week, which is all there is." in page
    assert "Et pour le sixième café." in page
    assert Thanks.unscoped.count() == 5
    with pytest.raises(TooMany):
        thank(cast.ines, cast.samira, FOR)


def test_a_new_week_begins_on_monday_where_the_organisation_is(cast: Cast) -> None:
    sunday = datetime(2026, 3, 29, 21, 59, tzinfo=timezone.get_fixed_timezone(0))
    for _ in range(5):
        thank(cast.ines, cast.loic, FOR, at=sunday)
    with pytest.raises(TooMany):
        thank(cast.ines, cast.loic, FOR, at=sunday)
    # Clocks went forward that night: in Paris it is 23:59, and Monday a minute later.
    assert left(cast.ines, sunday + timedelta(minutes=1)) == 5
    assert monday(sunday).isoformat() == "2026-03-23T00:00:00+01:00"


def test_the_same_form_sent_twice_thanks_once(cast: Cast) -> None:
    browser, sent = cast.client(cast.ines), {"words": FOR, "key": uuid4()}
    for _ in range(2):
        assert browser.post(f"/people/{cast.loic.pk}/thanks", sent).status_code == 302
    assert Thanks.unscoped.count() == 1


def test_nobody_thanks_themselves_nor_who_has_left(cast: Cast) -> None:
    with pytest.raises(NotOneself):
        thank(cast.loic, cast.loic, FOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Thanks.unscoped.create(giver=cast.loic, receiver=cast.loic, words=FOR)
    browser = cast.client(cast.loic)
    assert browser.post(f"/people/{cast.loic.pk}/thanks", {"words": FOR}).status_code == 404
    acts = browser.get(f"/messages/{cast.answer(cast.in_open).pk}/acts").content.decode()
    assert "/thanks" not in acts
    Person.objects.filter(pk=cast.samira.pk).update(left_on="2020-01-01")
    assert browser.post(f"/people/{cast.samira.pk}/thanks", {"words": FOR}).status_code == 404
    assert "/thanks" not in browser.get(f"/messages/{cast.first(cast.in_open).pk}/acts").content.decode()


def test_private_thanks_are_between_the_two(cast: Cast) -> None:
    answer = cast.answer(cast.in_open)
    cast.client(cast.samira).post(f"/messages/{answer.pk}/thanks", {"words": FOR, "private": "on"})
    for path in (
        f"/people/{cast.loic.pk}",
        f"/people/{cast.loic.pk}/thanks",
        f"/messages/{answer.pk}/thanks",
    ):
        assert FOR in seen_by(cast, cast.loic, path)
        assert FOR in seen_by(cast, cast.samira, path)
        assert FOR not in seen_by(cast, cast.claire, path)
    assert FOR not in seen_by(cast, cast.loic, f"/conversations/{cast.in_open.pk}")


def test_thanks_for_what_one_may_not_read_are_seen_nowhere(cast: Cast) -> None:
    thanks = thank(cast.samira, cast.loic, FOR, cast.answer(cast.in_secret))
    for path in (f"/people/{cast.loic.pk}", f"/people/{cast.loic.pk}/thanks"):
        assert FOR not in seen_by(cast, cast.claire, path)
        assert FOR in seen_by(cast, cast.samira, path)
    assert cast.client(cast.claire).get(f"/thanks/{thanks.pk}").status_code == 404
    # Who has left keeps the words said to them, and no more learns of the conversation than anybody.
    leave(cast.secret, cast.loic)
    own = seen_by(cast, cast.loic, f"/people/{cast.loic.pk}/thanks")
    assert FOR in own
    assert cast.in_secret.title not in own


def test_who_receives_thanks_hides_them_everywhere_and_shows_them_again(cast: Cast) -> None:
    thanks = thank(cast.samira, cast.loic, FOR, cast.answer(cast.in_open))
    places = (
        f"/people/{cast.loic.pk}",
        f"/people/{cast.loic.pk}/thanks",
        f"/conversations/{cast.in_open.pk}",
    )
    assert all(FOR in seen_by(cast, cast.ines, path) for path in places)
    assert cast.client(cast.samira).post(f"/thanks/{thanks.pk}/hiding").status_code == 404
    assert cast.client(cast.loic).post(f"/thanks/{thanks.pk}/hiding").status_code == 302
    for reader in (cast.ines, cast.samira):
        assert not any(FOR in seen_by(cast, reader, path) for path in places)
    assert FOR in seen_by(cast, cast.loic, f"/people/{cast.loic.pk}")
    assert "You were thanked" not in seen_by(cast, cast.loic, "/")
    cast.client(cast.loic).delete(f"/thanks/{thanks.pk}/hiding")
    assert all(FOR in seen_by(cast, cast.ines, path) for path in places)


def test_who_gave_thanks_takes_them_back(cast: Cast) -> None:
    thanks = thank(cast.samira, cast.loic, FOR, cast.answer(cast.in_open))
    assert FOR in seen_by(cast, cast.ines, f"/conversations/{cast.in_open.pk}")
    for other in (cast.loic, cast.ines, cast.claire):
        assert cast.client(other).delete(f"/thanks/{thanks.pk}").status_code == 404
    assert cast.client(cast.samira).delete(f"/thanks/{thanks.pk}").status_code == 302
    assert FOR not in seen_by(cast, cast.ines, f"/conversations/{cast.in_open.pk}")
    take_back(thank(cast.samira, cast.loic, FOR))
    assert not Thanks.unscoped.exists()


def test_hiding_twice_is_once_and_a_withdrawn_message_shows_none(cast: Cast) -> None:
    thanks = thank(cast.samira, cast.loic, FOR, cast.answer(cast.in_open))
    hide(thanks)
    hide(thanks)
    show(thanks)
    show(thanks)
    withdraw(cast.answer(cast.in_open), cast.loic)
    assert FOR not in seen_by(cast, cast.ines, f"/conversations/{cast.in_open.pk}")
    assert cast.client(cast.ines).get(f"/messages/{thanks.message_id}/thanks").status_code == 404


def test_no_archive_holds_anybodys_thanks(cast: Cast, tmp_path: Path) -> None:
    thank(cast.samira, cast.loic, FOR, cast.answer(cast.in_open))
    file = tmp_path / "all.jsonl"
    write_out(file)
    lines = file.read_text().splitlines()
    assert any("décalée" in str(json.loads(line)) for line in lines)
    assert FOR not in "\n".join(lines)
    assert not any("thank" in str(json.loads(line).get("type")) for line in lines)
