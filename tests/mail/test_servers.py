"""Against a real Dovecot and a real mail server: what is fetched and put away, what is sent, refused and cut off."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

import pytest

from terrain.conversations.models import Message as Said
from terrain.conversations.replying import reply
from terrain.mail import answers, jobs, mailbox, receiving
from terrain.mail.models import Answer, Receiving
from terrain.mail.taken import Outcome
from terrain.notifications import bundling, outbox
from terrain.notifications.addresses import of_space, to_conversation, to_space
from terrain.notifications.models import Mail
from terrain.notifications.telling import tell
from terrain.people.models import Person
from terrain.people.steward import appoint
from terrain.spaces.archiving import archive
from tests.cast import Cast
from tests.config.installation import eventually
from tests.house.addresses import said_by
from tests.mail.letters import ADDRESS, LARGE, VOUCHED, large, letter
from tests.mail.letters import HOST as TRUSTED
from tests.mail.servers import HOST, Dovecot, Sink, dovecot, free_port, sink, trusting

TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
FOUR_HOURS = timedelta(hours=4)
PUBLISHED, ANSWERED, LEFT, LATER = Outcome


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture
def box(server: Dovecot, settings: Any, cast: Cast) -> Dovecot:
    """The mailbox of this Terrain, empty."""
    for each in server.folder.glob("mail/**/*"):
        if each.parent.name in ("new", "cur"):
            each.unlink()
    settings.MAIL_ADDRESS, settings.MAIL_TRUSTED = ADDRESS, TRUSTED
    settings.DEFAULT_FROM_EMAIL = "Terrain <terrain@terrain.example>"
    settings.SITE_URL = "https://terrain.example"
    settings.MAIL_IN = server.address()
    return server


@pytest.fixture
def post(settings: Any) -> Iterator[Sink]:
    with sink(settings) as running:
        yield running


def last() -> tuple[str, str]:
    """Who said what last."""
    found = Said.unscoped.select_related("author").latest("pk")
    assert found.author
    return found.author.name, found.body


# What comes in


def test_the_worker_publishes_what_waits_and_erases_it(cast: Cast, box: Dovecot) -> None:
    box.deliver(
        letter(cast.samira, to_conversation(cast.samira, cast.in_open.pk), "Ça chauffe.", charset="cp1252")
    )
    box.deliver(letter(cast.loic, to_space(cast.loic, cast.closed.pk), "Pour lundi.", "Un essai"))
    jobs.look(0)
    words = list(Said.unscoped.order_by("-pk").values_list("author__name", "body")[:2])
    assert sorted(words) == [("Loïc Morvan", "<p>Pour lundi.</p>"), ("Samira Benali", "<p>Ça chauffe.</p>")]
    assert box.holds() == []
    assert receiving.in_trouble(TUESDAY) is None


def test_what_is_left_alone_is_kept_unseen_for_a_month(cast: Cast, box: Dovecot) -> None:
    box.deliver(letter("stranger@elsewhere.example", of_space(cast.open)), at=TUESDAY)
    box.deliver(letter(cast.samira, of_space(cast.open), Auto_Submitted="auto-replied"), at=TUESDAY)
    assert mailbox.look(box.address(), TUESDAY) == [LEFT, LEFT]
    assert (box.holds(), box.holds(mailbox.LEFT_ALONE)) == ([], ["", ""])
    assert mailbox.look(box.address(), TUESDAY) == [], "and is looked at once"
    mailbox.clear(box.address(), TUESDAY + timedelta(days=29))
    assert len(box.holds(mailbox.LEFT_ALONE)) == 2
    mailbox.clear(box.address(), TUESDAY + timedelta(days=32))
    assert box.holds(mailbox.LEFT_ALONE) == []


def test_a_worker_that_dies_after_publishing_publishes_once(
    cast: Cast, box: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise ConnectionResetError("the cable")

    box.deliver(letter(cast.samira, to_conversation(cast.samira, cast.in_open.pk), "Une fois."))
    monkeypatch.setattr(mailbox, "_put_away", die)
    mailbox.look(box.address())
    assert (last()[1], len(box.holds())) == ("<p>Une fois.</p>", 1)
    monkeypatch.undo()
    assert mailbox.look(box.address()) == [PUBLISHED]
    assert Said.unscoped.filter(body="<p>Une fois.</p>").count() == 1
    assert box.holds() == []


def test_forty_megabytes_are_not_fetched(cast: Cast, box: Dovecot) -> None:
    ended = len(box.sent())
    box.deliver(large(cast.samira, to_conversation(cast.samira, cast.in_open.pk)))
    assert mailbox.look(box.address(), TUESDAY) == [ANSWERED]
    assert "Voici le film." in Answer.objects.get().text
    eventually(lambda: len(box.sent()) > ended)
    assert 60_000 < box.sent()[-1] < 100_000 < LARGE
    assert box.holds() == []


def test_what_this_terrain_stumbles_over_hinders_no_other_mail(
    cast: Cast, box: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = mailbox.take

    def stumble(raw: bytes, **known: Any) -> Outcome:
        if b"Le caillou" in raw:
            raise RuntimeError("a fault of ours")
        return taken(raw, **known)

    to = to_conversation(cast.samira, cast.in_open.pk)
    box.deliver(letter(cast.samira, to, "Le caillou."))
    box.deliver(letter(cast.samira, to, "Le reste."))
    monkeypatch.setattr(mailbox, "take", stumble)
    assert sorted(mailbox.look(box.address())) == [LATER, PUBLISHED]
    assert (last()[1], box.holds()) == ("<p>Le reste.</p>", ["F"])
    appoint(cast.claire)
    page = said_by(cast.client(cast.claire).get("/stewards"))
    assert "1 mail in the mailbox cannot be taken" in page
    assert "caillou" not in page
    assert "in the mailbox" not in said_by(cast.client(cast.samira).get("/stewards"))
    monkeypatch.undo()
    assert mailbox.look(box.address()) == [PUBLISHED]
    assert (last()[1], box.holds()) == ("<p>Le caillou.</p>", [])
    assert receiving.in_trouble(TUESDAY) is None


def test_one_look_takes_no_more_than_its_share(
    cast: Cast, box: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "AT_ONCE", 3)
    for _ in range(5):
        box.deliver(letter("stranger@elsewhere.example", of_space(cast.open)))
    assert [len(mailbox.look(box.address())) for _ in range(3)] == [3, 2, 0]


def test_a_mailbox_out_of_reach_is_told_after_a_while_and_loses_nothing(cast: Cast, box: Dovecot) -> None:
    box.deliver(letter(cast.samira, to_conversation(cast.samira, cast.in_open.pk), "Plus tard."))
    nowhere = urlsplit(f"imap://terrain:x@{HOST}:{free_port()}/INBOX?tls=0")
    wrong = urlsplit(f"imap://terrain:wrong@{HOST}:{box.port}/INBOX?tls=0")
    missing = box.address()._replace(path="/No such folder")
    for each in (nowhere, wrong, missing):
        assert mailbox.look(each, TUESDAY) == []
        assert receiving.in_trouble(TUESDAY + timedelta(minutes=9)) is None
        trouble = receiving.in_trouble(TUESDAY + timedelta(minutes=10))
        assert trouble
        assert trouble.since == TUESDAY
        assert "wrong" not in trouble.said.lower()
    Receiving.objects.update(failing_since=TUESDAY - timedelta(days=1))
    appoint(cast.claire)
    assert "The mailbox in which mails arrive cannot be read" in said_by(
        cast.client(cast.claire).get("/stewards")
    )
    assert mailbox.look(box.address(), TUESDAY) == [PUBLISHED]
    assert receiving.in_trouble(TUESDAY + timedelta(days=1)) is None


def test_by_tls_only_to_a_server_that_this_machine_believes(
    cast: Cast, box: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = to_conversation(cast.samira, cast.in_open.pk)
    for address in (box.address("imaps", ""), box.address("imap", "")):
        box.deliver(letter(cast.samira, to))
        assert mailbox.look(address, TUESDAY) == []
        assert "certificate verify failed" in Receiving.objects.get().said
        with monkeypatch.context() as patch:
            trusting(box.certificate, patch)
            assert mailbox.look(address, TUESDAY) == [PUBLISHED]


# What goes out


def told(cast: Cast, words: str, at: datetime) -> None:
    """Claire says it in Samira's conversation, and the worker tells her."""
    said = reply(cast.in_open, cast.claire, f"<p>{words}</p>")
    tell(said.pk, at)
    bundling.send_due(at + FOUR_HOURS)


