"""What a space that closes or opens means for what was said in it."""

from terrain.conversations import keeping_open
from terrain.spaces.closing import ClosingAnnounced, SpaceClosed, SpaceOpened
from terrain.web.events import hear


@hear(ClosingAnnounced)
def announced(event: ClosingAnnounced) -> None:
    keeping_open.announce(event)


@hear(SpaceClosed)
def closed(event: SpaceClosed) -> None:
    keeping_open.keep_open(event.space_id)


@hear(SpaceOpened)
def opened(event: SpaceOpened) -> None:
    keeping_open.open_with_its_space(event.space_id)
