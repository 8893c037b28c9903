"""The members as whom pages are asked for: typical ones, signed in."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils.crypto import get_random_string

from terrain.people.models import Person
from terrain.people.sessions import SessionStore

LENGTH = 20
"""Messages of the conversation that each member reads."""

TYPICAL = """
    with belongs as (
        select person_id, count(*) as spaces from spaces_membership group by person_id
    ), middle as (
        select percentile_disc(0.5) within group (order by spaces) as spaces from belongs
    )
    select b.person_id, c.id from belongs b, middle, lateral (
        select c.id from conversations_conversation c
        join spaces_membership m on m.space_id = c.space_id and m.person_id = b.person_id
        where c.message_count = %(length)s order by c.last_activity_at desc, c.id desc limit 1) c
    order by abs(b.spaces - middle.spaces), b.person_id limit %(most)s
"""


@dataclass(frozen=True)
class Member:
    """Somebody signed in: the cookies of their browser, and a conversation of twenty messages they may read."""

    cookie: str
    conversation: int


def typical(most: int) -> list[Member]:
    """Members who belong to as many spaces as half of all people do at most, each with a session of their own."""
    with connection.cursor() as cursor:
        cursor.execute(TYPICAL, {"length": LENGTH, "most": most})
        return [Member(_sign_in(person), conversation) for person, conversation in cursor.fetchall()]


def _sign_in(pk: int) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = Person.objects.get(pk=pk).get_session_auth_hash()
    session.create()
    # The second is what every browser has after its first page with a form.
    forms = f"{settings.CSRF_COOKIE_NAME}={get_random_string(32)}"
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {forms}"
