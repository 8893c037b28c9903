"""The cast: five people with a role each, the same in every test, and three spaces where they talk.

`cast` builds them through the verbs, in the test's own transaction; `cast.client(cast.loic)` is Loïc's browser.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from terrain.conversations.models import Conversation, Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.people.models import Person, Unit
from terrain.people.organisation import rename
from terrain.spaces.joining import join, let_in
from terrain.spaces.models import Openness, Space
from terrain.spaces.opening import open_space


@dataclass(frozen=True)
class Cast:
    """Who is who, and what they have said to each other."""

    workshop: Unit
    payroll: Unit

    samira: Person
    """Opens the spaces and the conversations; in the workshop."""
    loic: Person
    """Answers; in the workshop, member of every space."""
    ines: Person
    """Of another unit, payroll; member of the open space only."""
    claire: Person
    """Manages Samira and Loïc; member of the open and the closed space."""
    marek: Person
    """Outside: member of no space, follows nothing."""

    open: Space
    closed: Space
    secret: Space

    in_open: Conversation
    in_closed: Conversation
    in_secret: Conversation
    """In each space: opened by Samira, answered once, by Loïc."""

    def client(self, person: Person | None = None) -> Client:
        """The browser of this person, signed in; of a passer-by, where nobody is named."""
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    def first(self, conversation: Conversation) -> Message:
        """The message that opens a conversation: Samira's."""
        return Message.unscoped.get(conversation=conversation, number=1)

    def answer(self, conversation: Conversation) -> Message:
        """The message that answers it: Loïc's."""
        return Message.unscoped.get(conversation=conversation, number=2)


def person(name: str, unit: Unit | None = None, title: str = "", manager: Person | None = None) -> Person:
    """One more person: "Loïc Morvan" has the address loic.morvan@rivoire.example, and no password."""
    plain = name.lower().translate(str.maketrans("çèéëïñô ", "ceeeino."))
    made: Person = Person.objects.create(
        name=name, email=f"{plain}@rivoire.example", title=title, unit=unit, manager=manager, password="!"
    )
    return made


def let_settle(*conversations: Conversation) -> None:
    """These conversations were opened four days ago."""
    opened_at = timezone.now() - timedelta(days=4)
    Conversation.unscoped.filter(pk__in=[each.pk for each in conversations]).update(opened_at=opened_at)
    for each in conversations:
        each.opened_at = opened_at


def gather() -> Cast:
    """Bring the cast together in the database of the moment."""
    rename("Ateliers Rivoire")
    a_year_ago = timezone.now() - timedelta(days=365)
    workshop, payroll = Unit.objects.create(name="Atelier 2"), Unit.objects.create(name="Paie")
    claire = person("Claire Fontaine", workshop, "Responsable d’atelier")
    samira = person("Samira Benali", workshop, "Conditionneuse", claire)
    loic = person("Loïc Morvan", workshop, "Régleur", claire)
    ines = person("Inès Duarte", payroll, "Gestionnaire de paie")
    marek = person("Marek Nowak", title="Technicien itinérant")

    for each in (claire, samira, loic, ines, marek):
        each.joined_at = a_year_ago
        each.save(update_fields=["joined_at"])

    opened = open_space("Vie de l’atelier", "Ce qui se passe à l’atelier 2.", Openness.OPEN, samira)
    closed = open_space("Réglages de la ligne 4", "Entre nous, les essais.", Openness.CLOSED, samira)
    secret = open_space("Projet Aubépine", "Pas un mot.", Openness.SECRET, samira)
    for each in (loic, ines, claire):
        join(opened, each)
    for each in (loic, claire):
        let_in(closed, each)
    let_in(secret, loic)

    def talk(space: Space, title: str, asked: str, answered: str) -> Conversation:
        conversation = open_conversation(space, samira, f"<p>{asked}</p>", title=title)
        reply(conversation, loic, f"<p>{answered}</p>")
        conversation.refresh_from_db()
        return conversation

    in_open = talk(
        opened, "La scelleuse chauffe", "Elle colle depuis lundi, à 182 °C.", "La sonde est décalée."
    )
    in_closed = talk(closed, "Essai de vendredi", "On tente 176 °C sans le dire ?", "Avec le film de 40.")
    in_secret = talk(secret, "Le nom du repreneur", "Il visite jeudi soir.", "Je n’en parle à personne.")
    for space in (opened, closed, secret):
        space.refresh_from_db()
    return Cast(
        *(workshop, payroll, samira, loic, ines, claire, marek),
        *(opened, closed, secret, in_open, in_closed, in_secret),
    )
