"""Reading incoming mail: the words alone, the right sender, and nothing that breaks the reading."""

import base64
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terrain.mail.authentication import Authentication
from terrain.mail.incoming import LARGEST, LOGO, Incoming, TooLarge, read
from terrain.web import markup

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.eml"))
SOURCES = (Path(__file__).parent / "samples" / "SOURCES.md").read_text()
ENOUGH = 0.95

HOST = "mx.example.org"


def words(text: str) -> str:
    """A text up to its spaces."""
    return " ".join(text.split())


def mail(text: str = "Bonjour", charset: str = "utf-8", **headers: str) -> Incoming:
    """A mail of plain text with these headers, read."""
    return read(raw(text.encode(charset), charset, **headers))


def raw(text: bytes, charset: str = "utf-8", kind: str = "plain", **headers: str) -> bytes:
    """The bytes of a mail with one body."""
    given = {"From": "Inès Morel <ines@exemple.fr>", "Subject": "Re: Le toit"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\n" for name, value in given.items())
    return f"{head}Content-Type: text/{kind}; charset={charset}\n\n".encode() + text


def with_parts(html: str, *files: tuple[str, str, bytes, str]) -> bytes:
    """The bytes of a mail with HTML and files: the name, the type, the bytes and what the HTML calls it by."""
    message = EmailMessage()
    message["From"], message["Subject"] = "ines@exemple.fr", "Photos"
    message.set_content(html, subtype="html")
    for name, kind, content, content_id in files:
        main, sub = kind.split("/")
        message.add_attachment(
            content, maintype=main, subtype=sub, filename=name, cid=f"<{content_id}>" if content_id else None
        )
    return bytes(message)


REAL = [each for each in SAMPLES if f"`{each.stem}`" in SOURCES.partition("## Built")[0]]
"""Those that a real program wrote."""


@pytest.mark.parametrize("samples", [REAL, SAMPLES], ids=["real", "all"])
def test_of_forty_mails_nearly_all_give_the_words_alone(
    samples: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [
        sample.stem
        for sample in samples
        if words(read(sample.read_bytes()).text) != words(sample.with_suffix(".txt").read_text())
    ]
    rate = 1 - len(wrong) / len(samples)
    with capsys.disabled():
        print(
            f"\n{len(samples) - len(wrong)} of {len(samples)} mails give the words alone ({rate:.0%})", *wrong
        )
    assert len(samples) >= 40
    assert {each.stem[:2] for each in samples} == {"en", "fr"}
    assert rate >= ENOUGH


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_sample_is_read_without_trouble_as_a_persons_and_its_html_is_clean(sample: Path) -> None:
    found = read(sample.read_bytes())
    assert found.trouble == ()
    assert found.sender.endswith(("example.com", "example.org", "exemple.fr", "example.net"))
    assert not found.is_automatic
    assert found.html == markup.clean(found.html)
    assert words(markup.to_text(found.html)) == words(found.text)
    assert f"`{sample.stem}`" in SOURCES, "each sample says where it comes from"


def test_lists_links_and_bold_stay() -> None:
    html = read((SAMPLES[0].parent / "en-outlook-web-list.eml").read_bytes()).html
    assert html == (
        "<p>My three wishes:</p><ul><li>a <strong>real</strong> coffee machine,</li>"
        '<li>fruit, as in <a href="https://example.com/fruit" rel="noopener noreferrer nofollow">this offer</a>,</li>'
        "<li>chairs.</li></ul>"
    )


def test_html_that_runs_or_spies_is_gone() -> None:
    bad = b'<p onclick="x()">A<script>x()</script><img src="https://spy.example/p"><a href="javascript:x()">b</a></p>'
    assert read(raw(bad, kind="html")).html == '<p>A<a rel="noopener noreferrer nofollow">b</a></p>'


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8", "iso-8859-15", "utf-16"])
def test_a_charset_is_read_as_it_says(charset: str) -> None:
    found = mail("Été à Nîmes : dépêchez-vous !", charset)
    assert (found.text, found.trouble) == ("Été à Nîmes : dépêchez-vous !", ())


def test_what_calls_itself_latin_1_is_read_as_windows_1252_as_its_writer_meant() -> None:
    assert read(raw("L’œuf à 3 €".encode("cp1252"), "iso-8859-1")).text == "L’œuf à 3 €"


@pytest.mark.parametrize("charset", ["x-unknown", "zip", "idna", "unicode_escape", "utf-8"])
def test_what_is_not_in_its_charset_is_read_as_best_possible_and_said(charset: str) -> None:
    found = read(raw("Déjà".encode("cp1252"), charset))
    assert found.text == "Déjà"
    assert found.trouble


def test_headers_are_decoded_and_the_marks_of_answers_go() -> None:
    assert mail(Subject="RE : TR: Re: =?iso-8859-1?Q?L=27=E9t=E9?=").subject == "L'été"
    assert mail(Subject="Réf : Retour").subject == "Retour"
    assert mail(Subject="Fwd: Re[2]: Toit").subject == "Toit"
    assert mail(Subject="Repas : le menu").subject == "Repas : le menu"


def test_recipients_are_told_once_in_order() -> None:
    found = mail(
        To="Espace <Espace@exemple.fr>, b@exemple.fr",
        Cc="c@exemple.fr, espace@exemple.fr",
        Delivered_To="d@exemple.fr",
    )
    assert found.recipients == ("espace@exemple.fr", "b@exemple.fr", "c@exemple.fr", "d@exemple.fr")


def test_what_it_answers_is_known() -> None:
    found = mail(Message_ID="<a@b>", In_Reply_To="<c@d>", References="<x@y>\n <c@d>")
    assert (found.message_id, found.in_reply_to, found.references) == (
        "<a@b>",
        ("<c@d>",),
        ("<x@y>", "<c@d>"),
    )


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("Inès <INES@Exemple.fr>", "ines@exemple.fr"),
        ('"Morel, Inès (achats)" <ines@exemple.fr>', "ines@exemple.fr"),
        ("ines@exemple.fr (Inès)", "ines@exemple.fr"),
        ("ines@exemple.fr <ines@exemple.fr>", "ines@exemple.fr"),
        ("directrice@exemple.fr <ines@exemple.fr>", ""),
        ("directrice@exemple.fr, ines@exemple.fr", ""),
        ("<directrice@exemple.fr> <ines@exemple.fr>", ""),
        ("directrice@exemple.fr\nFrom: ines@exemple.fr", ""),
        ('"directrice@exemple.fr" <ines@exemple.fr>', "ines@exemple.fr"),
        ("", ""),
    ],
)
def test_the_sender_is_one_address_or_nobody(written: str, sender: str) -> None:
    found = mail(From=written)
    assert found.sender == sender
    assert ("no single sender" in found.trouble) == (sender == "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-generated; owner-email=x"),
        ("Precedence", "bulk"),
        ("Precedence", "auto_reply"),
        ("X-Autoreply", "yes"),
        ("X-Auto-Response-Suppress", "DR, OOF, AutoReply"),
        ("List-Id", "<liste.exemple.fr>"),
        ("Return-Path", "<>"),
        ("Subject", "Réponse automatique : Le toit"),
        ("Subject", "Automatic reply: The roof"),
        ("Subject", "Absence du bureau"),
        ("From", "MAILER-DAEMON@exemple.fr"),
    ],
)
def test_an_automatic_mail_is_known_and_says_by_what(name: str, value: str) -> None:
    found = mail(**{name: value})
    assert found.is_automatic
    assert name in found.automatic


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "no"),
        ("X-Auto-Response-Suppress", "None"),
        ("Subject", "Mon absence en mai"),
        ("Precedence", "x"),
    ],
)
def test_a_persons_mail_is_not_taken_for_automatic(name: str, value: str) -> None:
    assert not mail(**{name: value}).is_automatic


