"""Who sits at this browser: a session and its person, found by one question to the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.db import connection, models
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from terrain.people.organisation import Organisation
from terrain.people.person import Person


class Session(AbstractBaseSession):
    """A browser where somebody is signed in, or about to be."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="sessions")
    opened_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "people_session"
        constraints: ClassVar = []

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore


class SessionStore(DatabaseStore):
    """Django's sessions, with the person in a column of their own."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = super().create_model_instance(data)
        assert isinstance(session, Session)
        session.person_id = int(data["_auth_user_id"]) if "_auth_user_id" in data else None
        return session


# No page asks when somebody last signed in; a moment costs more to read than the rest of the row.
PERSON = [field.attname for field in Person._meta.concrete_fields if field.name != "last_login"]
ORGANISATION = [field.attname for field in Organisation._meta.concrete_fields]
WHO = f"""
    select s.session_key, s.session_data,
        {", ".join(f"o.{name}" for name in ORGANISATION)}, {", ".join(f"p.{name}" for name in PERSON)}
    from people_session s
    left join people_person p on p.id = s.person_id
    left join people_organisation o on o.id = 1
    where s.expire_date > now() and s.session_key = """


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a browser that has a session: its data, the organisation, who is signed in there, if anybody."""

    data: dict[str, Any]
    organisation: Organisation
    person: Person | None


def find(key: str) -> Found | None:
    """The session of this cookie, unless it has ended; one question."""
    row = next(iter(_rows("%s", key)), None) if _can_be(key) else None
    return _found(row) if row else None


def find_all(keys: Iterable[str]) -> dict[str, Found]:
    """The sessions of these cookies that have not ended, by their key; one question for all of them."""
    return {row[0]: _found(row) for row in _rows("any(%s)", list(filter(_can_be, keys)))}


def _can_be(key: str) -> bool:
    """Whether PostgreSQL can be asked for it: a cookie may hold anything, and no text of PostgreSQL's holds a zero."""
    return "\0" not in key


def _rows(which: str, key: str | list[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(WHO + which, [key])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@lru_cache(maxsize=4096)
def _decoded(data: str) -> dict[str, Any]:
    """What a session holds, its signature checked: the same text is read once."""
    return SessionStore().decode(data)


def _found(row: tuple[Any, ...]) -> Found:
    who = 2 + len(ORGANISATION)
    data = dict(_decoded(row[1]))
    organisation = (
        Organisation() if row[2] is None else Organisation.from_db("default", ORGANISATION, row[2:who])
    )
    person = None if row[who] is None else Person.from_db("default", PERSON, row[who:])
    return Found(data, organisation, person if person and _is_signed_in(person, data) else None)


def _is_signed_in(person: Person, data: dict[str, Any]) -> bool:
    """Whether they are still here, and still have the password with which they came in."""
    return person.is_active and _proves(data.get(HASH_SESSION_KEY, ""), person.password)


@lru_cache(maxsize=4096)
def _proves(proof: str, password: str) -> bool:
    """Whether a session was opened with this password's hash; the same two are compared once."""
    return constant_time_compare(proof, Person(password=password).get_session_auth_hash())


class SessionMiddleware(DjangoSessionMiddleware):
    """Gives the request its `session`, its `user` (a Person, or nobody) and its `organisation`."""

    def process_request(self, request: HttpRequest) -> None:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        request.session = store = SessionStore(key)
        found = find(key) if key else None
        if found is None:
            request.user = AnonymousUser()
            request.organisation = Organisation()  # type: ignore[attr-defined]
            store._session_key = None
            store._session_cache = {}  # type: ignore[attr-defined]
            return
        store._session_cache = found.data  # type: ignore[attr-defined]
        request.organisation = found.organisation  # type: ignore[attr-defined]
        request.user = found.person or AnonymousUser()


def forget_expired(grace: timedelta = timedelta(0)) -> int:
    """Remove the sessions that ended more than `grace` ago; returns how many."""
    removed, _ = Session.objects.filter(expire_date__lt=Now() - grace).delete()
    return removed
