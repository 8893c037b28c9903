"""Where notifications show: in the navigation with their number, on top of the feed, in the menus that set how many."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from terrain.conversations.models import Conversation, Participation
from terrain.conversations.thread import Opened
from terrain.notifications.forms import AttentionForm
from terrain.notifications.hours import attention_of, attention_of_all
from terrain.notifications.level import level_of, level_of_own_space
from terrain.notifications.listing import waiting
from terrain.notifications.outbox import in_trouble
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.people.steward import is_steward
from terrain.spaces.models import Space
from terrain.web import shell
from terrain.web.moments import hour_at
from terrain.web.panels import panel
from terrain.web.rendering import csrf_field, fragment

BESIDE = 3

shell.add(
    shell.Place(
        "for_you",
        pgettext_lazy("place", "For you"),
        "bell",
        "for_you",
        order=15,
        on_phone=False,
        count=lambda person: person.news,
    )
)


@panel("feed-top", order=9)
def waits(request: PersonRequest, _thing: object) -> Markup | str:
    """What waits, on top of the feed; nothing is asked where nothing does."""
    if not request.user.news:
        return ""
    found = waiting(request.user, 20)
    more = request.user.news - sum(len(each.lines) for each in found[:BESIDE])
    return fragment("notifications/_on_feed.html", waiting=found[:BESIDE], more=more) if found else ""


@panel("conversation-acts", order=18)
def level_of_conversation(request: PersonRequest, conversation: Conversation) -> Markup | str:
    if conversation.space_id is None:
        return ""
    where = reverse("conversation_notifications", args=[conversation.pk])
    return fragment("notifications/_level.html", where=where, how=level_of(conversation, request.user))


@panel("space-acts", order=48)
def level_of_space(request: PersonRequest, space: Space) -> Markup | str:
    how = level_of_own_space(space, request.user)
    if how is None:
        return ""
    return fragment(
        "notifications/_level.html", where=reverse("space_notifications", args=[space.pk]), how=how
    )


@panel("conversation-aside", order=12)
def quiet_now(request: PersonRequest, opened: Opened) -> Markup | str:
    """Beside a direct conversation, for whom it is quiet now, and when something rings for them again."""
    if opened.space_id is not None:
        return ""
    now = timezone.now()
    here = Participation.objects.filter(conversation=opened.id).exclude(person=request.user)
    others = attention_of_all(list(here.values_list("person", flat=True))).values()
    quiet = [
        (each.person.name, each.hours.rings_at(now))
        for each in others
        if each.rings and each.hours.is_quiet(now)
    ]
    zone = request.user.zone
    return fragment("notifications/_quiet_now.html", quiet=sorted(quiet), zone=zone) if quiet else ""


@panel("settings", order=30)
def told_by_mail(request: PersonRequest, person: Person) -> Markup:
    kept = attention_of(person)
    form = AttentionForm(
        initial={
            "by_mail": kept.by_mail,
            "bundle": kept.bundle,
            "digest": kept.digest,
            "quiet_from": f"{kept.quiet_from:%H:%M}",
            "quiet_until": f"{kept.quiet_until:%H:%M}",
            "at_week_ends": kept.at_week_ends,
            "on_holidays": kept.on_holidays,
            "away_from": kept.away_from and kept.away_from.isoformat(),
            "away_until": kept.away_until and kept.away_until.isoformat(),
        }
    )
    hour = hour_at(person.zone)
    return fragment("notifications/_attention.html", form=form, csrf=csrf_field(request), zone_hour=hour)


@panel("stewards", order=5)
def mails_in_trouble(request: PersonRequest, _thing: object) -> Markup | str:
    """For stewards, that the mail server does not take some mails."""
    waiting = in_trouble() if is_steward(request.user) else None
    if not waiting:
        return ""
    return fragment("notifications/_trouble.html", count=waiting.count, trouble=waiting.said)
