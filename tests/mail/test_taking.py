"""From a mail that arrives to a message in a conversation: under the right name, once, or not at all."""

import random
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from terrain.attachments.models import Attachment
from terrain.conversations import pace
from terrain.conversations.models import Conversation, Message
from terrain.conversations.pace import MESSAGES
from terrain.conversations.replying import reply
from terrain.direct.talking import begin
from terrain.direct.talking import leave as leave_talk
from terrain.files.models import File
from terrain.mail import answers as answers_module
from terrain.mail import taken
from terrain.mail.answers import A_DAY, Answer, post_due
from terrain.mail.models import Taken
from terrain.mail.taken import Outcome
from terrain.mail.taking import take
from terrain.notifications import addresses, bundling, outbox
from terrain.notifications.addresses import Leads, Secret, of_space, renew, to_conversation, to_space
from terrain.notifications.telling import tell
from terrain.people.models import Person
from terrain.people.steward import appoint
from terrain.spaces.archiving import archive
from terrain.spaces.joining import leave
from tests.cast import Cast, gather, person
from tests.files.brought import png
from tests.mail.letters import ADDRESS, FORGED, HOST, VOUCHED, large, letter

TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
NIGHT = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)
PUBLISHED, ANSWERED, LEFT, LATER = Outcome


@pytest.fixture(autouse=True)
def _receives(settings: Any) -> None:
    settings.MAIL_ADDRESS, settings.MAIL_TRUSTED = ADDRESS, HOST
    settings.DEFAULT_FROM_EMAIL = "Terrain <terrain@terrain.example>"
    settings.SITE_URL = "https://terrain.example"


def said(conversation: Conversation | None = None) -> list[tuple[str, str]]:
    """Who said what, by mail or otherwise, the latest last."""
    found = Message.unscoped.order_by("pk")
    if conversation:
        found = found.filter(conversation=conversation)
    return list(found.values_list("author__name", "body"))


def answers(at: datetime = TUESDAY) -> list[EmailMultiAlternatives]:
    """What is sent back."""
    before = len(mail.outbox)
    Answer.objects.filter(made_at__gt=at).update(due_at=at)
    post_due(at)
    return mail.outbox[before:]  # type: ignore[return-value]


def test_the_mail_that_tells_of_a_conversation_is_answered_from_any_program(cast: Cast) -> None:
    Person.objects.filter(pk=cast.samira.pk).update(language="fr")
    tell(reply(cast.in_open, cast.claire, "<p>Toujours chaude ?</p>").pk, TUESDAY)
    bundling.send_due(TUESDAY + timedelta(hours=4))
    outbox.post_due(TUESDAY + timedelta(hours=4))
    told = mail.outbox[0].message()
    assert "Répondez à ce courriel pour écrire dans la conversation." in str(mail.outbox[0].body)
    answer = letter(
        cast.samira,
        str(told["Reply-To"]),
        "Oui, à 190 °C.\r\n\r\nSamira\r\n\r\n"
        "Le mar. 1 déc. 2026 à 14:00, Terrain <terrain@terrain.example> a écrit :\r\n"
        "> Claire Fontaine écrit dans votre conversation:\r\n> Toujours chaude ?\r\n",
        In_Reply_To=str(told["Message-ID"]),
    )
    assert take(answer) is PUBLISHED
    assert said(cast.in_open)[-1] == ("Samira Benali", "<p>Oui, à 190 °C.</p>")
    cast.in_open.refresh_from_db()
    assert cast.in_open.message_count == 4
    assert answers() == []


def test_a_mail_that_tells_of_two_conversations_cannot_be_answered(cast: Cast) -> None:
    tell(reply(cast.in_open, cast.claire, "<p>Un.</p>").pk, TUESDAY)
    tell(reply(cast.in_closed, cast.claire, "<p>Deux.</p>").pk, TUESDAY)
    bundling.send_due(TUESDAY + timedelta(hours=4))
    outbox.post_due(TUESDAY + timedelta(hours=4))
    assert mail.outbox[0].message()["Reply-To"] is None
    assert "Answer this mail" not in str(mail.outbox[0].body)


