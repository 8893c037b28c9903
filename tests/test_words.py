"""The words of the interface: all of them in both languages, and French written as French is."""

import ast
import re
import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from babel.messages.catalog import Message
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from jinja2 import Environment, nodes
from jinja2.ext import InternationalizationExtension

from scripts import words
from terrain.accounts import links
from terrain.accounts.jobs import send_link
from terrain.conversations.editing import edit
from terrain.conversations.following import unfollow
from terrain.conversations.kinds import kinds
from terrain.conversations.models import Conversation
from terrain.conversations.models import Message as Said
from terrain.conversations.opening import open_conversation
from terrain.conversations.reacting import react
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import reply
from terrain.direct.talking import begin
from terrain.hosting.hosting import volunteer
from terrain.hosting.pinning import pin
from terrain.hosting.summing_up import sum_up
from terrain.ideas.answer import Verdict, answer
from terrain.ideas.idea import support
from terrain.ideas.models import Debt, Idea
from terrain.notifications.level import How, want
from terrain.notifications.mails import STOP_DIGESTS, stop_key
from terrain.notifications.notification import tell_of
from terrain.orders.order import ask, open_up
from terrain.outcomes.outcome import conclude
from terrain.people.models import Person
from terrain.people.organisation import rename
from terrain.people.steward import appoint
from terrain.push.device import Device
from terrain.push.pushing import TROUBLED
from terrain.reports.appealing import appeal
from terrain.reports.deciding import confirm, set_aside
from terrain.reports.reasons import Reason
from terrain.reports.report import report
from terrain.spaces.joining import join
from terrain.thanks.contributing import share
from terrain.thanks.thanking import hide, thank
from terrain.web import errors, rendering, shell
from tests.cast import Cast
from tests.house.addresses import between_two, event_of, file_of, poll_of
from tests.push.told import signed_in_device

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDER = re.compile(r"%\((\w+)\)s")

TYPOGRAPHY = {
    "a straight apostrophe or quote: ’ « »": r"['\"“”]",
    "three dots that are not …": r"\.\.\.",
    "; ! ? without a narrow no-break space (U+202F) before": r"(?<![\u202f;!?])[;!?]",
    ": without a no-break space (U+00A0) before": r"(?<!\u00a0):(?!//)",
    "« without a narrow no-break space (U+202F) after": r"«(?!\u202f)",
    "» without a narrow no-break space (U+202F) before": r"(?<!\u202f)»",
    "a number that a line's end may part from what it counts": (
        r"(?:\d|%\((?:n|shown|length|most|limit_value)\)s) (?=[^\W\d_])"
    ),
    "a space too many": r"  |^\s|\s$",
    "a form that is not said aloud: « ouvert·e », « membre(s) »": r"\w·\w|\((?:e|s|es|ne|ve)\)",
    "a word of machines: person, not user": r"(?i)\butilisat(?:eur|rice)|\bcontenus?\b|\bworkflow",
}
NOT_ENGLISH = {
    "a straight apostrophe or quote: ’ “ ”": r"['\"]",
    "three dots that are not …": r"\.\.\.",
    "a space too many": r"  |^\s|\s$",
    "a word of machines: person, not user": r"(?i)\busers?\b|\bcontents?\b|\bworkflow",
}


def every_message() -> Iterator[tuple[str, Message]]:
    """Each folder and translated message."""
    for folder in words.folders():
        for message in words.translated(folder, "fr"):
            if message.id:
                yield folder, message


def forms(of: object) -> tuple[str, ...]:
    """The one form of a message, or its singular and plural."""
    return tuple(of) if isinstance(of, (tuple, list)) else (str(of or ""),)


# What is said and what is translated


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("folder", words.folders())
def test_a_catalogue_holds_what_its_folder_says_and_nothing_else(folder: str, language: str) -> None:
    catalogue = words.translated(folder, language)
    said = {(message.context, message.id) for message in words.said_in(folder) if message.id}
    held = {(message.context, message.id) for message in catalogue if message.id}
    assert held == said, "run scripts/words, and translate what it names"
    assert not catalogue.obsolete
    assert words.catalogue_path(folder, language).exists() == bool(said)