def test_what_is_sent_has_its_headers_and_both_its_parts(cast: Cast, box: Dovecot, post: Sink) -> None:
    Person.objects.filter(pk=cast.samira.pk).update(language="fr")
    for number, at in enumerate((TUESDAY, TUESDAY + timedelta(hours=4, minutes=30))):
        told(cast, f"Ça chauffe à l’œil, {number}.", at)
        assert outbox.post_due(at + FOUR_HOURS) == 1
    first, second = post.taken
    assert post.asked[0] == ("terrain@terrain.example", ["samira.benali@rivoire.example"])
    assert first["From"] == "Terrain <terrain@terrain.example>"
    assert first["To"] == "samira.benali@rivoire.example"
    assert first["References"] == second["References"] == first["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(first["List-Unsubscribe"]).strip().startswith("<https://terrain.example/mail/stop/")
    assert first["Reply-To"] == to_conversation(cast.samira, cast.in_open.pk)
    assert first.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in first.iter_parts()] == ["text/plain", "text/html"]
    for kind in ("plain", "html"):
        assert "Ça chauffe à l’œil, 0." in said_in(first, kind)


def said_in(mail: EmailMessage, kind: str = "plain") -> str:
    """The words of one of its two parts."""
    part = mail.get_body((kind,))
    assert part
    return str(part.get_content())