def test_a_report_is_automatic() -> None:
    report = b'From: a@b.fr\nContent-Type: multipart/report; boundary="b"\n\n--b\n\nNon remis.\n--b--\n'
    assert read(report).automatic == "Content-Type: multipart/report"


RECEIVED = f"Received: from out.exemple.fr by {HOST} (Postfix) id 1; Mon, 3 Mar 2025 10:00:00 +0100\n"
HOPS = "Received: from pc by out.exemple.fr; Mon, 3 Mar 2025 09:59:59 +0100\n"
VERDICT = (
    f"Authentication-Results: {HOST}; spf=pass smtp.mailfrom=exemple.fr;\n dkim=pass (good); dmarc=pass\n"
)
FORGED = f"Authentication-Results: {HOST}; spf=pass; dkim=pass; dmarc=pass\n"
ALL = Authentication("pass", "pass", "pass")
NOTHING = Authentication()


@pytest.mark.parametrize(
    ("head", "believed"),
    [
        (VERDICT + RECEIVED + HOPS, ALL),
        (RECEIVED + VERDICT + HOPS, ALL),
        (VERDICT.replace(HOST, "mx.evil.example") + RECEIVED, NOTHING),
        (VERDICT.replace(HOST, f"{HOST}.evil.example") + RECEIVED, NOTHING),
        (RECEIVED + HOPS + FORGED, NOTHING),
        (HOPS + FORGED, NOTHING),
        (VERDICT.replace("pass", "fail") + RECEIVED + FORGED, Authentication("fail", "fail", "fail")),
        (RECEIVED + VERDICT.replace("pass", "fail") + FORGED, Authentication("fail", "fail", "fail")),
        (RECEIVED + FORGED + VERDICT.replace("pass", "none"), Authentication("none", "none", "none")),
        (f"Authentication-Results: {HOST}; none\n" + RECEIVED, NOTHING),
        (
            f"Authentication-Results: {HOST}; dkim=fail; dkim=pass (good); spf=brilliant\n",
            Authentication(dkim="pass"),
        ),
    ],
)
def test_only_the_trusted_host_is_believed_about_the_sender(head: str, believed: Authentication) -> None:
    assert read(head.encode() + raw(b"x"), trusted=HOST).authentication == believed


