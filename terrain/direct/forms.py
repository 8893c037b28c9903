"""What is asked of who begins a direct conversation."""

from django.utils.translation import gettext_lazy as _

from terrain.conversations.conversation import LONGEST_TITLE
from terrain.conversations.forms import MessageForm
from terrain.web.fields import Line


class DirectForm(MessageForm):
    """A first message; and for a group, the name that it goes by."""

    title = Line(
        max_length=LONGEST_TITLE,
        required=False,
        error_messages={
            "max_length": _("A title has %(limit_value)s characters at most: the rest goes below.")
        },
    )
