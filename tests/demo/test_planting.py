"""The demo company in its tables."""

import pytest
from django.db import connection

from terrain.conversations.conversation import Conversation
from terrain.conversations.feed import feed
from terrain.conversations.opening import open_conversation
from terrain.demo.persons import persons_to_be
from terrain.demo.planting import PERSONS_TO_BE, Planted
from terrain.people.models import Person
from terrain.people.organisation import organisation
from terrain.spaces.models import Space
from tests.demo.moment import A_TUESDAY

pytestmark = pytest.mark.usefixtures("planted")


def _wrong(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({question}) as wrong")
        return int(cursor.fetchone()[0])


def test_the_counts_are_those_of_the_tables(planted: Planted) -> None:
    tables = ("people_person", "people_unit", "spaces_space", "conversations_conversation")
    tables += ("conversations_message", "conversations_reaction")
    counts = [_wrong(f"select from {table}") for table in tables]
    assert counts == list(vars(planted).values())


def test_the_organisation_has_its_name() -> None:
    assert organisation().name == "Ateliers Rivoire"


@pytest.mark.parametrize(
    "question",
    [
        "select from spaces_space s where member_count <>"
        " (select count(*) from spaces_membership where space_id = s.id)",
        "select from spaces_space s where conversation_count <>"
        " (select count(*) from conversations_conversation where space_id = s.id)",
        "select from spaces_space s where last_activity_at is distinct from coalesce("
        " (select max(last_activity_at) from conversations_conversation where space_id = s.id), opened_at)",
        "select from conversations_conversation c join (select conversation_id, count(*) as n, max(number) as last,"
        " count(distinct author_id) as voices, min(written_at) as opened, max(written_at) as moved"
        " from conversations_message group by 1) m on m.conversation_id = c.id where (m.n, m.last, m.voices,"
        " m.opened, m.moved) is distinct from"
        " (message_count, message_count, voice_count, opened_at, last_activity_at)",
        "select from conversations_conversation c where not exists"
        " (select from conversations_message where conversation_id = c.id and number = 1 and author_id = c.author_id)",
        "select from conversations_message m where not exists (select from conversations_following f"
        " where f.conversation_id = m.conversation_id and f.person_id = m.author_id)",
        "select from conversations_message m where not exists (select from conversations_reading r"
        " where r.conversation_id = m.conversation_id and r.person_id = m.author_id and r.number >= m.number)",
        "select from conversations_reading r join conversations_conversation c on c.id = r.conversation_id"
        " where r.number > c.message_count",
        "select from conversations_message m join conversations_message t on t.id = m.reply_to_id"
        " where t.conversation_id <> m.conversation_id or t.number >= m.number",
    ],
)
def test_counters_and_positions_are_true(question: str) -> None:
    assert _wrong(question) == 0


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("people_person", "joined_at"),
        ("people_unit", "opened_at"),
        ("spaces_space", "opened_at"),
        ("spaces_membership", "joined_at"),
        ("conversations_message", "written_at"),
        ("conversations_reaction", "reacted_at"),
        ("conversations_following", "followed_at"),
        ("conversations_reading", "read_at"),
    ],
)
def test_nothing_is_in_the_future(table: str, column: str) -> None:
    assert _wrong(f"select from {table} where {column} >= '{A_TUESDAY.isoformat()}'") == 0


def test_nobody_can_come_in_by_a_password() -> None:
    assert not any(person.has_usable_password() for person in Person.objects.all())


def test_whoever_one_may_be_is_here_with_a_feed_some_of_it_new() -> None:
    offered = persons_to_be()
    assert [one.person.email for one in offered] == [email for email, _ in PERSONS_TO_BE]
    for one in offered:
        listed = feed(one.person).listed
        assert len(listed) == 20, one.person.name
        assert 0 < sum(each.is_new for each in listed) < 20, one.person.name


def test_the_first_feed_shows_what_the_design_shows() -> None:
    listed = feed(persons_to_be()[0].person).listed
    titles = {one.id: one.title for one in Conversation.unscoped.filter(pk__in=[each.id for each in listed])}
    shown = [titles[each.id].replace("\u202f", " ").replace("\u00a0", " ") for each in listed]
    assert "Qui sait pourquoi la presse 4 dérive après la pause ?" in shown[:3]
    assert "Un bac de retour pour les emballages clients" in shown
    assert "Valmetor passe au joint sans PFAS sur toute sa gamme" in shown


def test_the_tables_count_on_from_there() -> None:
    person = persons_to_be()[0].person
    space = Space.unscoped.of(person).first()
    assert space is not None
    opened = open_conversation(space, person, "<p>Bonjour</p>")
    assert Conversation.unscoped.exclude(pk=opened.pk).order_by("-pk")[0].pk < opened.pk
    opened.messages.all().delete()
    opened.delete()


def test_every_row_points_to_one_that_is_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
