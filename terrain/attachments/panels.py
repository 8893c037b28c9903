"""Where files show: under the message that carries them; and the way to say what its pictures show."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from terrain.attachments.attaching import pictures_of
from terrain.attachments.models import Attachment
from terrain.conversations import additions
from terrain.conversations.models import Message
from terrain.files.models import File
from terrain.people.request import PersonRequest
from terrain.web.panels import panel
from terrain.web.rendering import fragment


@additions.under_messages(order=5, table="attachments_attachment")
def under(messages: Sequence[int]) -> Mapping[int, Markup]:
    found: dict[int, list[File]] = defaultdict(list)
    rows = (
        Attachment.unscoped.filter(message__in=messages).select_related("file").order_by("message", "place")
    )
    for each in rows:
        found[each.message_id].append(each.file)
    return {pk: _shown(files) for pk, files in found.items()}


@panel("message-acts", order=75)
def say_what_pictures_show(request: PersonRequest, message: Message) -> Markup | str:
    if message.author_id != request.user.pk or not pictures_of(message):
        return ""
    return fragment("attachments/_describe.html", pk=message.pk)


def _shown(files: Sequence[File]) -> Markup:
    return fragment(
        "attachments/_under.html",
        pictures=[each for each in files if each.is_picture],
        films=[each for each in files if each.is_film],
        others=[each for each in files if not (each.is_picture or each.is_film)],
    )
