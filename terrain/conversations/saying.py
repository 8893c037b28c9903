"""What every message does once it is written, or said otherwise: whom and what it names is found, and kept."""

from terrain.conversations import mentioning, naming, tagging
from terrain.conversations.mentioning import Known, Mention, readers_of
from terrain.conversations.message import Message
from terrain.conversations.pace import refuse_crowd
from terrain.conversations.tagging import Tag


def name(message: Message) -> None:
    """Keep whom a message names among those who may read it, and its topics; its words link to both.

    Raises TooManyNamed. A message that names nothing costs nothing.
    """
    if naming.names_something(message.body):
        said, people, topics = _named(message)
        new = people - set(message.mentions.values_list("person", flat=True))
        if message.author:
            refuse_crowd(message.author, len(new))
        mentioning.keep(message, people)
        tagging.keep(message, topics)
        if said != message.body:
            Message.unscoped.filter(pk=message.pk).update(body=said)
            message.body = said


def name_anew(message: Message, before: str) -> None:
    """The same for a message that said something else before."""
    if naming.names_something(before) and not naming.names_something(message.body):
        forget(message)
    name(message)


def forget(message: Message) -> None:
    """A message that is withdrawn names nobody, and nothing."""
    Mention.objects.filter(message=message).delete()
    Tag.objects.filter(message=message).delete()


def _named(message: Message) -> tuple[str, set[int], dict[str, str]]:
    """The HTML of a message with links to all that it names; whom; and which topics."""
    found = list(naming.pieces(message.body))
    known, topics, html = Known(found, readers_of(message.conversation)), dict[str, str](), ""
    for piece in found:
        if piece.words is None:
            html += piece.html
        elif piece.chosen and (address := known.chosen(piece)):
            html += naming.link(address, piece.words)
        else:
            topics |= tagging.topics_in(piece.words)
            html += naming.linked(piece.words, known.typed(piece.words) + tagging.found_in(piece.words))
    return html, known.named, topics
