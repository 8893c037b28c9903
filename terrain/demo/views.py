"""The demo's own way in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from terrain.accounts.views import come_in
from terrain.demo.persons import persons_to_be
from terrain.people.models import Person


@login_not_required
@require_POST
def be(request: HttpRequest, person: int) -> HttpResponse:
    """Come in as one of the persons offered; outside the demo this page does not exist."""
    if not settings.DEMO or person not in {each.person.pk for each in persons_to_be()}:
        raise Http404
    return come_in(request, get_object_or_404(Person.objects.present(), pk=person))
