"""Ideas: proposed, supported, owed an answer by somebody with a name, overdue in public, answered with a reason."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from terrain.conversations.models import Conversation
from terrain.hosting.hosting import volunteer
from terrain.ideas import debt
from terrain.ideas.answer import Answer, Verdict, answer, median_days
from terrain.ideas.debt import (
    WITHIN,
    Debt,
    NotYours,
    OnlyOnce,
    extend,
    hand_over,
    name_decider,
    settle,
    settle_all,
)
from terrain.ideas.idea import Idea, OwnIdea, support, support_no_more
from terrain.ideas.listing import late, listed
from terrain.notifications.models import Notification
from terrain.people.models import Person
from terrain.spaces.models import Membership, Space
from tests.cast import Cast, person
from tests.house.addresses import said_by

WHY = "Le quai 3 est libre le matin, et Hamid choisit les tournées."
NO = "Non, et voici pourquoi. " + "Deux clients imposent des caisses neuves par contrat. " * 4


def proposed(cast: Cast, title: str = "Un bac de retour", **more: str) -> Idea:
    """Loïc proposes it in the open space."""
    given = {"space": cast.open.pk, "title": title, "body": "<p>Nos livreurs reviennent à vide.</p>", **more}
    assert cast.client(cast.loic).post("/ideas/new", given).status_code == 302
    found: Idea = Idea.unscoped.select_related("conversation__space", "conversation__author").get(
        conversation__title=title
    )
    return found


def supported(cast: Cast, times: int, title: str = "Un bac de retour") -> Idea:
    """The same, with so many behind it."""
    idea = proposed(cast, title)
    for n in range(times):
        support(idea, person(f"Soutien {title} {n}"))
    return idea


def owed(cast: Cast, title: str = "Un bac de retour") -> Debt:
    """An answer is owed to it, by Claire, who is Loïc's manager."""
    idea = supported(cast, 5, title)
    assert settle(idea)
    found: Debt = Debt.unscoped.select_related("decider", "idea__conversation__space").get(idea=idea)
    return found


def late_by(owed: Debt, days: int) -> None:
    now = timezone.now()
    due = now - timedelta(days=days, hours=1)
    Debt.unscoped.filter(pk=owed.pk).update(owed_at=due - WITHIN, due_at=due)
    owed.refresh_from_db()


def test_what_is_the_matter_and_what_is_proposed_are_one_message(cast: Cast) -> None:
    idea = proposed(cast, proposal="Reprendre les caisses.\n\nÀ l’aller, <rien> ne change.")
    body = cast.first(idea.conversation).body
    assert body == (
        "<p>Nos livreurs reviennent à vide.</p><h3>What I propose</h3><p>Reprendre les caisses.</p>"
        "<p>À l’aller, &lt;rien&gt; ne change.</p>"
    )
    refused = cast.client(cast.loic).post("/ideas/new", {"space": cast.open.pk, "body": "Sans titre"})
    assert refused.status_code == 422


def test_support_is_counted_once_and_can_be_taken_back(cast: Cast) -> None:
    idea = proposed(cast)
    client = cast.client(cast.samira)
    where = f"/conversations/{idea.pk}/support"
    for reason in ("", "On a déjà les bacs."):
        assert client.post(where, {"reason": reason}).status_code == 302
    idea.refresh_from_db()
    assert idea.support_count == 1
    page = said_by(client.get(f"/conversations/{idea.pk}"))
    assert "1 supporter" in page
    assert "On a déjà les bacs." in page
    assert "I support it" in page
    assert client.post(where, {"reason": "x" * 301}).status_code == 422
    assert client.delete(where).status_code == 302
    idea.refresh_from_db()
    assert idea.support_count == 0
    with pytest.raises(OwnIdea):
        support(idea, cast.loic)


def test_five_or_one_in_twenty_or_fifty_at_most(cast: Cast) -> None:
    idea, now = proposed(cast), timezone.now()
    for members, wanted in ((10, 5), (100, 5), (101, 6), (400, 20), (5000, 50)):
        idea.support_count = wanted - 1
        assert not debt.enough(idea, now, members, now)
        idea.support_count = wanted
        assert debt.enough(idea, now, members, now)


def test_after_thirty_days_three_are_enough(cast: Cast) -> None:
    idea = supported(cast, 3)
    now = timezone.now()
    assert not settle(idea, now + timedelta(days=29))
    assert settle_all(now + timedelta(days=31)) == 1
    assert settle_all(now + timedelta(days=31)) == 0, "twice is once"


