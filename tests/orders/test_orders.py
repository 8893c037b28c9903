"""Legal orders: two stewards, two reasons, seven days, and those whose words are read are told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from terrain.conversations.models import Conversation, Message
from terrain.direct.talking import begin
from terrain.orders.models import Order
from terrain.orders.order import TakesTwo, ask, open_up, opened_by, read_by, tell_what_is_due
from terrain.people.models import Person
from terrain.people.steward import appoint, dismiss
from terrain.trust.models import Entry
from tests.cast import Cast, person
from tests.house.addresses import said_by

WHY = "Tribunal judiciaire de Saint-Étienne, ordonnance n° 26/01234 du 24 novembre."
TOO = "J’ai lu l’ordonnance : elle nomme ces deux personnes, et ces dates."
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    """What Loïc and Inès say directly; Marek and Claire are stewards."""
    appoint(cast.marek)
    appoint(cast.claire)
    begin(cast.loic, [cast.ines, cast.samira], "<p>À trois : la réunion est à dix heures.</p>")
    return begin(cast.loic, [cast.ines], "<p>Le devis est dans le tiroir.</p>")


def page(cast: Cast, reader: Person, address: str) -> str:
    return said_by(cast.client(reader).get(address, follow=True))


def asked(cast: Cast, **delay: object) -> Order:
    return ask(cast.marek, [cast.loic, cast.ines], WHY, **delay)  # type: ignore[arg-type]


def test_one_steward_alone_opens_nothing(cast: Cast, talk: Conversation) -> None:
    order = asked(cast)
    assert not read_by(cast.marek, order).exists()
    assert "tiroir" not in page(cast, cast.marek, f"/orders/{order.pk}")
    for nobody in (cast.marek, cast.samira, cast.loic):
        with pytest.raises(TakesTwo):
            open_up(order, nobody, TOO)
    with pytest.raises(TakesTwo):
        ask(cast.samira, [cast.loic, cast.ines], WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.update(opened_by=cast.marek)


def test_two_read_it_for_seven_days_and_nobody_else(cast: Cast, talk: Conversation) -> None:
    order = open_up(asked(cast), cast.claire, TOO, NOW)
    assert [each.pk for each in opened_by(order)] == [talk.pk], "not what was said with a third"
    appoint(cast.samira)
    for reader, reads in ((cast.marek, True), (cast.claire, True), (cast.samira, False)):
        assert read_by(reader, order, NOW + timedelta(days=6)).exists() == reads
        assert not read_by(reader, order, NOW + timedelta(days=7)).exists()
    dismiss(cast.claire)
    assert not read_by(cast.claire, order, NOW + timedelta(days=1)).exists()
    assert not Conversation.visible_to(cast.marek).filter(pk=talk.pk).exists(), "no scope has become wider"
    for outside in (cast.loic, cast.ines):
        assert cast.client(outside).get(f"/orders/{order.pk}").status_code == 404


def test_those_who_said_it_are_told_with_names_and_reasons(cast: Cast, talk: Conversation) -> None:
    open_up(asked(cast), cast.claire, TOO)
    for reader in (cast.loic, cast.ines):
        shown = page(cast, reader, f"/conversations/{talk.pk}")
        assert "By order of the law, Marek Nowak and Claire Fontaine opened this conversation" in shown
        assert WHY in shown
        assert TOO in shown
        told = Message.visible_to(reader).filter(author=cast.claire, conversation__space=None)
        assert ["two stewards read what you said directly" in each.body for each in told] == [True]
    (other,) = Conversation.visible_to(cast.samira).filter(space=None)
    assert "By order of the law" not in page(cast, cast.samira, f"/conversations/{other.pk}")


def test_a_delay_has_its_reason_its_end_and_is_counted(cast: Cast, talk: Conversation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        asked(cast, delayed_until=(NOW + timedelta(days=30)).date())
    day = (NOW + timedelta(days=30)).date()
    order = open_up(
        asked(cast, delayed_until=day, delay_reason="Secret de l’enquête."), cast.claire, TOO, NOW
    )
    assert "By order of the law" not in page(cast, cast.loic, f"/conversations/{talk.pk}")
    shown = page(cast, cast.ines, "/orders")
    assert "people not told yet" in shown
    assert Order.objects.filter(opened_at__isnull=False, told_at=None).count() == 1
    assert tell_what_is_due(NOW + timedelta(days=29)) == 0
    assert tell_what_is_due(NOW + timedelta(days=30)) == 1
    assert tell_what_is_due(NOW + timedelta(days=31)) == 0
    order.refresh_from_db()
    assert order.told_at
    assert "By order of the law" in page(cast, cast.loic, f"/conversations/{talk.pk}")


def test_the_log_says_all_of_it_and_names_nobody_who_is_read(cast: Cast, talk: Conversation) -> None:
    open_up(asked(cast), cast.claire, TOO)
    rows = list(Entry.objects.order_by("number").values_list("act", "actor", "thing", "thing_id", "reason"))
    assert rows[-2:] == [
        ("legal order asked", cast.marek.pk, "terrain", None, WHY),
        ("legal order opened", cast.claire.pk, "terrain", None, TOO),
    ]
    log = page(cast, person("Paul Renaud"), "/log")
    assert cast.loic.name not in log
    assert "Inès Duarte" not in log


def test_on_the_page_what_is_wrong_is_said_and_nothing_is_lost(cast: Cast, talk: Conversation) -> None:
    client = cast.client(cast.marek)
    given = {"people": f"{cast.loic.email}, {cast.ines.email}", "reason": WHY}
    for wrong, said in (
        ({"people": "nobody@rivoire.example"}, "Nobody here has this address: nobody@rivoire.example"),
        ({"people": cast.loic.email}, "Two addresses at least"),
        ({"reason": "Parce que."}, "40 characters"),
        ({"delayed_until": "2020-01-01", "delay_reason": WHY}, "A day to come"),
        ({"delayed_until": (datetime.now(UTC) + timedelta(days=3)).date().isoformat()}, "40 characters"),
    ):
        answer = client.post("/orders", {**given, **wrong})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not Order.objects.exists()
    assert client.post("/orders", given).status_code == 302
    order = Order.objects.get()
    second = cast.client(cast.claire)
    assert "40 characters" in second.post(f"/orders/{order.pk}", {"reason": "Oui."}).content.decode()
    assert second.post(f"/orders/{order.pk}", {"reason": TOO}).status_code == 302
    assert "tiroir" in page(cast, cast.claire, f"/orders/{order.pk}")
    assert "tiroir" in page(cast, cast.marek, f"/orders/{order.pk}")
    assert cast.client(person("Paul Renaud")).post("/orders", given).status_code == 404
