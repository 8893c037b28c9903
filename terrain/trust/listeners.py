"""What trust does when others speak: each act of power is written in the log, in the transaction that does it."""

from terrain.people.power import Done
from terrain.trust.entry import record
from terrain.web.events import hear


@hear(Done)
def written(event: Done) -> None:
    record(event.act.key, event.by, event.thing, event.thing_id, event.reason)