def test_the_fifth_makes_an_answer_owed_by_the_manager_who_is_told(cast: Cast) -> None:
    idea = supported(cast, 4)
    assert cast.client(cast.samira).post(f"/conversations/{idea.pk}/support").status_code == 302
    found = Debt.unscoped.get(idea=idea)
    assert found.decider == cast.claire
    assert found.due_at - found.owed_at == timedelta(days=21)
    assert "You owe an answer by" in said_by(cast.client(cast.claire).get("/for-you"))
    assert "Un bac de retour" in said_by(cast.client(cast.claire).get("/owed"))
    assert "You owe nobody an answer." in said_by(cast.client(cast.samira).get("/owed"))
    support_no_more(idea, cast.samira)
    assert Debt.unscoped.filter(idea=idea).exists(), "what is owed stays owed"


def test_who_looks_after_the_space_says_who_decides_there(cast: Cast) -> None:
    volunteer(cast.open, cast.samira)
    client, where = cast.client(cast.samira), f"/spaces/{cast.open.pk}/decider"
    assert cast.client(cast.ines).post(where, {"to": "Inès Duarte"}).status_code == 403
    for wrong in ("Personne Inconnue", "nobody@rivoire.example"):
        assert client.post(where, {"to": wrong}).status_code == 422
    assert client.post(where, {"to": "inès duarte"}).status_code == 302
    assert "Inès Duarte decides here." in said_by(client.get(f"/ideas?space={cast.open.pk}"))
    assert owed(cast).decider == cast.ines
    assert client.post(where, {"to": ""}).status_code == 302
    assert owed(cast, "Une autre").decider == cast.claire


def test_nobody_owes_what_they_may_not_read(cast: Cast) -> None:
    closed = Idea.unscoped.create(conversation=cast.in_closed)
    outside = person("Chef Dehors")
    author = cast.in_closed.author
    assert author
    Person.objects.filter(pk=author.pk).update(manager=outside)
    closed = Idea.unscoped.select_related("conversation__author", "conversation__space").get(pk=closed.pk)
    assert debt.who_decides(closed) != outside
    space = Space.unscoped.get(pk=cast.closed.pk)
    Membership.objects.create(space=space, person=outside)
    assert debt.who_decides(closed) == outside


def test_an_answer_has_its_reason_whatever_asks_the_database(cast: Cast) -> None:
    found = owed(cast)
    insert = """insert into ideas_answer (debt_id, person_id, verdict, reason, later_on, answered_at)
        values (%s, %s, %s, %s, %s, now())"""
    wrong = [
        ("kept", "", None),
        ("kept", "Oui.", None),
        ("no", "Non, parce que c’est non, voilà tout.", None),
        ("later", WHY, None),
        ("kept", WHY, date(2027, 1, 1)),
        ("perhaps", WHY, None),
    ]
    for verdict, reason, later_on in wrong:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert, [found.pk, cast.claire.pk, verdict, reason, later_on])
    with connection.cursor() as cursor:
        cursor.execute(insert, [found.pk, cast.claire.pk, "no", NO, None])
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.update(reason="")


def test_who_decides_answers_for_good_and_all_behind_it_are_told(cast: Cast) -> None:
    found = owed(cast)
    support(found.idea, cast.samira)
    where = f"/conversations/{found.pk}/owed-answer"
    assert cast.client(cast.loic).get(where).status_code == 404
    client = cast.client(cast.claire)
    for given, said in (
        (
            {"verdict": "no", "reason": "Non, c’est trop cher pour nous."},
            "Say why in 200 characters at least: 31 so far.",
        ),
        ({"verdict": "", "reason": WHY}, "Choose an answer."),
        ({"verdict": "later", "reason": WHY}, "When? A day to come, within a year."),
        ({"verdict": "kept", "reason": ""}, "Say why"),
    ):
        refused = client.post(where, given)
        assert (refused.status_code, said in said_by(refused)) == (422, True)
        assert given["reason"] in said_by(refused).replace("&#39;", "’"), "nothing of it is lost"
    assert client.post(where, {"verdict": "trial", "reason": WHY}).status_code == 302
    page = said_by(cast.client(cast.samira).get(f"/conversations/{found.pk}"))
    assert "On trial" in page
    assert WHY in page
    for each in (cast.samira, cast.loic):
        assert "On trial" in said_by(cast.client(each).get("/for-you"))
    assert not Notification.objects.filter(person=cast.claire, about="owed").exists()
    assert client.post(where, {"verdict": "no", "reason": NO}).status_code == 404, "for good"
    with pytest.raises(NotYours):
        answer(found, cast.claire, Verdict.NO, NO)
    assert median_days(timezone.now() - timedelta(days=1)) == 0


