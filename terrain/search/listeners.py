"""What search does when others speak: a file that was just brought along is read by the worker."""

from terrain.files.events import Kept
from terrain.search import jobs
from terrain.web.events import hear


@hear(Kept)
def brought(event: Kept) -> None:
    jobs.read_file.defer(file_id=event.file_id)