@pytest.mark.parametrize("folder", words.folders())
def test_every_sentence_is_translated_by_somebody(folder: str) -> None:
    catalogue = words.translated(folder, "fr")
    assert [message.id for message in catalogue if message.id and not words.is_complete(message)] == []
    for message in catalogue:
        if message.id and message.pluralizable:
            assert len(forms(message.string)) == catalogue.num_plurals


def test_words_are_said_only_where_django_finds_their_catalogue() -> None:
    parts = {path.name for path in (ROOT / "terrain").iterdir() if path.is_dir()}
    assert "config" in parts - set(words.folders())
    for folder in parts - set(words.folders()):
        assert [message.id for message in words.said_in(folder) if message.id] == []


def test_the_same_words_are_translated_alike_everywhere() -> None:
    known: dict[object, object] = {}
    for folder, message in every_message():
        said = (message.context, forms(message.id)[0])
        assert known.setdefault(said, message.string) == message.string, f"{said} in {folder}"


def test_placeholders_are_the_same_in_both_languages() -> None:
    for folder, message in every_message():
        wanted = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        for translated in forms(message.string):
            assert set(PLACEHOLDER.findall(translated)) == wanted, f"{folder}: {translated}"
            assert "%" not in PLACEHOLDER.sub("", translated).replace("%%", ""), f"{folder}: {translated}"


def test_a_new_sentence_waits_a_gone_one_goes_and_nothing_is_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "ROOT", tmp_path)
    source, path = tmp_path / "terrain/tea/templates/tea/pot.html", words.catalogue_path("tea", "fr")
    source.parent.mkdir(parents=True)
    source.write_text("{% trans %}Pour it{% endtrans %}\n{% trans %}Drink it{% endtrans %}")
    assert [message.id for message in words.bring_up_to_date("tea", "fr", [])] == ["Pour it", "Drink it"]

    translated = path.read_text().replace('"Drink it"\nmsgstr ""', '"Drink it"\nmsgstr "La boire"')
    path.write_text(translated)
    assert [message.id for message in words.bring_up_to_date("tea", "fr", [])] == ["Pour it"]
    assert path.read_text() == translated

    source.write_text("\n\n{% trans %}Drink it{% endtrans %} {% trans %}Pour it out{% endtrans %}")
    assert [message.id for message in words.bring_up_to_date("tea", "fr", [])] == ["Pour it out"]
    assert "La boire" in path.read_text()
    assert '"Pour it"' not in path.read_text()

    source.write_text("")
    assert words.bring_up_to_date("tea", "fr", []) == []
    assert not path.exists()


def test_a_sentence_of_another_folder_brings_its_translation_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "ROOT", tmp_path)
    source = tmp_path / "terrain/coffee/templates/coffee/pot.html"
    source.parent.mkdir(parents=True)
    source.write_text("{% trans %}Pour it{% endtrans %} {% trans %}Grind it{% endtrans %}")
    elsewhere = [Message("Pour it", "Le verser"), Message("Grind it", "Le moudre", context="stone")]
    assert [message.id for message in words.bring_up_to_date("coffee", "fr", elsewhere)] == ["Grind it"]
    assert "Le verser" in words.catalogue_path("coffee", "fr").read_text()


# French as it is written


def faults(text: str, rules: dict[str, str]) -> list[str]:
    """The rules that this text breaks."""
    return [rule for rule, pattern in rules.items() if re.search(pattern, text)]


def test_french_has_its_own_apostrophes_quotes_and_spaces() -> None:
    broken = [
        (folder, text, faults(text, TYPOGRAPHY))
        for folder, message in every_message()
        for text in forms(message.string)
        if faults(text, TYPOGRAPHY)
    ]
    assert broken == []


def test_english_has_its_own_apostrophes_and_quotes() -> None:
    texts = [text for _, message in every_message() for text in forms(message.id)]
    assert [text for text in texts if faults(text, NOT_ENGLISH)] == []


