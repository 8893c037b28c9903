"""The records of who is here: the organisation, its units, its people, and their open sessions."""

from terrain.people.about import About
from terrain.people.organisation import Organisation
from terrain.people.person import Person
from terrain.people.sessions import Session
from terrain.people.steward import Stewardship
from terrain.people.unit import Unit

__all__ = ["About", "Organisation", "Person", "Session", "Stewardship", "Unit"]
