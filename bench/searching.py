"""How long search takes on the large set: what people type, by people who read much and little, beside the feed.

Each question is asked of the whole of Terrain as a request passes it, in one process, in turn with the feed.
"""

import random
import statistics
import subprocess
import time

import click
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from bench import databases
from bench.filling import fill, is_filled
from bench.reporting import Row, report
from bench.sizes import SIZES
from terrain.attachments.attaching import attach
from terrain.config import preparing, processes
from terrain.conversations.models import Conversation
from terrain.conversations.replying import reply
from terrain.files.keeping import keep
from terrain.people.models import Person
from terrain.search import spelling
from terrain.search.models import Word
from terrain.spaces.models import Space

READERS = 24
SEED = 4447
MOST_MS = 300
MOST_SECONDS_TO_BE_FOUND, MOST_SECONDS_FOR_A_FILE = 5, 60

ASKED = {
    "a word that is everywhere": ["client", "machine", "réunion", "week", "merci", "supplier"],
    "several words": [
        "ventilateur moteur",
        "notice en français",
        "audit reminder",
        "badges visiteurs accueil",
    ],
    "a rare word": ["glorieux", "fennel", "zéro défaut", "Farida"],
    "a phrase": ['"le bruit vient"', '"salle Vercors"', '"nobody has touched"'],
    "a question": [
        "qui sait pourquoi l’écran reste blanc après la mise à jour",
        "where is the key of the meeting room",
        "comment faire pour les congés d’été",
    ],
    "a person": ["martin", "sophie", "karim ben"],
    "operators": ["client avant:2026-06", "genre:post réunion", "de:moi", "in:a merci"],
    "being typed": ["ma", "vent", "commandes en ret", "su"],
    "a typing error": ["ventilatuer", "fournisseurr", "imprimnate"],
    "nothing": ["xyzzyqwf", "palourde quantique violette", "brontosaure"],
    "files": ["plan pdf", "photo lot"],
}
BEING_TYPED = "being typed"


@click.command("search")
@click.option("--size", type=click.Choice(list(SIZES)), default="large", show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="By each of 24 readers.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def search_command(size: str, rounds: int, as_json: bool) -> None:
    """Measure search, and how soon a new message is found."""
    preparing.lay_out_statics()
    if not is_filled(SIZES[size]):
        fill(SIZES[size])
    with databases.using(databases.named(size)):
        rows = measure(size, rounds)
    report(
        "search",
        rows,
        as_json,
        [f"{READERS} readers, {rounds} rounds, in turn with the feed, in one process."],
    )


def measure(size: str, rounds: int) -> list[Row]:
    """All that is asked, in the database in use."""
    began = time.perf_counter()
    if not Word.objects.exists():
        spelling.learn_all()
    learnt = time.perf_counter() - began
    people = random.Random(SEED).sample(list(Person.objects.present().order_by("pk")), READERS)
    clients = [_inside(each) for each in people]
    floor: list[float] = []
    taken: dict[str, list[float]] = {what: [] for what in ASKED}
    for number in range(rounds + 1):
        for place, client in enumerate(clients):
            for what, questions in ASKED.items():
                words = questions[(place + number) % len(questions)]
                asked = _asked(client, "/search", {"q": words}, what == BEING_TYPED)
                feed = _asked(client, "/", {}, False)
                if number:
                    taken[what].append(asked)
                    floor.append(feed)
    everything = [each for times in taken.values() for each in times]
    median = statistics.median(floor)
    return [
        *(_row(what, size, times, median) for what, times in taken.items()),
        _row("everything", size, everything, median, aim=f"p95 < {MOST_MS} ms"),
        Row(
            "a new message is found",
            size,
            _found_after(people[0]),
            "s",
            aim=f"< {MOST_SECONDS_TO_BE_FOUND} s",
        ),
        Row(
            "a new file is found",
            size,
            _file_found_after(people[0]),
            "s",
            aim=f"< {MOST_SECONDS_FOR_A_FILE} s",
        ),
        Row("learning all words", size, learnt, "s"),
    ]


def _inside(person: Person) -> Client:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0].replace("*", "127.0.0.1")})
    client.force_login(person)
    return client


def _asked(client: Client, path: str, words: dict[str, str], is_typing: bool) -> float:
    began = time.perf_counter()
    answer = client.get(path, words, headers={"part": "live"} if is_typing else {})
    assert answer.status_code == 200, f"the page answered {answer.status_code}"
    return time.perf_counter() - began


def _row(what: str, size: str, times: list[float], floor: float, aim: str | None = None) -> Row:
    ordered = sorted(1000 * each for each in times)
    middle = statistics.median(ordered)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return Row(what, size, middle, "ms", 1000 * floor, p95_ms=p95, worst_ms=ordered[-1], aim=aim)


def _found_after(person: Person) -> float:
    """Seconds from a reply's commit until it is found."""
    word = _word()
    reply(_somewhere(person), person, f"<p>{word}</p>")
    return _until_found(person, word, "messages")


def _file_found_after(person: Person) -> float:
    """Seconds from a file's commit until its text is found, a worker reading it as `terrain up` starts one."""
    word = _word()
    command = next(each.command for each in processes.processes() if each.name == "worker")
    database = str(connection.settings_dict["NAME"])
    with subprocess.Popen(
        command, env=databases.environment(database), stdin=subprocess.DEVNULL, start_new_session=True
    ) as worker:
        try:
            file = keep(person, SimpleUploadedFile("mesures.txt", f"Essai 7\n{word}\n".encode()))
            attach(reply(_somewhere(person), person, "<p>Les mesures.</p>"), [file])
            return _until_found(person, word, "files")
        finally:
            worker.terminate()


def _word() -> str:
    return f"nouveau{random.getrandbits(40)}"


def _somewhere(person: Person) -> Conversation:
    space = Space.readable_by(person).living().order_by("pk")[0]
    return Conversation.unscoped.filter(space=space).order_by("pk")[0]


def _until_found(person: Person, word: str, among: str) -> float:
    client, began = _inside(person), time.perf_counter()
    # Marked, in an excerpt: the page says the word in its box, too.
    while f"<mark>{word}</mark>" not in client.get("/search", {"q": word, "sort": among}).content.decode():
        assert time.perf_counter() - began < 120, f"nothing is found among {among}"
        time.sleep(0.02)
    return time.perf_counter() - began