def test_a_sentence_ends_alike_in_both_languages() -> None:
    for folder, message in every_message():
        ends = {text[-1] if text[-1] in ".,:…?!" else "" for text in forms(message.id)}
        for text in forms(message.string):
            assert {text[-1] if text[-1] in ".,:…?!" else ""} == ends, f"{folder}: {text}"


@pytest.mark.parametrize(
    "text",
    [
        "L'atelier",
        "Qui en parle ?",
        "Qui en parle?",
        "Deux choses\u00a0; la suite",
        "Un mot : la suite",
        "Un mot: la suite",
        "Dans « l’atelier »",
        "Dans « l’atelier\u202f»",
        "Dans “l’atelier”",
        "Répondre...",
        "il y a 15 minutes",
        "%(n)s messages",
        "Vous êtes inscrit·e",
        "Un utilisateur",
        " Répondre",
    ],
)
def test_what_french_does_not_write_is_refused(text: str) -> None:
    assert faults(text, TYPOGRAPHY)


@pytest.mark.parametrize(
    "text",
    [
        "Vu\u202f? Appris\u202f!",
        "Un mot\u00a0: «\u202fl’atelier\u202f»\u202f; la suite…",
        "https://exemple.fr",
        "%(n)s\u00a0messages, il y a 15\u00a0min",
        "%(who)s dans %(where)s",
    ],
)
def test_what_french_does_write_is_not(text: str) -> None:
    assert faults(text, TYPOGRAPHY) == []


# Nothing in a template or a refusal that could not be translated

NOT_WORDS = {"Terrain", "français", "Français", "English", "https://"}
SPOKEN = ("aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription")
BARE = re.compile(r"[^\W\d_]{2,}|\b[^\W\d_]\b")


class Read(HTMLParser):
    """What a page says to somebody who looks at it or listens to it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._unread = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._unread += tag in ("script", "style")
        self.said += [value for name, value in attributes if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._unread and data.strip():
            self.said.append(data)


def without_jinja(environment: Environment, source: str) -> str:
    """A template's own HTML: its tags and expressions taken out, with the words that they translate."""
    kept, inside, in_trans = [], "", False
    for _line, token, text in environment.lex(source):
        if token in ("block_begin", "variable_begin", "comment_begin"):
            inside = token
        elif token in ("block_end", "variable_end", "comment_end"):
            inside = ""
        elif inside == "block_begin" and token == "name" and text in ("trans", "endtrans"):
            in_trans = text == "trans"
        elif token == "data" and not inside and not in_trans:
            kept.append(text)
    return "".join(kept)


def in_expressions(environment: Environment, source: str) -> Iterator[str]:
    """The sentences and capitalised words that a template's expressions hold outside gettext's calls."""
    tree = environment.parse(source)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ("gettext", "ngettext", "pgettext"):
            call.args = []
    for test in tree.find_all(nodes.Compare):
        test.expr, test.ops = nodes.Const(None), []
    for each in tree.find_all(nodes.Const):
        if isinstance(each.value, str) and re.search(r"[^\W\d_]\s+[^\W\d_]|^[A-ZÀ-Þ][a-zà-ÿ]", each.value):
            yield each.value


def untranslated(source: str) -> list[str]:
    """What a template says in one language only."""
    environment = Environment(extensions=[InternationalizationExtension])
    said = [*Read(without_jinja(environment, source)).said, *in_expressions(environment, source)]
    bare = (re.sub("|".join(map(re.escape, NOT_WORDS)), "", text) for text in said)
    return [text.strip() for text in bare if BARE.search(text)]


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(ROOT.glob("terrain/*/templates/**/*")) if path.is_file()],
    ids=lambda path: "/".join(path.parts[-2:]),
)
def test_a_template_says_nothing_that_is_not_translated(path: Path) -> None:
    assert untranslated(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        "<p>{% trans %}Hello{% endtrans %} you</p>",
        '<input placeholder="Your name">',
        '<a {% if x %}href="/"{% endif %} aria-label="Close">{{ icon("x") }}</a>',
        '{{ head("Welcome") }}',
        '{% set title = "all of it" %}',
    ],
)
def test_what_is_not_translated_is_found(source: str) -> None:
    assert untranslated(source)


