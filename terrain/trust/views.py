"""The pages of trust: what is promised, and the public log, to be read here, by a program, or in a spreadsheet."""

import csv
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from terrain.people import steward
from terrain.people.models import Person
from terrain.people.power import acts, powers
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.trust import reading
from terrain.trust.guarantees import GUARANTEES, last_looked
from terrain.web import asked
from terrain.web.panels import drawn
from terrain.web.rendering import page
from terrain.web.secret_addresses import key_of, read

SALT = "trust.log"
COLUMNS = ("number", "at", "act", "who", "said", "on", "reason", "hash")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_GET
def guarantees(request: PersonRequest) -> HttpResponse:
    """What Terrain promises, and whether it is kept here."""
    looked = last_looked()
    promises = [(each, looked.get(each.key)) for each in GUARANTEES]
    return page(request, "trust/guarantees.html", promises=promises)


@require_GET
def stewards(request: PersonRequest) -> HttpResponse:
    """Who keeps this Terrain running, and all that they can do."""
    return page(
        request,
        "trust/stewards.html",
        stewards=steward.stewards(),
        powers=powers(),
        beside=drawn("stewards", request),
    )


@require_GET
def log(request: PersonRequest) -> HttpResponse:
    """Every act of power, the latest first."""
    keys, space = request.GET.getlist("act"), asked.number(request.GET.get("space"))
    # Of a space that they do not see, nobody learns which of the acts were done to it.
    here = Space.visible_to(request.user).filter(pk=space).first() if space else None
    found = reading.page(request.user, keys, here, asked.number(request.GET.get("before")))
    return page(
        request,
        "trust/log.html",
        lines=found.lines,
        after=found.after,
        chosen=[each for each in keys if each],
        space=here,
        acts=acts().values(),
        atom=reverse("log_atom", args=[_key(request.user)]),
    )


@require_GET
def log_csv(request: PersonRequest) -> StreamingHttpResponse:
    """All of it, as a table."""
    response = StreamingHttpResponse(_table(request.user), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="log.csv"'
    return response


@login_not_required
@require_GET
def log_atom(request: HttpRequest, key: str) -> HttpResponse:
    """The latest of it, for a program that knows somebody's address of it and nothing else."""
    reader = get_object_or_404(Person.objects.present(), pk=read(key, SALT))
    site = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    with translation.override(reader.language or translation.get_language()):
        feed = Atom1Feed(_("The public log"), site + reverse("log"), "", feed_url=site + request.path)
        for line in reading.page(reader).lines:
            feed.add_item(
                f"{line.who} {line.says}{f' · {line.thing}' if line.thing else ''}".strip(),
                f"{site}{reverse('log')}#e{line.number}",
                line.reason,
                unique_id=f"{site}{reverse('log')}#e{line.number}",
                updateddate=line.at,
            )
        return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _key(person: Person) -> str:
    """The secret part of the address of the log for this person."""
    return key_of(person.pk, SALT)


class _Echo:
    """What `csv` writes to: it gives each line back."""

    def write(self, line: str) -> str:
        return line


def _table(reader: Person) -> Iterator[str]:
    writer: Any = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for line in reading.everything(reader):
        cells = (
            line.number,
            line.at.isoformat(),
            line.key,
            line.who,
            line.says,
            line.thing,
            line.reason,
            line.hash,
        )
        # A spreadsheet would take it for a formula.
        yield writer.writerow([f"'{each}" if str(each).startswith(FORMULA) else each for each in cells])
