"""What files leave to the worker: drawing the first page of PDFs, erasing, and sweeping what was left behind."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from terrain.files import papers, pictures
from terrain.files.events import Previewed
from terrain.files.models import File, needed
from terrain.web.events import tell

LEFT_BEHIND = timedelta(days=7)
"""How long a file may hang on nothing: as long as somebody may be writing about it."""
CUT_SHORT = timedelta(days=1)
FORMS = ("whole", "page", "small")


@app.task(name="files.draw_first_page", retry=RetryStrategy(max_attempts=3, exponential_wait=4))
def draw_first_page(file_id: int) -> None:
    """Draw the first page of a PDF, through the same door as every picture; one that cannot be drawn goes without."""
    file = File.unscoped.filter(pk=file_id, width=None).first()
    if file is None:
        return
    with default_storage.open(f"{file.uid}/whole") as content:
        try:
            page = papers.first_page(content)
            drawn = pictures.picture(file.name, ContentFile(page))
        except (papers.Unreadable, ValidationError):
            return
    default_storage.save(f"{file.uid}/page", ContentFile(drawn.page))
    default_storage.save(f"{file.uid}/small", ContentFile(drawn.small))
    with transaction.atomic():
        file.width, file.height = drawn.width, drawn.height
        file.save(update_fields=["width", "height"])
        tell(Previewed(file.pk))


@app.task(name="files.erase", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def erase(uids: list[str]) -> None:
    """Erase all that was kept of these files."""
    for uid in uids:
        for form in FORMS:
            default_storage.delete(f"{uid}/{form}")
        default_storage.delete(uid)  # The folder, where the store has folders.


@app.periodic(cron="37 3 * * *")
@app.task(name="files.sweep")
def sweep(timestamp: int) -> None:
    """Once a night, let go what hangs on nothing since a week and is not needed, and what was cut short."""
    old = Q(brought_at__lt=Now() - LEFT_BEHIND) | Q(is_whole=False, brought_at__lt=Now() - CUT_SHORT)
    wanted = needed()
    left = [each for each in File.unscoped.loose().filter(old).order_by("pk") if str(each.uid) not in wanted]
    with transaction.atomic():
        erase.defer(uids=[str(each.uid) for each in left])
        File.unscoped.filter(pk__in=[each.pk for each in left]).delete()