def test_what_is_late_is_there_for_everybody_with_its_age(cast: Cast) -> None:
    found = owed(cast)
    assert late(cast.samira) == []
    late_by(found, 4)
    page = said_by(cast.client(cast.samira).get("/ideas/late"))
    assert "Un bac de retour" in page
    assert "Claire Fontaine" in page
    assert "Answer late by 4 days" in page
    assert "Answer late by 4 days" in said_by(cast.client(cast.samira).get(f"/conversations/{found.pk}"))
    assert [each.pk for each in listed(cast.samira, "late")[0]] == [found.pk]
    settle_all(timezone.now() + timedelta(days=400))
    assert Debt.unscoped.open().filter(pk=found.pk).exists(), "nothing closes by itself"


def test_more_time_is_taken_once_and_says_why(cast: Cast) -> None:
    found = owed(cast)
    where, client = f"/conversations/{found.pk}/more-time", cast.client(cast.claire)
    assert cast.client(cast.samira).post(where, {"reason": WHY}).status_code == 404
    assert client.post(where, {"reason": "Trop court."}).status_code == 422
    due = found.due_at
    assert client.post(where, {"reason": WHY}).status_code == 302
    found.refresh_from_db()
    assert found.due_at == due + WITHIN
    with pytest.raises(OnlyOnce):
        extend(found, cast.claire, WHY)
    assert "This can be done once" in said_by(client.post(where, {"reason": WHY}))
    assert WHY in said_by(cast.client(cast.samira).get(f"/conversations/{found.pk}"))
    assert "took more time to answer an idea" in said_by(cast.client(cast.samira).get("/log"))


def test_not_ours_is_handed_over_once(cast: Cast) -> None:
    found = owed(cast)
    late_by(found, 4)
    where, client = f"/conversations/{found.pk}/decider", cast.client(cast.claire)
    assert client.post(where, {"to": "Quelqu’un", "reason": WHY}).status_code == 422
    assert client.post(where, {"to": "Inès Duarte", "reason": WHY}).status_code == 302
    found.refresh_from_db()
    assert found.decider == cast.ines
    assert found.due_at > timezone.now() + timedelta(days=20)
    assert client.get(where).status_code == 404, "it is no longer theirs"
    with pytest.raises(OnlyOnce):
        hand_over(found, cast.ines, cast.claire, WHY)


def test_what_somebody_owed_who_left_falls_to_their_manager_and_the_log_says_so(cast: Cast) -> None:
    found = owed(cast)
    above = person("Florence Delmas")
    Person.objects.filter(pk=cast.claire.pk).update(manager=above, left_on=timezone.localdate())
    settle_all()
    found.refresh_from_db()
    assert found.decider == above
    assert Notification.objects.filter(person=above, about="owed").exists()
    assert "fell to their manager" in said_by(cast.client(cast.samira).get("/log"))
    settle_all()
    found.refresh_from_db()
    assert found.decider == above, "twice is once"


def test_of_three_thousand_the_clocks_are_set_by_one_job(cast: Cast) -> None:
    opened = timezone.now() - timedelta(days=31)
    made = Conversation.unscoped.bulk_create(
        Conversation(space=cast.open, author=cast.loic, kind="idea", title=f"Idée {n}", opened_at=opened)
        for n in range(300)
    )
    Idea.unscoped.bulk_create(
        Idea(conversation=each, support_count=3 if n % 3 else 2) for n, each in enumerate(made)
    )
    assert settle_all() == 200
    assert settle_all() == 0


def test_only_who_may_read_it_finds_it_in_the_lists(cast: Cast) -> None:
    Idea.unscoped.create(conversation=cast.in_secret, support_count=9)
    settle_all()
    late_by(Debt.unscoped.get(), 2)
    for where in ("/ideas", "/ideas/late", "/ideas?state=late"):
        assert cast.in_secret.title not in said_by(cast.client(cast.ines).get(where))
    assert cast.client(cast.ines).get(f"/ideas?space={cast.secret.pk}").status_code == 404


def test_whoever_keeps_a_space_names_the_decider_in_public(cast: Cast) -> None:
    volunteer(cast.open, cast.samira)
    name_decider(cast.open, cast.samira, cast.ines)
    assert "said who decides about the ideas of a space" in said_by(cast.client(cast.loic).get("/log"))
    with pytest.raises(NotYours):
        name_decider(cast.open, cast.marek, cast.marek)
