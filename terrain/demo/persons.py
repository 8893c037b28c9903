"""The persons whom a visitor of the demo may be."""

from dataclasses import dataclass

from terrain.people.models import Person


@dataclass(frozen=True)
class ToBe:
    """A person, and one line on what their day is made of."""

    person: Person
    line: str


def persons_to_be() -> list[ToBe]:
    """The persons offered at the demo's door, in the order in which they are offered."""
    from terrain.demo.planting import PERSONS_TO_BE  # loads the company only where there is a demo

    people = {
        person.email: person
        for person in Person.objects.present().filter(email__in=[email for email, _ in PERSONS_TO_BE])
    }
    return [ToBe(people[email], str(line)) for email, line in PERSONS_TO_BE if email in people]
