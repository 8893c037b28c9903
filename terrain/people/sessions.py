"""Who sits at this browser: a session and its person, found by one question to the database."""

from datetime import timedelta
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


PERSON = [field.attname for field in Person._meta.concrete_fields]
ORGANISATION = [field.attname for field in Organisation._meta.concrete_fields]
WHO = f"""
    select s.session_data,
        {", ".join(f"o.{name}" for name in ORGANISATION)},
        {", ".join(f"p.{name}" for name in PERSON)}
    from people_session s
    left join people_person p on p.id = s.person_id
    left join people_organisation o on o.id = 1
    where s.session_key = %s and s.expire_date > now()
"""


class SessionMiddleware(DjangoSessionMiddleware):
    """Gives the request its `session`, its `user` (a Person, or nobody) and its `organisation`."""

    def process_request(self, request: HttpRequest) -> None:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        request.session = store = SessionStore(key)
        request.user = AnonymousUser()
        request.organisation = Organisation()  # type: ignore[attr-defined]
        if not key:
            return
        with connection.cursor() as cursor:
            cursor.execute(WHO, [key])
            row = cursor.fetchone()
        if row is None:
            store._session_key = None
            store._session_cache = {}  # type: ignore[attr-defined]
            return
        store._session_cache = store.decode(row[0])  # type: ignore[attr-defined]
        who = 1 + len(ORGANISATION)
        if row[1] is not None:
            request.organisation = Organisation.from_db("default", ORGANISATION, row[1:who])  # type: ignore[attr-defined]
        if row[who] is not None:
            person = Person.from_db("default", PERSON, row[who:])
            proof = store._session_cache.get(HASH_SESSION_KEY, "")  # type: ignore[attr-defined]
            if person.is_active and constant_time_compare(proof, person.get_session_auth_hash()):
                request.user = person


def forget_expired(grace: timedelta = timedelta(0)) -> int:
    """Remove the sessions that ended more than `grace` ago; returns how many."""
    removed, _ = Session.objects.filter(expire_date__lt=Now() - grace).delete()
    return removed