def test_where_nobody_writes_by_mail_no_mail_says_so(cast: Cast, settings: Any) -> None:
    settings.MAIL_ADDRESS = ""
    tell(reply(cast.in_open, cast.claire, "<p>Un.</p>").pk, TUESDAY)
    bundling.send_due(TUESDAY + timedelta(hours=4))
    outbox.post_due(TUESDAY + timedelta(hours=4))
    assert mail.outbox[0].message()["Reply-To"] is None
    assert "Answer this mail" not in str(mail.outbox[0].body)
    assert take(letter(cast.samira, "terrain@terrain.example")) is LEFT


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15"])
def test_letters_are_the_right_ones_whatever_the_charset(cast: Cast, charset: str) -> None:
    words = "« Ça chauffe à l’œil » : 182 °C, c’est trop."
    if charset in ("iso-8859-1", "iso-8859-15"):
        words = words.replace("’", "'").replace("œ", "oe")
    assert take(letter(cast.samira, to_conversation(cast.samira, cast.in_open.pk), words, charset=charset))
    assert said()[-1] == ("Samira Benali", f"<p>{words}</p>")


def test_broken_bytes_still_become_words(cast: Cast) -> None:
    to = to_conversation(cast.samira, cast.in_open.pk)
    head = f"From: {cast.samira.email}\nTo: {to}\nContent-Type: multipart/mixed; boundary=x\n\n"
    assert take(f"{head}--x\nContent-Type: text/plain; charset=nonsense\n\nÇa marche".encode("cp1252"))
    assert said()[-1] == ("Samira Benali", "<p>Ça marche</p>")


