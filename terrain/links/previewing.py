"""Previewing the links of a message, and taking the previews away again."""

import io
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from terrain.conversations.additions import changed
from terrain.conversations.models import Message
from terrain.files import pictures
from terrain.files.keeping import drop, keep_picture
from terrain.files.models import File
from terrain.links.fetching import Fetcher, Unreachable
from terrain.links.models import Preview
from terrain.links.told import Told, told

MOST = 2
"""Links of one message that are previewed: the first."""
LONGEST_ADDRESS = 2000
MOST_PIXELS = 20_000_000
LINK = re.compile(r'<a\s[^>]*?href="(https?://[^"]+)"')


def links(body: str) -> list[str]:
    """The addresses of the outside world to which a message leads, the first of them, each once."""
    found = dict.fromkeys(address.replace("&amp;", "&") for address in LINK.findall(body))
    own = urlsplit(str(settings.SITE_URL)).hostname
    return [each for each in found if len(each) <= LONGEST_ADDRESS and _host(each) not in (None, own)][:MOST]


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def preview(message: Message, fetcher: Fetcher) -> None:
    """Fetch what the links of a message tell, and show it under the message; what is no longer linked goes."""
    wanted = links(message.body)
    known = {each.address: each for each in Preview.unscoped.filter(message=message).order_by("pk")}
    gone = [each for address, each in known.items() if address not in wanted]
    fresh = [
        (place, address, _fetched(address, fetcher))
        for place, address in enumerate(wanted)
        if address not in known
    ]
    with transaction.atomic():
        _let_go(gone)
        for place, address, (page, picture) in fresh:
            Preview.unscoped.create(
                message=message,
                address=address,
                place=place,
                title=page.title if page else "",
                sentence=page.sentence if page else "",
                file=picture,
            )
        if gone or any(page for _, _, (page, _) in fresh):
            changed(message.conversation_id, message.conversation.space_id)


def _fetched(address: str, fetcher: Fetcher) -> tuple[Told | None, File | None]:
    try:
        page = told(fetcher.fetch(address))
    except Unreachable:
        return None, None
    return page, _picture(page.picture, fetcher) if page and page.picture else None


def _picture(address: str, fetcher: Fetcher) -> File | None:
    """A page's own picture, drawn anew and kept here; None where there is none to draw, or it is too large."""
    try:
        fetched = fetcher.fetch(address)
        if not fetched.is_whole:
            return None
        return keep_picture(
            None, "preview", pictures.picture("preview", io.BytesIO(fetched.body), MOST_PIXELS)
        )
    except (Unreachable, ValidationError):
        return None


@transaction.atomic
def take_away(message: Message) -> None:
    """Show the previews of one's own message no longer; they are not fetched again."""
    standing = Preview.unscoped.filter(message=message, taken_away_at=None)
    if not standing.exists():
        return
    pictured = list(File.unscoped.filter(preview__in=standing).order_by("pk"))
    standing.update(taken_away_at=timezone.now(), title="", sentence="")
    drop(pictured)
    changed(message.conversation_id, message.conversation.space_id)


@transaction.atomic
def let_go(message_id: int) -> None:
    """Let go of all that was fetched for a message."""
    _let_go(list(Preview.unscoped.filter(message=message_id).order_by("pk")))


def _let_go(gone: list[Preview]) -> None:
    pictured = list(File.unscoped.filter(preview__in=gone).order_by("pk"))
    Preview.unscoped.filter(pk__in=[each.pk for each in gone]).delete()
    drop(pictured)
