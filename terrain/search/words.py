"""What is kept so that words are found: those of each message and of each file, as PostgreSQL compares them.

The database keeps them itself (migration 0002), in the transaction that writes, edits or withdraws.
"""

from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from psycopg.sql import Literal

from terrain.attachments.models import Attachment
from terrain.conversations.models import Conversation, Message
from terrain.files.models import File
from terrain.people.models import Person


class Compiled(SearchQuery):
    """A tsquery that is compiled already, as text: `'seal' & 'probe'`.

    It stands in the question itself, quoted: a prepared one would be planned for any words, and a rare word is found
    by its index, a common one from the latest message back.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text, search_type="raw")
        self.text = text

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, function: str | None = None, template: str | None = None
    ) -> tuple[str, list[Any]]:
        return f"{Literal(self.text).as_string(None)}::tsquery".replace("%", "%%"), []


def listed(ids: list[int]) -> RawSQL:
    """Ids as one array: PostgreSQL then looks at what each of them leads to, and at nothing else."""
    return RawSQL("select unnest(%s::bigint[])", [ids])


class SaidQuerySet(models.QuerySet["Said"]):
    def visible_to(self, person: Person) -> Self:
        """The words of what this person may read."""
        return self.filter(conversation__in=Conversation.visible_to(person))

    def saying(self, query: str) -> Self:
        """Where a compiled query is true."""
        return self.filter(words=Compiled(query))

    def titled(self, query: str) -> Self:
        """What opens a conversation whose title alone makes a compiled query true."""
        return self.filter(title=Compiled(query))


class Said(models.Model):
    """The words of a message in both its languages; of one that opens a conversation, its title's too.

    The row goes with the message, by the database's own doing.
    """

    message = models.OneToOneField(
        Message, on_delete=models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    conversation = models.ForeignKey(
        Conversation, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    number = models.IntegerField()
    written_at = models.DateTimeField()
    title = SearchVectorField(null=True)
    words = SearchVectorField()

    unscoped = SaidQuerySet.as_manager()

    class Meta:
        db_table = "search_said"
        base_manager_name = "unscoped"
        constraints: ClassVar = []
        indexes: ClassVar = [
            models.Index(F("written_at").desc(), F("message").desc(), name="search_said_latest"),
            GinIndex(fields=["words"], name="search_said_words"),
            GinIndex(fields=["title"], name="search_said_title", condition=Q(title__isnull=False)),
        ]

    @classmethod
    def visible_to(cls, person: Person) -> SaidQuerySet:
        """The only door to what was said: the words of what this person may read."""
        return cls.unscoped.all().visible_to(person)


class FiledQuerySet(models.QuerySet["Filed"]):
    def visible_to(self, person: Person) -> Self:
        """The words of files on the messages that this person may read."""
        return self.filter(file__in=Attachment.visible_to(person).values("file"))

    def holding(self, query: str) -> Self:
        """Where a compiled query is true of the name or of the text."""
        return self.filter(Q(name=Compiled(query)) | Q(words=Compiled(query)))


class Filed(models.Model):
    """The words of a file: its name with what it shows, and its text, where it has one; None until it was read."""

    file = models.OneToOneField(
        File, on_delete=models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    name = SearchVectorField()
    words = SearchVectorField(null=True)
    text = models.TextField(null=True)

    unscoped = FiledQuerySet.as_manager()

    class Meta:
        db_table = "search_filed"
        base_manager_name = "unscoped"
        constraints: ClassVar = []
        indexes: ClassVar = [
            GinIndex(fields=["name"], name="search_filed_name"),
            GinIndex(fields=["words"], name="search_filed_words"),
            models.Index(fields=["file"], name="search_filed_unread", condition=Q(text=None)),
        ]

    @classmethod
    def visible_to(cls, person: Person) -> FiledQuerySet:
        """The only door to the words of files: those on what this person may read."""
        return cls.unscoped.all().visible_to(person)


class Word(models.Model):
    """A word that somebody wrote somewhere, without accents, and in about how many messages: for typing errors alone.

    It is shown to nobody who cannot read where it stands.
    """

    word = models.CharField(max_length=40, primary_key=True)
    messages = models.IntegerField()

    class Meta:
        db_table = "search_word"
        constraints: ClassVar = []
