"""The demo company uses all of the conversation: polls with results, events, outcomes, thanks, pictures, menus."""

import pytest

from terrain.agenda.models import Attendance, Event
from terrain.attachments.models import Attachment
from terrain.conversations.models import Message, Version
from terrain.demo.planting import PERSONS_TO_BE, Planted
from terrain.drafts.models import Template
from terrain.hosting.models import Hosting, Pin, Summary
from terrain.ideas.models import Debt, Idea
from terrain.notices import notice
from terrain.notices.models import Notice
from terrain.notifications.models import Notification
from terrain.outcomes.models import Outcome
from terrain.people.models import Person
from terrain.polls.models import Poll, Vote
from terrain.reports.models import Decision, Report
from terrain.spaces.models import Change
from terrain.thanks.models import Thanks
from terrain.trust.guarantees import Looked, look

pytestmark = pytest.mark.django_db


def test_it_asks_votes_meets_thanks_and_concludes(planted: Planted) -> None:
    polls = list(Poll.objects.order_by("pk"))
    assert [poll.choices.count() for poll in polls] == [4, 3, 3, 2]
    assert [poll.is_secret for poll in polls] == [False, False, False, True]
    assert Vote.objects.count() > 60
    assert Event.unscoped.count() == 3
    assert Attendance.objects.count() > 30
    assert sorted(Idea.unscoped.values_list("support_count", flat=True)) == [17, 24, 31, 38]
    first = Debt.unscoped.open().select_related("decider")[0]
    assert first.decider
    assert first.decider.name == "Didier Fayolle", "he is late, as he says himself"
    assert Outcome.objects.count() == 2
    assert Thanks.unscoped.count() == 5
    assert Notice.unscoped.count() == 3
    assert notice.compulsory_this_month() <= notice.A_MONTH
    assert Notice.unscoped.get(reason__contains="à son poste").until
    assert Template.unscoped.get().message.conversation.title == "Réglages presse 4"
    assert Pin.objects.count() == 3
    assert (Summary.objects.count(), Hosting.objects.count(), Version.objects.count()) == (1, 3, 2)


def test_its_pictures_are_drawn_here_and_say_what_they_show(planted: Planted) -> None:
    attached = Attachment.unscoped.select_related("file")
    assert [each.file.type.startswith("image/") and bool(each.file.alt) for each in attached] == [True, True]


def test_a_menu_has_a_history(planted: Planted) -> None:
    changes = Change.objects.filter(space__name="Atelier 2", part="menu").order_by("pk")
    assert [each.before == "" for each in changes] == [True, False]
    assert changes[0].changed_at < changes[1].changed_at


def test_what_went_too_far_was_set_aside_by_two_people_and_its_author_told(planted: Planted) -> None:
    decision = Decision.objects.select_related("first", "second", "message__author").get()
    assert decision.first != decision.second
    assert decision.is_confirmed
    assert decision.message
    assert decision.message.author
    assert decision.message.body == ""
    told = Message.visible_to(decision.message.author).filter(conversation__space=None)
    assert {each.author for each in told} == {decision.first, decision.second}
    assert Report.objects.get().answer == decision.second_said


def test_something_waits_for_who_comes_in_by_the_door(planted: Planted) -> None:
    waits = {each.name: each.news for each in Person.objects.filter(news__gt=0)}
    assert len(waits) > 15
    assert any(Person.objects.get(email=address).news for address, _ in PERSONS_TO_BE)
    assert sum(waits.values()) == Notification.objects.count()


def test_who_votes_or_comes_belongs_there(planted: Planted) -> None:
    for vote in Vote.objects.select_related("choice__poll__conversation"):
        space = vote.choice.poll.conversation.space
        assert space
        assert space.memberships.filter(person=vote.person).exists()


def test_every_guarantee_is_kept_in_it(planted: Planted) -> None:
    assert {guarantee.key: looked.found for guarantee, looked in look() if looked.found} == {}
    assert Looked.objects.count() == 10


def test_no_message_was_changed_by_it(planted: Planted) -> None:
    assert not Message.unscoped.exclude(edited_at=None).exists()
