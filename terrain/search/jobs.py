"""What search leaves to the worker: reading files, and the list of words that typing errors are held against."""

from datetime import timedelta

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from terrain.files.models import File
from terrain.search import filing, missing, saved, spelling
from terrain.search.words import Word

LATELY = timedelta(minutes=11)
AT_ONCE = 50


@app.task(name="search.read_file", retry=RetryStrategy(max_attempts=3, exponential_wait=4))
def read_file(file_id: int) -> None:
    """Read a file that somebody brought along."""
    file = File.unscoped.filter(pk=file_id, is_whole=True).first()
    if file:
        filing.read(file)


@app.periodic(cron="*/5 * * * *")
@app.task(name="search.read_files")
def read_files(timestamp: int) -> None:
    """Read the files that nobody told of, as those of an archive."""
    for file in filing.unread(AT_ONCE):
        filing.read(file)


@app.periodic(cron="*/5 * * * *")
@app.task(name="search.learn")
def learn(timestamp: int) -> None:
    """Take in the words of the last minutes; all of them, where there are none yet."""
    if Word.objects.exists():
        spelling.learn(timezone.now() - LATELY)
    else:
        spelling.learn_all()


@app.periodic(cron="41 * * * *")
@app.task(name="search.tell_of_finds")
def tell_of_finds(timestamp: int) -> None:
    """Once an hour, tell who follows a search what is new in it."""
    saved.tell_of_finds()


@app.periodic(cron="17 2 * * *")
@app.task(name="search.learn_all")
def learn_all(timestamp: int) -> None:
    """Once a night, the list of words anew, without what nobody says any longer; old searches in vain are forgotten."""
    spelling.learn_all()
    missing.forget()