def test_from_the_mail_that_tells_to_the_reply_and_back(cast: Cast, box: Dovecot, post: Sink) -> None:
    """All the way: told by mail, answered by mail, refused by mail, and the refusal answered by a machine."""
    told(cast, "À quelle température ?", TUESDAY)
    outbox.post_due(TUESDAY + FOUR_HOURS)
    box.deliver(answer_to(post.taken[0], cast.samira, "À 190 °C."))
    assert mailbox.look(box.address()) == [PUBLISHED]
    assert last() == ("Samira Benali", "<p>À 190 °C.</p>")
    archive(cast.open, cast.samira)
    box.deliver(answer_to(post.taken[0], cast.samira, "Et maintenant 195."))
    jobs.look(0)
    refused = post.taken[1]
    assert (refused["To"], refused["Auto-Submitted"]) == ("samira.benali@rivoire.example", "auto-replied")
    assert "Et maintenant 195." in said_in(refused)
    box.deliver(answer_to(refused, cast.samira, "Je suis absente.", Auto_Submitted="auto-replied"))
    box.deliver(bytes(refused))
    assert mailbox.look(box.address()) == [LEFT, LEFT]
    assert answers.post_due() == 0
    assert len(post.taken) == 2


def answer_to(mail: EmailMessage, person: Person, words: str, **headers: str) -> bytes:
    """What a mail program sends that answers this mail."""
    answer = EmailMessage()
    answer["From"] = f"{person.name} <{person.email}>"
    answer["To"] = mail["Reply-To"] or mail["From"]
    answer["Subject"] = f"Re: {mail['Subject']}"
    answer["In-Reply-To"], answer["Message-ID"] = mail["Message-ID"], make_msgid(domain="rivoire.example")
    for name, value in headers.items():
        answer[name.replace("_", "-")] = value
    quoted = "\n".join(f"> {line}" for line in said_in(mail).splitlines())
    answer.set_content(
        f"{words}\n\nLe mar. 1 déc. 2026 à 14:00, Terrain <terrain@terrain.example> a écrit :\n\n{quoted}"
    )
    return bytes(answer)


@pytest.mark.parametrize("says", ["451 Later", "550 Never heard of", "421 Too many of you", ""])
def test_a_server_that_refuses_or_hangs_up_is_asked_again_later(
    cast: Cast, box: Dovecot, post: Sink, says: str
) -> None:
    told(cast, "Tôt ou tard.", TUESDAY)
    archive(cast.open, cast.samira)
    box.deliver(letter(cast.samira, to_conversation(cast.samira, cast.in_open.pk), said=VOUCHED))
    at = TUESDAY + FOUR_HOURS
    assert mailbox.look(box.address(), at) == [ANSWERED]
    post.says, waits = says, []
    for _ in range(5):
        assert (outbox.post_due(at), answers.post_due(at)) == (0, 0)
        due = Mail.objects.get().due_at
        assert due
        assert due == Answer.objects.get().due_at
        waits.append((due - at).total_seconds() / 60)
        at = due
    assert waits == [2, 4, 8, 16, 32]
    assert len(post.asked) == 10
    for trouble in (outbox.in_trouble(), answers.in_trouble()):
        assert trouble
        assert trouble.count == 1
        assert says[:3] in trouble.said
    post.says = None
    assert (outbox.post_due(at), answers.post_due(at)) == (1, 1)
    assert len(post.taken) == 2
    assert (outbox.in_trouble(), answers.in_trouble()) == (None, None)