def test_without_a_trusted_host_nothing_is_believed() -> None:
    assert read((VERDICT + RECEIVED).encode() + raw(b"x")).authentication == NOTHING


def test_files_come_with_their_name_type_and_bytes() -> None:
    found = read(with_parts("<p>Voici.</p>", ("déjà vu.pdf", "application/pdf", b"%PDF", "")))
    assert [(file.name, file.content_type, file.content) for file in found.attachments] == [
        ("déjà vu.pdf", "application/pdf", b"%PDF")
    ]


def test_the_folders_before_a_files_name_go() -> None:
    assert read(with_parts("x", ("../../etc/passwd", "text/x-a", b"a", ""))).attachments[0].name == "passwd"


def test_a_picture_among_the_words_is_a_file_and_a_logo_is_not() -> None:
    html = '<p>Le toit :</p><p><img src="cid:big"></p><p><img src="cid:small"></p>'
    big, small = b"\x89PNG" + b"0" * LOGO, b"\x89PNG" + b"0" * 100
    found = read(with_parts(html, ("a.png", "image/png", big, "big"), ("b.png", "image/png", small, "small")))
    assert [file.name for file in found.attachments] == ["a.png"]


def test_a_picture_of_a_quote_or_a_signature_is_left_out_whatever_its_size() -> None:
    html = '<p>Vu.</p><div class="gmail_signature"><img src="cid:big"></div>'
    found = read(with_parts(html, ("a.png", "image/png", b"0" * LOGO * 9, "big")))
    assert found.attachments == ()


def test_what_only_programs_read_is_left_out() -> None:
    found = read(
        with_parts(
            "x",
            ("winmail.dat", "application/ms-tnef", b"a", ""),
            ("smime.p7s", "application/pkcs7-signature", b"b", ""),
        )
    )
    assert found.attachments == ()


@pytest.mark.parametrize(
    "text",
    [
        "Merci",
        "Le maire nous a écrit :\nla passerelle ferme lundi.\n\nQui peut relayer ?",
        "Objet : la réunion\nDate : mardi\nPour : tous\n\nVenez nombreux.",
        "On the other hand, we should be careful.\nOn average, it works.",
        "Thanks, that was quick.\nCheers!\nI shall call the plumber tomorrow morning, he knows the place.",
        "On prend :\n- des chaises\n- des tables",
        "Cordialement vôtre, dit-on ; moi je dis salut à toute la bande du matin.",
        "Ce message est destiné à tout le monde.",
        "Qui vient :\n\nPaul\nMarie, avec son fils, si le train est à l'heure ce jour-là.",
        "From: Lyon\nTo: Paris\nWho takes the train with me?",
        "Une règle :\n----\nà garder, et puis tout le reste qui vient après elle aussi.",
    ],
)
def test_words_that_look_like_a_quote_or_a_signature_stay(text: str) -> None:
    assert words(mail(text).text) == words(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Oui.\n\nInès a écrit le 03/03/2025 10:02 :\n> Qui vient ?", "Oui."),
        ("Oui.\n\nEnvoyé depuis l'application Mail Orange", "Oui."),
        ("Oui.\n\nAmitiés,\nInès", "Oui."),
        ("From: a long name\n<a@b.fr>\nSent: 3 March 2025 10:02\nTo: c\nSubject: d\n\nx", ""),
        ("Oui.\n\nLe lundi 3 mars 2025 à 10:02, X <a@b.fr> a écrit :\n\nsans marque", "Oui."),
        ("> Le 3 mars 2025 à 10:02, X a écrit :\n> A ?\n\nOui.\n\n> B ?\n\nNon.", "Oui. Non."),
        ("Oui.\n-- \nInès Morel\nAchats", "Oui."),
    ],
)
def test_quotes_and_signatures_go(text: str, left: str) -> None:
    assert words(mail(text).text) == left