@pytest.mark.parametrize(
    "source",
    [
        "{# Words for colleagues. #}<p class='small quiet'>{{ name }} · 12 </p>",
        "<p>{% trans n=3 %}{{ n }} day{% pluralize n %}{{ n }} days{% endtrans %}</p>",
        '{{ head(gettext("Welcome")) }}{{ url("enter") }}{% if request.method == "Get" %}{% endif %}',
    ],
)
def test_what_is_translated_is_not(source: str) -> None:
    assert untranslated(source) == []


def test_no_refusal_speaks_one_language_only() -> None:
    spoken = []
    for path in sorted(ROOT.glob("terrain/*/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("ValidationError", "add_error"):
                constants = [each.value for each in node.args if isinstance(each, ast.Constant)]
                spoken += [(path.name, each) for each in constants if isinstance(each, str) and " " in each]
    assert spoken == []


def test_every_place_and_kind_has_a_name_in_each_language() -> None:
    assert [each.key for each in shell.places() if not isinstance(each.label, Promise)] == []
    assert [each.name for each in kinds() if not isinstance(each.label, Promise)] == []


# Each page, in French


def english() -> list[tuple[str, re.Pattern[str]]]:
    """Every English sentence that French says otherwise, and how to find it on a page."""
    sought = {}
    for _folder, message in every_message():
        french = {" ".join(text.split()) for text in forms(message.string)}
        for text in forms(message.id):
            if text not in french:
                pieces = [re.escape(piece) for piece in PLACEHOLDER.split(text)[::2]]
                sought[text] = re.compile(r"(?<!\w)" + r".{1,90}?".join(pieces) + r"(?!\w)")
    return list(sought.items())


def check_french(html: str) -> str:
    """Nothing on this page is said in English; returns what it says, a line."""
    said = " ".join(" ".join(Read(html).said).split())
    assert [text for text, pattern in english() if pattern.search(said)] == []
    return said


@pytest.fixture
def talk(cast: Cast, settings: Any) -> Cast:
    """The cast speaks French, and everything that a page can show has happened once."""
    settings.MAIL_ADDRESS, settings.MAIL_TRUSTED = "terrain+*@terrain.example", "mx.terrain.example"
    Person.objects.update(language="fr")
    for each in (cast.samira, cast.loic, cast.ines, cast.claire, cast.marek):
        each.refresh_from_db()
    first = cast.first(cast.in_open)
    reply(cast.in_open, cast.ines, "<p>Je confirme.</p>", reply_to=first)
    reply(cast.in_open, cast.loic, "<p>Je passe à 14 h.</p>")
    react(first, cast.loic, "👍")
    Said.unscoped.filter(pk=first.pk).update(written_at="2025-03-01T08:00Z")
    edit(first, cast.samira, "<p>Elle colle depuis mardi.</p>")
    for host in (cast.samira, cast.ines):
        volunteer(cast.open, host)
    pin(cast.in_open, cast.samira)
    conclude(cast.in_open, cast.samira, "La sonde est changée, la ligne tourne.")
    sum_up(cast.in_open, cast.samira, "La sonde est en cause.")
    thank(cast.ines, cast.samira, "Tu as vu la panne avant tout le monde.", first)
    thank(cast.samira, cast.loic, "La sonde, en dix minutes.", cast.answer(cast.in_open))
    hide(thank(cast.loic, cast.samira, "Pour le café de lundi.", is_private=True))
    unfollow(cast.in_open, cast.loic)
    join(cast.closed, cast.ines)
    alone = open_conversation(cast.open, cast.claire, "<p>Bonne route.</p>", title="Un départ")
    Conversation.unscoped.filter(pk=alone.pk).update(author=None)
    Said.unscoped.filter(conversation=alone).update(author=None)
    Person.objects.filter(pk=cast.marek.pk).update(left_on="2025-01-31")
    return cast


def set_aside_of(cast: Cast) -> Said:
    """What Samira says, which Inès sets aside, Claire confirms and Samira asks about."""
    words = reply(cast.in_open, cast.samira, "<p>Madame Perrot habite rue des Lilas.</p>")
    volunteer(cast.open, cast.claire)
    confirm(
        set_aside(words, cast.ines, Reason.PERSONAL, "Le nom n’a rien à faire ici."),
        cast.claire,
        "Je confirme.",
    )
    appeal(words, cast.samira, "Elle me l’avait permis.")
    return words


def owed_by_samira(cast: Cast) -> int:
    """An idea of Loïc's, late: Samira owes an answer, and Inès supports it."""
    here = open_conversation(
        cast.open, cast.loic, "<p>Les bacs reviennent vides.</p>", title="Bacs", kind="idea"
    )
    idea = Idea.unscoped.create(conversation=here)
    support(idea, cast.ines, "On a déjà les bacs.")
    now = timezone.now()
    Debt.unscoped.create(
        idea=idea, decider=cast.samira, owed_at=now - timedelta(days=25), due_at=now - timedelta(days=4)
    )
    return here.pk


def answered_idea(cast: Cast) -> int:
    """The same, which Samira has answered."""
    pk = owed_by_samira(cast)
    answer(Debt.unscoped.get(pk=pk), cast.samira, Verdict.TRIAL, "On essaie trois clients, huit semaines.")
    return pk


def waits_for_all(cast: Cast) -> None:
    """Everybody of the cast is told of what was said, for every reason there is."""
    want(cast.in_open, cast.ines, How.ALL)
    begin(cast.loic, [cast.samira, cast.ines], "<p>À quelle heure ?</p>")
    reply(cast.in_open, cast.loic, f'<p><a href="/people/{cast.samira.pk}">@{cast.samira.name}</a></p>')
    for each in Said.unscoped.order_by("pk"):
        tell_of(each.pk)


def told_in_vain(cast: Cast) -> None:
    """Everybody of the cast keeps Terrain running, and has a device that no push reaches."""
    for each in (cast.samira, cast.ines):
        appoint(each)
        signed_in_device(each)
    Device.objects.update(failures=TROUBLED, trouble="503")


def order_asked(cast: Cast) -> list[object]:
    """A legal order that Samira asks for, which Claire opens."""
    for steward in (cast.samira, cast.claire, cast.ines):
        appoint(steward)
    asked = ask(
        cast.samira, [cast.loic, between_two(cast).participations.exclude(person=cast.loic).get().person], "x"
    )
    return [open_up(asked, cast.claire, "x").pk]


def pictured(cast: Cast) -> int:
    """Samira's first message, which carries a picture."""
    message = cast.first(cast.in_open)
    file_of(message)
    return message.pk


NOT_INES = {"edit", "withdrawal", "version", "alts", "appeal", "owed_answer", "more_time"}
"""Pages for whoever wrote or decides, which Inès did not."""

Where = Callable[[Cast], list[object]]
PAGES: dict[str, list[Where]] = {
    "feed": [lambda cast: []],
    "space": [lambda cast: [cast.open.pk], lambda cast: [cast.closed.pk], lambda cast: [cast.secret.pk]],
    "conversation": [
        lambda cast: [owed_by_samira(cast)],
        lambda cast: [answered_idea(cast)],
        lambda cast: [cast.in_open.pk],
        lambda cast: [cast.in_closed.pk],
        lambda cast: [Conversation.unscoped.get(author=None).pk],
    ],
    "by_mail": [lambda cast: [cast.open.pk]],
    "conversation_acts": [lambda cast: [cast.in_open.pk]],
    "message_acts": [lambda cast: [cast.first(cast.in_open).pk]],
    "thanks_to": [lambda cast: [cast.samira.pk], lambda cast: [cast.loic.pk], lambda cast: [cast.claire.pk]],
    "thanks_for": [
        lambda cast: [cast.first(cast.in_open).pk],
        lambda cast: [cast.answer(cast.in_open).pk],
    ],
    "contributions": [lambda cast: []],
    "shared_contributions": [lambda cast: [share(cast.samira, date(2026, 1, 1), timezone.localdate()).token]],
    "who_knows": [lambda cast: []],
    "catch_up": [lambda cast: []],
    "ideas": [lambda cast: [owed_by_samira(cast)][1:]],
    "new_idea": [lambda cast: []],
    "late_answers": [lambda cast: [owed_by_samira(cast)][1:]],
    "owed": [lambda cast: [owed_by_samira(cast)][1:]],
    "owed_answer": [lambda cast: [owed_by_samira(cast)]],
    "more_time": [lambda cast: [owed_by_samira(cast)]],
    "decider": [lambda cast: [owed_by_samira(cast)]],
    "saved": [lambda cast: []],
    "search": [lambda cast: []],
    "search_missing": [lambda cast: []],
    "saved_searches": [lambda cast: []],
    "shares": [lambda cast: [cast.in_open.pk], lambda cast: [cast.in_closed.pk]],
    "desk": [lambda cast: []],
    "topics": [lambda cast: []],
    "topic": [lambda cast: ["scelleuse"]],
    "suggested_people": [lambda cast: []],
    "suggested_topics": [lambda cast: []],
    "suggested_emojis": [lambda cast: []],
    "conversation_people": [lambda cast: [cast.in_open.pk]],
    "space_people": [lambda cast: [cast.open.pk]],
    "poll": [lambda cast: [poll_of(cast.first(cast.in_open)).pk]],
    "votes": [lambda cast: [poll_of(cast.first(cast.in_open)).choices.all()[0].pk]],
    "agenda": [lambda cast: []],
    "notices": [lambda cast: []],
    "new_notice": [lambda cast: []],
    "event": [lambda cast: [event_of(cast.first(cast.in_open)).pk]],
    "drafts": [lambda cast: []],
    "hosts": [lambda cast: []],
    "guarantees": [lambda cast: []],
    "log": [lambda cast: []],
    "summary": [lambda cast: [cast.in_open.pk]],
    "welcome": [lambda cast: [cast.first(cast.in_open).pk]],
    "outcomes": [lambda cast: [cast.in_open.pk]],
    "withdrawal": [lambda cast: [cast.first(cast.in_open).pk]],
    "reactions": [lambda cast: [cast.first(cast.in_open).pk]],
    "version": [lambda cast: [cast.first(cast.in_open).pk]],
    "alts": [lambda cast: [pictured(cast)]],
    "passages": [lambda cast: [cast.first(cast.in_open).pk]],
    "edits": [lambda cast: [cast.first(cast.in_open).pk]],
    "edit": [lambda cast: [cast.first(cast.in_open).pk]],
    "reports": [lambda cast: []],
    "report": [
        lambda cast: [report(cast.answer(cast.in_open), cast.samira, Reason.OTHER).pk],
        lambda cast: [report(cast.answer(cast.in_open), cast.ines, Reason.OTHER).pk],
    ],
    "handling": [lambda cast: [cast.answer(cast.in_open).pk], lambda cast: [set_aside_of(cast).pk]],
    "appeal": [lambda cast: [set_aside_of(cast).pk]],
    "stewards": [lambda cast: [told_in_vain(cast)][:0]],
    "stop_mails": [lambda cast: [stop_key(cast.samira)], lambda cast: [stop_key(cast.samira, STOP_DIGESTS)]],
    "for_you": [lambda cast: [waits_for_all(cast)][:0]],
    "orders": [lambda cast: [], lambda cast: order_asked(cast)[:0]],
    "order": [lambda cast: order_asked(cast)],
    "people": [lambda cast: []],
    "unit": [lambda cast: [cast.workshop.pk]],
    "chart": [lambda cast: []],
    "chart_of": [lambda cast: [cast.workshop.pk]],
    "person": [lambda cast: [cast.samira.pk], lambda cast: [cast.claire.pk], lambda cast: [cast.marek.pk]],
    "me": [lambda cast: []],
    "own_profile": [lambda cast: []],
    "own_portrait": [lambda cast: []],
    "settings": [lambda cast: [told_in_vain(cast)][:0]],
    "new_post": [lambda cast: []],
    "direct": [lambda cast: []],
    "new_direct": [lambda cast: []],
    "participants": [lambda cast: [between_two(cast).pk]],
    "spaces": [lambda cast: []],
    "new_space": [lambda cast: []],
    "space_names": [lambda cast: []],
    "handover": [lambda cast: [cast.open.pk]],
    "handovers": [lambda cast: []],
    "openness": [lambda cast: [cast.open.pk], lambda cast: [cast.closed.pk], lambda cast: [cast.secret.pk]],
    "space_words": [lambda cast: [cast.open.pk]],
    "space_rules": [lambda cast: [cast.open.pk], lambda cast: [cast.closed.pk]],
    "space_menu": [lambda cast: [cast.open.pk]],
    "space_history": [lambda cast: [cast.open.pk], lambda cast: [cast.closed.pk]],
    "members": [lambda cast: [cast.open.pk], lambda cast: [cast.closed.pk]],
}
AT_THE_DOOR = {"enter", "enter_password", "link"}
NOT_PAGES = {
    "health",
    "message",
    "thanks",
    "draft",
    "planning",
    "first_month",
    "template",
    "file",
    "file_page",
    "file_small",
    "agenda_file",
    "log_csv",
    "log_atom",
    "saved_search_atom",
    "event_file",
    "worker",
    "manifest",
    "push_token",
    "push_device",
    "push_discretion",
    "push_trial",
}
"""For a machine, an address that only leads to another, those of what is only given or taken back, and files."""


def test_every_page_is_looked_at_in_french(talk: Cast) -> None:
    known = PAGES.keys() | AT_THE_DOOR | NOT_PAGES
    client = talk.client(talk.samira)
    for name in _names() - known:
        parameters = get_resolver().reverse_dict[name][0][0][1]
        assert client.get(reverse(name, args=[1] * len(parameters))).status_code == 405, f"{name}: add it"


def _names() -> set[str]:
    return {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["samira", "ines"])
def test_a_page_in_french_says_nothing_in_english(name: str, who: str, talk: Cast) -> None:
    client = talk.client(getattr(talk, who))
    seen = 0
    for arguments in PAGES[name]:
        for query in ({}, {"q": "sa", "name": "Vie de l’ateliers"}, {"q": "xyzzy"}):
            response = client.get(reverse(name, args=arguments(talk)), query)
            if response.status_code == 404:
                continue
            assert response.headers["Content-Language"] == "fr"
            check_french(response.content.decode())
            seen += 1
    assert seen or name == "participants" or (name in NOT_INES and who == "ines")


def test_a_conversation_is_counted_in_french(talk: Cast) -> None:
    page = talk.client(talk.claire).get(reverse("conversation", args=[talk.in_open.pk]))
    said = check_french(page.content.decode())
    for words_said in (
        "4 messages, 3 personnes",
        "ouverte par Samira Benali",
        "modifié, voir ce qu’il disait",
    ):
        assert words_said in said


def test_what_one_has_not_read_is_counted_in_french(talk: Cast) -> None:
    for number in range(86):
        reply(talk.in_open, talk.loic, f"<p>Relevé {number}.</p>")
    read_up_to(talk.in_open, talk.claire, 30)
    page = talk.client(talk.claire).get(reverse("conversation", args=[talk.in_open.pk]))
    said = check_french(page.content.decode())
    for words_said in ("60 messages non lus", "19 messages avant", "20 messages après", "Nouveau"):
        assert words_said in said


def passer_by() -> Client:
    """A browser that asks for French, and where nobody has signed in."""
    return Client(headers={"accept-language": "fr-FR,fr;q=0.9,en;q=0.5"})


def test_the_door_speaks_the_browser_s_language(talk: Cast) -> None:
    door = passer_by()
    used, old = links.make_link(talk.ines), links.make_link(talk.ines, lasts=-links.BY_MAIL)
    links.use(used)
    pages = [
        door.get(reverse("enter")),
        door.post(reverse("enter"), {"email": "nulle part"}),
        door.post(reverse("enter"), {}),
        door.post(reverse("enter"), {"email": "quelqu.un@exemple.fr"}),
        door.get(reverse("enter_password")),
        door.post(reverse("enter_password"), {}),
        door.post(reverse("enter_password"), {"email": talk.ines.email, "password": "sésame"}),
        *(
            door.get(reverse("link", args=[token]))
            for token in ("faux", used, old, links.make_link(talk.ines))
        ),
    ]
    for page in pages:
        assert page.headers["Content-Language"] == "fr"
        check_french(page.content.decode())


def test_the_mail_with_a_link_speaks_the_person_s_language(talk: Cast) -> None:
    rename("L'Équipe & Cie")
    send_link(talk.ines.email, "https://terrain.example", "en")
    (sent,) = mail.outbox
    (html,) = [body for body, _ in sent.alternatives]
    for text in (sent.subject, sent.body, html):
        check_french(str(text))
    assert str(sent.body).startswith("Bonjour Inès Duarte,\n\nCe lien vous fait entrer dans L'Équipe & Cie, ")
    assert sent.subject == "L'Équipe & Cie\u00a0: votre lien pour entrer"


def test_a_refusal_speaks_the_person_s_language(talk: Cast) -> None:
    client = talk.client(talk.samira)
    space, key = talk.open.pk, str(uuid.uuid4())
    refused = [
        client.post(reverse("new_post"), {"title": ""}),
        client.post(reverse("new_post"), {"space": 0, "title": "t" * 200, "body": "\x00", "key": key}),
        client.post(reverse("new_post"), {"space": space, "body": "mot " * 15_000, "key": key}),
        client.post(reverse("messages", args=[talk.in_open.pk]), {"body": " ", "key": key}),
        client.post(reverse("new_space"), {"name": "n" * 90, "about": "a" * 300, "openness": "ailleurs"}),
        client.post(reverse("new_space"), {"name": "Vie de l’atelier", "openness": "open"}),
    ]
    assert [page.status_code for page in refused] == [422] * len(refused)
    for page in refused:
        check_french(page.content.decode())


def test_django_s_own_sentences_are_french_too(talk: Cast) -> None:
    page = talk.client(talk.samira).post(reverse("choose_password"), {"password": "court"})
    assert "trop court" in check_french(page.content.decode())


def test_what_went_wrong_is_told_in_french(talk: Cast) -> None:
    away = talk.client(talk.samira).get("/nowhere")
    forged = Client(enforce_csrf_checks=True, headers={"accept-language": "fr"}).post(reverse("enter"))
    asked = RequestFactory().get("/", headers={"accept-language": "fr"})
    with translation.override("fr"):
        outage = rendering.render_bare(asked, "web/again.html", outage=True, sent=[("body", "Un mot")])
    pages = [away, forged, errors.fault(asked), outage]
    assert [page.status_code for page in pages] == [404, 403, 500, 200]
    for page in pages:
        check_french(page.content.decode())


def test_the_demo_s_choice_of_persons_is_in_french(talk: Cast) -> None:
    from terrain.demo.planting import PERSONS_TO_BE

    with translation.override("fr"):
        offered = [SimpleNamespace(person=talk.samira, line=line) for _address, line in PERSONS_TO_BE]
        check_french(rendering.fragment("demo/_persons.html", persons=offered, csrf="", onward=""))


def test_english_on_a_french_page_is_found() -> None:
    with pytest.raises(AssertionError, match="Publish"):
        check_french("<p>Atelier 2</p><button>Publish</button>")
    with pytest.raises(AssertionError, match="unread"):
        check_french("<a>4 unread messages</a>")
    assert check_french("<p lang='fr'>4 messages, 3 personnes</p>")