def test_files_come_along_and_those_that_cannot_be_kept_are_told(cast: Cast) -> None:
    files = (("sonde.png", png()), ("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    to = to_conversation(cast.samira, cast.in_open.pk)
    assert take(letter(cast.samira, to, "Voici la sonde.", files=files)) is PUBLISHED
    (kept,) = Attachment.unscoped.filter(message=Message.unscoped.latest("pk"))
    assert (kept.file.name, kept.file.uploader) == ("sonde.png", cast.samira)
    (told,) = answers()
    assert told.subject == "Published without some files: La scelleuse chauffe"
    assert "“plan.svg” is an SVG drawing" in str(told.body)
    assert f"https://terrain.example/conversations/{cast.in_open.pk}" in str(told.body)
    picture_alone = letter(cast.samira, to, "", files=files[:1])
    assert take(picture_alone) is PUBLISHED
    assert said()[-1] == ("Samira Benali", "<p>📷</p>")


def test_what_is_not_published_leaves_no_file_behind(cast: Cast) -> None:
    archive(cast.open, cast.samira)
    to = to_conversation(cast.samira, cast.in_open.pk)
    assert take(letter(cast.samira, to, files=(("sonde.png", png()),))) is ANSWERED
    assert not File.unscoped.exists()


def test_a_direct_conversation_is_answered_until_one_leaves_it(cast: Cast) -> None:
    here = begin(cast.loic, [cast.ines, cast.claire], "<p>À quelle heure ?</p>")
    to = to_conversation(cast.ines, here.pk)
    assert take(letter(cast.ines, to, "À midi.")) is PUBLISHED
    assert said(here)[-1] == ("Inès Duarte", "<p>À midi.</p>")
    leave_talk(here, cast.ines)
    assert take(letter(cast.ines, to, "Sans moi.")) is ANSWERED
    assert said(here)[-1] == ("Inès Duarte", "<p>À midi.</p>")


def test_a_conversation_is_begun_at_ones_own_address_of_a_space(cast: Cast) -> None:
    to = to_space(cast.loic, cast.closed.pk)
    subject = "Essai de lundi " * 20
    assert take(letter(cast.loic, to, "On tente 178 °C, @Claire Fontaine ?", subject)) is PUBLISHED
    begun = Conversation.unscoped.latest("pk")
    assert (begun.space, begun.author, begun.kind) == (cast.closed, cast.loic, "post")
    assert len(begun.title) <= 160
    assert begun.title.endswith("Essai de…")
    assert list(begun.messages.get().mentions.values_list("person__name", flat=True)) == ["Claire Fontaine"]
    assert take(letter(cast.loic, to, "Sans objet.", "")) is PUBLISHED
    assert Conversation.unscoped.latest("pk").title == "Sans objet."


def test_the_address_of_a_space_works_for_whom_the_receiving_host_vouches(cast: Cast) -> None:
    to = of_space(cast.open)
    assert to == f"terrain+vie-de-latelier-{cast.open.pk}@terrain.example"
    for vouched in (
        VOUCHED,
        "dkim=pass header.d=rivoire.example;",
        "auth=pass smtp.auth=ines.duarte@rivoire.example;",
    ):
        assert take(letter(cast.ines, to, f"Bonjour, {vouched[:4]}.", said=vouched)) is PUBLISHED
    before = said()
    for silent in (
        "",
        "dmarc=none",
        "spf=pass",
        "dkim=pass header.d=elsewhere.example;",
        "dkim=pass header.d=example2;",
        "auth=pass smtp.auth=loic.morvan@rivoire.example;",
        "dkim=fail header.d=rivoire.example;",
        FORGED,
    ):
        assert take(letter(cast.ines, to, f"Bonjour, {silent}.", said=silent)) is LEFT, silent
    assert (said(), answers()) == (before, [])


def test_a_space_that_one_may_not_read_is_as_one_that_is_not_there(cast: Cast) -> None:
    hidden, none = of_space(cast.secret), f"terrain+nothing-{cast.secret.pk + 1000}@terrain.example"
    for to in (hidden, none):
        assert take(letter(cast.ines, to, said=VOUCHED)) is ANSWERED
    first, second = (str(each.body).replace(hidden, "").replace(none, "") for each in answers())
    assert first == second
    assert "Aubépine" not in first


# Never under a wrong name


def test_only_who_it_was_made_for_writes_at_a_secret_address(cast: Cast) -> None:
    to = to_conversation(cast.samira, cast.in_open.pk)
    before = said()
    assert take(letter(cast.loic, to)) is LEFT
    assert take(letter("Samira Benali <samira@elsewhere.example>", to)) is LEFT
    assert take(letter("samira.benali@rivoire.example, loic.morvan@rivoire.example", to)) is LEFT
    assert take(b"From: a\n" + letter(cast.samira, to)) is LEFT, "two From headers"
    assert take(letter('"samira.benali@rivoire.example" <marek.nowak@rivoire.example>', to)) is LEFT
    assert take(letter(cast.loic, to, said=VOUCHED)) is ANSWERED, "he is who he says, and learns why"
    assert said() == before
    (told,) = answers()
    assert told.to == ["loic.morvan@rivoire.example"]
    assert "somebody else’s" in str(told.body)


def test_a_forged_mail_is_never_published_and_its_words_reach_nobody(cast: Cast) -> None:
    appoint(cast.claire)
    to = to_conversation(cast.samira, cast.in_open.pk)
    before = said()
    assert take(letter(cast.samira, to, "Cliquez sur http://piege.example", said=FORGED)) is ANSWERED
    assert take(letter(cast.samira, to, "Cliquez ici", said="spf=fail")) is ANSWERED
    assert take(letter(cast.samira, of_space(cast.open), "Cliquez ici", said=FORGED)) is LEFT
    assert said() == before
    told = answers()
    assert {address for each in told for address in each.to} == {"samira.benali@rivoire.example"}
    assert all("somebody else sent it" in str(each.body) for each in told)
    assert not any("liquez" in str(each.body) + str(each.alternatives[0][0]) for each in told)


def test_a_broken_signature_alone_is_no_forgery(cast: Cast) -> None:
    to = to_conversation(cast.samira, cast.in_open.pk)
    assert take(letter(cast.samira, to, said="dkim=fail header.d=rivoire.example; spf=softfail")) is PUBLISHED


def test_what_the_sender_writes_of_their_own_authenticity_counts_for_nothing(cast: Cast) -> None:
    forged = letter(cast.ines, of_space(cast.open), Authentication_Results=f"{HOST}; dmarc=pass")
    on_arrival = f"Received: from evil.example by {HOST}; Tue, 1 Dec 2026 10:00:00 +0100\r\n"
    received = "Received: from home by evil.example; Tue, 1 Dec 2026 09:59:00 +0100\r\n"
    assert take((on_arrival + received).encode() + forged) is LEFT


def test_an_altered_address_is_nobodys(cast: Cast) -> None:
    right = to_conversation(cast.samira, cast.in_open.pk)
    part = addresses.part_of(right)
    assert part
    before = said()
    other = {each: "2" if each != "2" else "3" for each in part}
    for place, letter_there in enumerate(part):
        altered = part[:place] + other[letter_there] + part[place + 1 :]
        assert addresses.read_secret(altered) is None, altered
    assert take(letter(cast.samira, right.replace(part, part[:-1] + other[part[-1]]))) is LEFT
    assert take(letter(cast.samira, right.replace(part, part[:-3]), said=VOUCHED)) is ANSWERED
    assert said() == before
    assert "is it cut short?" in str(answers()[0].body)
    assert take(letter(cast.samira, right.upper())) is PUBLISHED, "some servers write all in capitals"


def test_an_address_is_short_and_holds_only_what_every_server_knows(cast: Cast) -> None:
    Person.objects.filter(pk=cast.marek.pk).update(id=2**40)
    far = Person.objects.get(pk=2**40)
    for made in (to_conversation(cast.samira, 7), to_space(far, 2**40)):
        local = made.partition("@")[0]
        assert len(local) <= 64
        assert re.fullmatch(r"terrain\+[a-z0-9]+", local)
    assert to_conversation(cast.samira, 7) != to_space(cast.samira, 7)
    assert to_conversation(cast.samira, 7) != to_conversation(cast.loic, 7)


@trying(deadline=None, max_examples=300)
@given(st.from_regex(r"\A[0-9a-f]{1,6}[rs][0-9a-f]{1,6}x[a-z2-7]{20}\Z"))
def test_a_made_up_address_is_never_believed(part: str) -> None:
    class Nobody:
        @staticmethod
        def number(_person: int) -> int:
            return 3

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addresses, "_number", Nobody.number)
        assert addresses.read_secret(part) is None


def test_new_addresses_close_those_of_before(cast: Cast) -> None:
    old, theirs = to_conversation(cast.samira, cast.in_open.pk), to_conversation(cast.loic, cast.in_open.pk)
    renew(cast.samira)
    renew(cast.samira)
    new = to_conversation(cast.samira, cast.in_open.pk)
    before = said()
    assert take(letter(cast.samira, old, "Par l’ancienne.")) is ANSWERED
    assert take(letter(cast.loic, old)) is LEFT
    assert said() == before
    (told,) = answers()
    assert "You have made new addresses since" in str(told.body)
    assert "Par l’ancienne." in str(told.body)
    assert take(letter(cast.samira, new)) is PUBLISHED
    assert take(letter(cast.loic, theirs)) is PUBLISHED
    part = addresses.part_of(old)
    assert part
    assert addresses.read_secret(part) == Secret(
        cast.samira.pk, Leads.CONVERSATION, cast.in_open.pk, is_current=False
    )


def test_who_has_left_writes_no_longer_and_is_told_nothing(cast: Cast) -> None:
    to = to_conversation(cast.samira, cast.in_open.pk)
    Person.objects.filter(pk=cast.samira.pk).update(left_on=date(2026, 1, 1))
    before = said()
    assert take(letter(cast.samira, to, said=VOUCHED)) is LEFT
    assert (said(), answers()) == (before, [])


def test_whatever_bytes_arrive_something_becomes_of_them(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six hundred mails of Samira, each with a few bytes changed, taken away or put in."""
    monkeypatch.setattr(pace, "MESSAGES", 10_000)
    monkeypatch.setattr(answers_module, "A_DAY", 10_000)
    chance = random.Random(20_261_201)
    to = to_conversation(cast.samira, cast.in_open.pk)
    whole = letter(cast.samira, to, "Ça chauffe, @Loïc Morvan.", said=VOUCHED, files=(("plan.bin", b"plan"),))
    odd = [bytes([each]) for each in range(256)] + [
        b"\r\n",
        b"=?utf-8?q?=00=0A?=",
        b"\n\n",
        "é’€".encode(),
        b"<>@,;",
    ]
    became = set()
    for _ in range(600):
        raw = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(raw))
            raw[place : place + chance.choice((0, 1, 1, 5))] = chance.choice(odd)
        became.add(take(bytes(raw), at=TUESDAY))
    assert {PUBLISHED, LEFT, ANSWERED} == became
    assert all(name == "Samira Benali" for name, _ in said()[6:])
    answers()


# What cannot be published comes back


def test_what_cannot_be_published_comes_back_with_its_words(cast: Cast) -> None:
    Person.objects.filter(pk=cast.samira.pk).update(language="fr")
    words = "Des mots qui ne se perdent pas.\n\nDeux paragraphes."
    to = to_conversation(cast.samira, cast.in_open.pk)
    archive(cast.open, cast.samira)
    assert take(letter(cast.samira, to, words), at=NIGHT) is ANSWERED
    (told,) = answers(NIGHT)
    assert told.subject == "Pas publié\u00a0: La scelleuse chauffe"
    assert "Cet espace est archivé" in str(told.body)
    assert words in str(told.body)
    assert "<p>Des mots qui ne se perdent pas.</p>" in str(told.alternatives[0][0])


def test_each_refusal_has_its_sentence(cast: Cast) -> None:
    crowd = " ".join(f"@{person(f'Prénom Nom{n}').name}" for n in range(51))
    here = to_conversation(cast.samira, cast.in_open.pk)
    refused = [
        (letter(cast.samira, here, crowd), "You have named more than fifty people"),
        (letter(cast.samira, here, "> Bonjour\n\n-- \nSamira"), "There is nothing to read yet"),
        (letter(cast.samira, here, "mot " * 15_000), "Your mail is too long to be published whole."),
        (letter(cast.samira, here, "mot\n" * 6_000), "Your mail is too long to be published whole."),
        (letter(cast.samira, here, ("mot " * 4_000 + "\n") * 4), "This message has 64"),
        (
            letter(cast.samira, to_space(cast.samira, cast.open.pk + 1000)),
            "This space is not one in which you may write.",
        ),
    ]
    for raw, sentence in refused:
        Answer.objects.all().delete()
        assert take(raw, at=TUESDAY) is ANSWERED
        assert sentence in str(answers()[0].body)
    leave(cast.closed, cast.loic)
    assert take(letter(cast.loic, to_conversation(cast.loic, cast.in_closed.pk)), at=TUESDAY) is ANSWERED
    assert "You are no longer among those who read this conversation" in str(answers()[0].body)


def test_forty_megabytes_are_not_read_and_their_first_words_come_back(cast: Cast) -> None:
    raw = large(cast.samira, to_conversation(cast.samira, cast.in_open.pk))
    assert len(raw) > 40_000_000
    assert take(raw, at=TUESDAY) is ANSWERED
    (told,) = answers()
    assert re.search(r"Your mail has 4\d MB: 25 MB at most are read", str(told.body))
    assert "Voici le film." in str(told.body)
    assert not File.unscoped.exists()


def test_who_writes_too_fast_is_handed_over_again(cast: Cast) -> None:
    to = to_conversation(cast.samira, cast.in_open.pk)
    Message.unscoped.update(written_at=datetime(2026, 1, 1, tzinfo=UTC))
    for n in range(MESSAGES):
        outcome = take(letter(cast.samira, to, f"Message {n}."))
    last = letter(cast.samira, to, "Le dernier.", files=(("sonde.png", png()),))
    assert (outcome, take(last)) == (PUBLISHED, LATER)
    assert not File.unscoped.exists()
    Message.unscoped.update(written_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert take(last) is PUBLISHED
    assert said()[-1] == ("Samira Benali", "<p>Le dernier.</p>")
    assert answers() == []


# Once, and never to a machine


def test_a_mail_that_comes_twice_is_published_and_answered_once(cast: Cast) -> None:
    raw = letter(cast.samira, to_conversation(cast.samira, cast.in_open.pk), files=(("sonde.png", png()),))
    before = len(said())
    assert [take(raw), take(b"Received: again\r\n" + raw)] == [PUBLISHED, PUBLISHED]
    assert (len(said()), File.unscoped.count()) == (before + 1, 1)
    archive(cast.open, cast.samira)
    refused = letter(cast.samira, to_conversation(cast.samira, cast.in_open.pk))
    assert [take(refused, at=TUESDAY), take(refused, at=TUESDAY)] == [ANSWERED, ANSWERED]
    assert len(answers()) == 1


def test_two_mails_that_a_program_gave_one_name_are_two(cast: Cast) -> None:
    to = to_conversation(cast.samira, cast.in_open.pk)
    for words in ("Le premier.", "Le second."):
        assert take(letter(cast.samira, to, words, Message_ID="<1@scanner.example>")) is PUBLISHED
    assert [words for _, words in said()[-2:]] == ["<p>Le premier.</p>", "<p>Le second.</p>"]


def test_a_mail_to_two_addresses_is_published_at_both(cast: Cast) -> None:
    both = f"{to_conversation(cast.loic, cast.in_open.pk)}, {to_space(cast.loic, cast.closed.pk)}, ines@x.example"
    assert take(letter(cast.loic, both, "Aux deux.")) is PUBLISHED
    assert [name for name, words in said() if words == "<p>Aux deux.</p>"] == ["Loïc Morvan"] * 2


def test_the_address_of_delivery_counts_where_no_header_names_it(cast: Cast) -> None:
    to = to_conversation(cast.samira, cast.in_open.pk)
    assert take(letter(cast.samira, "undisclosed@elsewhere.example"), recipient=to) is PUBLISHED
    assert take(letter(cast.samira, "undisclosed@elsewhere.example", Delivered_To=to)) is PUBLISHED


AUTOMATIC = {
    "Auto_Submitted": "auto-replied",
    "Precedence": "bulk",
    "X_Autoreply": "yes",
    "Return_Path": "<>",
    "List_Id": "<all.rivoire.example>",
}


@pytest.mark.parametrize("name", AUTOMATIC)
def test_what_a_program_wrote_is_neither_published_nor_answered(cast: Cast, name: str) -> None:
    to = to_conversation(cast.samira, cast.in_open.pk)
    before = said()
    for where in (to, of_space(cast.open), "terrain+x@terrain.example"):
        assert take(letter(cast.samira, where, said=VOUCHED, **{name: AUTOMATIC[name]})) is LEFT
    assert (said(), answers(), Taken.objects.count()) == (before, [], 0)


def test_an_absence_is_not_published(cast: Cast) -> None:
    to = to_conversation(cast.samira, cast.in_open.pk)
    assert take(letter(cast.samira, to, "En congé.", "Réponse automatique : La scelleuse chauffe")) is LEFT


def test_our_own_mails_end_where_they_come_back(cast: Cast) -> None:
    archive(cast.open, cast.samira)
    to = to_conversation(cast.samira, cast.in_open.pk)
    assert take(letter(cast.samira, to, References="<a@b> <c@d>"), at=TUESDAY) is ANSWERED
    (told,) = answers()
    sent = told.message()
    assert sent["Auto-Submitted"] == "auto-replied"
    assert sent["In-Reply-To"]
    assert sent["References"].split()[:2] == ["<a@b>", "<c@d>"]
    assert take(sent.as_bytes()) is LEFT
    stripped = message_from_bytes(sent.as_bytes())
    for name in ("Auto-Submitted", "X-Auto-Response-Suppress", "From", "To"):
        del stripped[name]
    stripped["From"], stripped["To"] = str(cast.samira.email), to
    assert take(stripped.as_bytes()) is LEFT, "known by its name"
    assert take(letter("terrain@terrain.example", to)) is LEFT
    assert take(letter(to_conversation(cast.samira, cast.in_open.pk), to)) is LEFT
    assert answers() == []


def test_two_machines_that_answer_each_other_soon_stop(cast: Cast) -> None:
    archive(cast.open, cast.samira)
    to = to_conversation(cast.samira, cast.in_open.pk)
    outcomes = [take(letter(cast.samira, to, f"Absente, {n}."), at=TUESDAY) for n in range(20)]
    assert outcomes.count(ANSWERED) == A_DAY == len(answers())
    assert take(letter(cast.samira, to), at=TUESDAY + timedelta(days=1, seconds=1)) is ANSWERED


def test_nobody_is_answered_but_people_of_this_terrain_at_their_own_address(cast: Cast) -> None:
    """Of every sender, address and verdict: an answer goes to the sender alone, and only where it is certain."""
    appoint(cast.claire)
    archive(cast.open, cast.samira)
    places = {
        "own": to_conversation(cast.samira, cast.in_open.pk),
        "other": to_conversation(cast.loic, cast.in_open.pk),
        "plain": of_space(cast.open),
        "unknown": "terrain+abc@terrain.example",
        "bare": "terrain@terrain.example",
        "elsewhere": "somebody@rivoire.example",
    }
    for sender in (
        str(cast.samira.email),
        "stranger@elsewhere.example",
        "",
        "samira.benali@rivoire.example.evil",
    ):
        for where, to in places.items():
            for verdict in ("", VOUCHED, FORGED, "dmarc=none"):
                Answer.objects.all().delete()
                outcome = take(letter(sender, to, said=verdict), at=TUESDAY)
                is_certain = sender == cast.samira.email and where != "elsewhere"
                is_certain = is_certain and (where == "own" or verdict == VOUCHED)
                assert outcome is (ANSWERED if is_certain else LEFT), (sender, where, verdict)
                assert [each.to for each in answers()] == [[sender]] * is_certain


def test_an_answer_that_the_server_refuses_is_tried_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ConnectionRefusedError("nobody listens")

    archive(cast.open, cast.samira)
    assert take(letter(cast.samira, to_conversation(cast.samira, cast.in_open.pk)), at=NIGHT) is ANSWERED
    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    waits, at = [], NIGHT
    for _ in range(5):
        assert answers(at) == []
        kept = Answer.objects.get()
        assert kept.due_at
        waits.append((kept.due_at - at).total_seconds() / 60)
        at = kept.due_at
    assert waits == [2, 4, 8, 16, 32]
    monkeypatch.undo()
    assert len(answers(at)) == 1
    assert Answer.objects.get().text == "", "its words are forgotten"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_publish_and_answer_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = gather()
    to = to_conversation(cast.samira, cast.in_open.pk)
    looked, both = taken.outcome_of, Barrier(2)

    def look(key: UUID) -> Outcome | None:
        """Both look before either writes."""
        found = looked(key)
        if found is None:
            both.wait(20)
        return found

    monkeypatch.setattr(taken, "outcome_of", look)

    def at_once(raw: bytes) -> list[Outcome]:
        def work() -> Outcome:
            try:
                return take(raw)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as workers:
            return [each.result(30) for each in (workers.submit(work), workers.submit(work))]

    assert at_once(letter(cast.samira, to, files=(("sonde.png", png()),))) == [PUBLISHED, PUBLISHED]
    assert Message.unscoped.filter(body="<p>La sonde est changée.</p>").count() == 1
    assert File.unscoped.count() == 1
    archive(cast.open, cast.samira)
    assert at_once(letter(cast.samira, to, "Trop tard.")) == [ANSWERED, ANSWERED]
    assert at_once(letter(cast.samira, "terrain+x@terrain.example", said=VOUCHED)) == [ANSWERED, ANSWERED]
    assert Answer.objects.count() == 2