def test_words_lines_stay_together_and_paragraphs_apart() -> None:
    html = b"<p class=MsoNormal>12, rue des Lilas</p><p class=MsoNormal>Lyon</p><p>Venez</p><p>tous</p>"
    assert read(raw(html, kind="html")).html == "<p>12, rue des Lilas<br>Lyon</p><p>Venez</p><p>tous</p>"


def test_an_answer_that_only_quotes_says_nothing() -> None:
    assert mail("Le 3 mars 2025 à 10:02, Terrain a écrit :\n> Bonjour\n").text == ""


def test_a_mail_of_forty_megabytes_is_refused_before_it_is_read() -> None:
    begun = time.monotonic()
    with pytest.raises(TooLarge) as refused:
        read(b"From: a@b.fr\n\n" + b"x" * 40_000_000)
    assert refused.value.size > LARGEST
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\n",
        b"\x00\xff\xfe",
        b"From: a@b.fr\nContent-Type: multipart/mixed\n\nno boundary",
        b'From: a@b.fr\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nnever closed',
        b"From: a@b.fr\nContent-Transfer-Encoding: base64\n\n!!!not base64!!!",
        b"From: a@b.fr\nContent-Type: text/plain; charset*=x''%ff\nContent-Disposition: inline; filename*=y''%ff\n\na",
        b"From: =?x?q?=ff?= <a@b.fr>\nSubject: =?utf-8?b?!!!?=\n\na",
        b"From: a@b.fr\nContent-Type: message/rfc822\n\nSubject: inner\n\nwords",
    ],
)
def test_broken_mime_gives_something(bad: bytes) -> None:
    assert isinstance(read(bad).text, str)


DEEP = b"From: a@b.fr\n" + b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)
)


@pytest.mark.parametrize(
    "heavy",
    [
        DEEP,
        b"From: a@b.fr\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 50_000,
        b"X-A: b\n" * 1_000_000,
        raw(b"<div>" * 200_000, kind="html"),
        raw(b"&" * 1_000_000, kind="html"),
        raw((b"On " + b"a " * 148 + b"\n") * 2_000),
        raw(b"> " * 500_000),
        raw(b"a" * 20_000_000),
    ],
    ids=[
        "deep parts",
        "many parts",
        "many headers",
        "deep html",
        "entities",
        "like headings",
        "quotes",
        "one line",
    ],
)
def test_a_mail_made_to_keep_the_reader_busy_is_read_in_bounded_time(heavy: bytes) -> None:
    begun = time.process_time()
    read(heavy)
    assert time.process_time() - begun < 10, "seconds, on a machine that has other things to do"


@given(st.binary(max_size=2_000))
@settings(max_examples=200, deadline=2_000)
def test_no_bytes_break_the_reading(anything: bytes) -> None:
    assert isinstance(read(anything, trusted=HOST), Incoming)


@given(data=st.data())
@settings(max_examples=300, deadline=4_000, suppress_health_check=[HealthCheck.data_too_large])
def test_no_sample_with_some_bytes_changed_breaks_the_reading(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from(SAMPLES)).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole)))
        whole[at : at + data.draw(st.integers(0, 40))] = data.draw(
            st.binary(max_size=20)
            | st.sampled_from([b"--", b"=?", b"\r\n\r\n", b"multipart/mixed", b'charset="', b"<", b"&#x"])
        )
    assert isinstance(read(bytes(whole), trusted=HOST), Incoming)


def test_the_text_of_a_hidden_part_is_no_body() -> None:
    """A calendar among the forms of the words is not one of them, and is no file either."""
    invitation = EmailMessage()
    invitation["From"] = "ines@exemple.fr"
    invitation.set_content("Réunion mardi.")
    invitation.add_alternative("BEGIN:VCALENDAR", subtype="calendar")
    found = read(bytes(invitation))
    assert (found.text, found.attachments) == ("Réunion mardi.", ())


def test_base64_words_are_read() -> None:
    head = b"From: a@b.fr\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    assert read(head + base64.encodebytes("Été".encode())).text == "Été"
