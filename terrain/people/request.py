"""What a view is given: a request, and who makes it."""

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from terrain.people.organisation import Organisation
from terrain.people.person import Person


class PersonRequest(HttpRequest):
    """A request of somebody signed in, as every view gets it unless it is marked as public."""

    user: Person
    session: SessionBase
    organisation: Organisation
