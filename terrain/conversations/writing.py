"""What may be written: the one check that every message passes, whoever writes it and by whichever way it comes."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from terrain.web import markup
from terrain.web.numbers import number

LONGEST = 50_000
PICTURE, FILE = "📷", "📎"
"""What stands for words where pictures, or files of another sort, are all that a message has."""


def cleaned(body: str, sign: str = "") -> str:
    """Clean HTML of what was written, HTML from the editor or plain text from a bare field; `sign` alone where it is
    empty.

    Raises ValidationError, with a sentence for the person, where there is nothing to read, more than 50,000
    characters, or what no text holds.
    """
    if markup.is_binary(body):
        raise ValidationError(
            _("This is not text: a file was pasted, it seems. Write a few words instead."), "binary"
        )
    if len(body) > LONGEST:
        raise ValidationError(
            _(
                "This message has %(length)s characters; it may have %(most)s. Could it be said in two messages?"
            )
            % {"length": number(len(body)), "most": number(LONGEST)},
            "long",
        )
    html = markup.clean(body) if is_html(body) else markup.from_text(body)
    if markup.is_empty(markup.to_text(html)):
        if sign:
            return markup.from_text(sign)
        raise ValidationError(_("There is nothing to read yet: write a few words."), "empty")
    return html


def is_wordless(html: str) -> bool:
    """Whether a message says nothing beside what hangs on it."""
    return html in (f"<p>{PICTURE}</p>", f"<p>{FILE}</p>")


def is_html(body: str) -> bool:
    """Whether this came from the editor, which always begins with a tag."""
    return body.lstrip().startswith("<") and body.rstrip().endswith(">")
