"""Where notices show: on top of the feed while they are compulsory, on top of their conversation, on its card."""

from collections.abc import Callable, Collection, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from terrain.conversations import additions, feed
from terrain.notices import notice
from terrain.notices.models import Notice
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.web import shell
from terrain.web.fragments import slot
from terrain.web.panels import panel
from terrain.web.rendering import fragment

shell.add(
    shell.Place("notices", pgettext_lazy("place", "Notices"), "megaphone", "notices", 35, on_phone=False)
)

# For two months: who comes later finds them on their page.
feed.comes_from(
    """select n.conversation_id, c.opened_at - interval '1 second' from notices_notice n
    join conversations_conversation c on c.id = n.conversation_id and c.author_id is distinct from %(person)s
    where n.is_for_everybody and c.opened_at > now() - interval '60 days'"""
)


@panel("feed-top", order=5)
def waiting(request: PersonRequest, _thing: object) -> Markup | str:
    """The compulsory ones that this person has not read."""
    if not notice.some_run(request.organisation.epoch, timezone.localdate()):
        return ""
    found = notice.to_read(request.user)
    return fragment("notices/_waiting.html", notices=found) if found else ""


@additions.on_top(order=5, kind="notice")
def on_top(conversation: int) -> Markup | str:
    found = Notice.unscoped.select_related("conversation__author", "conversation__space").filter(
        pk=conversation
    )
    here = found.first()
    return fragment("notices/_on_top.html", notice=here, slot=slot) if here else ""


@additions.on_cards(order=5, table="notices_notice")
def on_cards(conversations: Sequence[int]) -> Mapping[int, Markup]:
    found = Notice.unscoped.filter(pk__in=conversations)
    return {each.pk: fragment("notices/_on_card.html", notice=each) for each in found}


@additions.filler("notice")
def fill(person: Person, conversations: Collection[int]) -> Callable[[str], bytes]:
    rates = notice.rates(list(Notice.visible_to(person).filter(pk__in=conversations)))
    drawn = {pk: fragment("notices/_rate.html", rate=rate).encode() for pk, rate in rates.items()}
    return lambda pk: drawn.get(int(pk), b"")
