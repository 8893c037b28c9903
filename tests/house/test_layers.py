"""What import-linter cannot see: templates, foreign keys, reverse relations and addresses point down too.

And the doors: records with a scope are asked for through it, but in the few places that say why.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field, ForeignObjectRel, Model
from django.template import engines
from django.urls import get_resolver
from jinja2 import meta

from tests.house.addresses import callbacks
from tests.house.plan import (
    HOUSE,
    LEVELS,
    ROOT,
    folder_of,
    may_know,
    modules,
    place,
    strings,
    templates,
    tree,
)

TEMPLATE = re.compile(r"([a-z_]+)/[\w/]+\.(?:html|txt)")
URL = re.compile(r"\burl\(\s*['\"](\w+)['\"]")

UPWARD_ADDRESSES = {
    "space": "a space's page is filled by `conversations`; whatever shows a space leads to it",
    "me": "the frame shows who is signed in, and leads to their page",
}
"""The addresses of upper folders that lower ones may name, and why."""

UNSCOPED = {
    # The records themselves: what a scope is made of.
    "files/models.py": "defines it, and the door",
    "attachments/models.py": "defines it, the door, and whether a file hangs on anything",
    "portraits/models.py": "defines it, the door, and whether a file hangs on anything",
    "portraits/showing.py": "keeps one's own",
    "spaces/space.py": "defines it, and the three doors",
    "conversations/conversation.py": "defines it, and the door",
    "conversations/message.py": "defines it, and the door",
    "conversations/reading.py": "defines it, and the door",
    # The verbs: they are given what its finder found in the scope, and keep it true.
    "people/about.py": "defines it, and the door; keeps what one tells of oneself",
    "spaces/opening.py": "makes a space, and counts those that its opener opened",
    "spaces/joining.py": "keeps the count of members",
    "spaces/keeping.py": "locks the space whose words are changed",
    "spaces/by_chart.py": "locks the space that is given to a unit, and counts its members",
    "spaces/closing.py": "locks the space that closes or opens",
    "conversations/keeping_open.py": "marks what was said in a space before it closed",
    "spaces/handing_over.py": "locks the space that is handed over",
    "spaces/merging.py": "locks the space whose menu is changed",
    "files/keeping.py": "lets files go that were found in the scope",
    "files/jobs.py": "draws, sweeps and erases, for nobody in particular",
    "agenda/event.py": "defines the door to events, hangs one on a message",
    "agenda/panels.py": "what all who read a message see under it",
    "agenda/listeners.py": "the event of a withdrawn message",
    "attachments/attaching.py": "locks the files that are hung, and lets go those of a withdrawn message",
    "attachments/forms.py": "one's own files, found again where the same form is sent twice",
    "attachments/listeners.py": "the conversation that shows a first page, drawn anew",
    "attachments/panels.py": "what all who read a message see under it",
    "links/models.py": "defines it, the door, and whether a picture hangs on anything",
    "links/previewing.py": "what a message links to, for all who read it",
    "links/listeners.py": "the message that was just written",
    "links/jobs.py": "previews a message for all who read it",
    "links/panels.py": "what all who read a message see under it",
    "conversations/opening.py": "makes a conversation, keeps the space's counts",
    "conversations/replying.py": "locks the conversation, makes a message, keeps counts",
    "conversations/editing.py": "locks the message, keeps versions",
    "conversations/withdrawing.py": "locks the conversation, empties the message, keeps counts",
    "conversations/setting_aside.py": "locks the conversation, moves the words of a message away and back",
    "conversations/versions.py": "changes one message, already in scope",
    "conversations/reacting.py": "keeps versions",
    "conversations/saying.py": "links what a message names",
    "conversations/pace.py": "counts what somebody wrote lately",
    "direct/talking.py": "locks the conversation that somebody is brought into",
    "conversations/additions.py": "keeps versions, for what upper folders show",
    "hosting/hosting.py": "locks the space whose hosts are counted",
    "hosting/pinning.py": "locks the space whose pins are counted",
    "hosting/desk.py": "whether somebody spoke before or since, beside messages found in the scope",
    "drafts/template.py": "defines it and the door; the opening of a conversation found in the scope",
    "notices/notice.py": "defines it, the door, and how many are compulsory, wherever they were told",
    "notices/panels.py": "what all who read a conversation see on top of it",
    "thanks/thanking.py": "defines the door to thanks, counts those of a week",
    "thanks/reading.py": "what all who read a message see under it",
    "search/words.py": "defines the two doors to words",
    "search/filing.py": "reads files for all who may read what they hang on",
    "search/finding.py": "the latest few that hold the words, among which the scope looks",
    "search/jobs.py": "reads a file for all who may read what it hangs on",
    "trust/looking.py": "tries the scope itself, on what should not be found",
    "orders/order.py": "what the law makes two stewards read; it is tried by who else asks",
    "reports/deciding.py": "the message that was set aside and comes back by itself",
    "ideas/idea.py": "defines it, and the door; counts who supports one",
    "ideas/debt.py": "defines it, and the door; sets the clocks of all ideas, whoever reads them",
    "ideas/answer.py": "locks what is answered, once who decides was found",
    "ideas/panels.py": "draws for all who read the conversation, which was found in the scope",
    "mail/publishing.py": "lets go of one's own files, where the mail that brought them is not published",
    "conversations/thread.py": "the message that one answers, within a conversation that was found in the scope",
}
"""The only files that may ask without a scope, and why; `archives`, `demo` and `bench` write whole Terrains."""

READING = {
    "conversations/reading.py": "holds it",
    "conversations/feed.py": "what is new to the reader",
    "direct/listing.py": "what is new to the reader",
    "conversations/unread.py": "what the reader has not read, and reads no more",
    "conversations/readers.py": "how many of an audience have read: a number, and never of a few",
    "notices/notice.py": "what the reader has not read",
    "demo/copying.py": "plants the demo's own",
    "trust/looking.py": "looks that no other column says what somebody read, and reads none",
}
"""The only files whose SQL may name the table of reading positions, and why."""


def relations() -> Iterator[tuple[type[Model], Any]]:
    for model in apps.get_models():
        if model.__module__.startswith("terrain."):
            for field in model._meta.get_fields(include_hidden=True):
                if field.is_relation:
                    yield model, field


@pytest.mark.parametrize("path", templates(), ids=place)
def test_a_template_is_made_of_those_below(path: Path) -> None:
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    named = meta.find_referenced_templates(environment.parse(path.read_text()))
    for name in named:
        # None is a name that is only known when the page is drawn: the frame or its living part, both of `web`.
        if name is None:
            assert "{% extends inside %}" in path.read_text()
        else:
            assert may_know(folder_of(path), name.split("/")[0]), f"{place(path)} uses {name}"


@pytest.mark.parametrize("folder", LEVELS)
def test_a_folder_draws_its_own_templates_and_those_below(folder: str) -> None:
    for path in modules(folder):
        for text in strings(path):
            if found := TEMPLATE.fullmatch(text):
                assert may_know(folder, found[1]), f"{place(path)} draws {text}"


def test_a_templates_folder_bears_its_own_name() -> None:
    for path in templates():
        folder = folder_of(path)
        assert path.relative_to(HOUSE / folder / "templates").parts[0] == folder, place(path)


def test_foreign_keys_point_down() -> None:
    for model, field in relations():
        assert field.related_model is not None, f"{model.__name__}.{field.name} could point anywhere"
        if isinstance(field, Field):
            here, there = model._meta.app_label, field.related_model._meta.app_label
            assert may_know(here, there), f"{model.__name__}.{field.name} points up"


def test_what_hangs_on_a_record_from_above_is_not_known_to_it() -> None:
    """`space.conversations` is for `conversations` and those above: not for `spaces`, whatever Django offers."""
    known = []
    for model, relation in relations():
        above = relation.related_model._meta.app_label
        if not isinstance(relation, ForeignObjectRel) or relation.hidden or above == model._meta.app_label:
            continue
        accessor, query = str(relation.get_accessor_name()), re.compile(rf"-?{relation.name}(__\w+)?")
        below = [folder for folder in LEVELS if not may_know(folder, above)]
        for path in (path for folder in below for path in modules(folder)):
            known += [
                f"{place(path)} uses {model.__name__}.{accessor}"
                for node in ast.walk(tree(path))
                if (isinstance(node, ast.Attribute) and node.attr == accessor)
                or (isinstance(node, ast.keyword) and node.arg and query.fullmatch(node.arg))
            ]
            known += [f"{place(path)} names {text}" for text in strings(path) if query.fullmatch(text)]
        for path in (path for folder in below for path in templates(folder)):
            if re.search(rf"\.{accessor}\b", path.read_text()):
                known.append(f"{place(path)} uses {model.__name__}.{accessor}")
    assert known == []


def test_addresses_are_named_downwards() -> None:
    homes = {name: callback.__module__.split(".")[1] for name, callback in callbacks(get_resolver())}
    upward = set()
    for path in templates():
        upward |= {
            name for name in URL.findall(path.read_text()) if not may_know(folder_of(path), homes[name])
        }
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and _called(node) in {"redirect", "reverse", "url"} and node.args:
                name = getattr(node.args[0], "value", None)
                if name in homes and not may_know(folder_of(path), homes[name]):
                    upward.add(name)
    assert upward == set(UPWARD_ADDRESSES)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_only_a_few_places_ask_without_a_scope() -> None:
    found = {
        place(path)
        for path in modules()
        if folder_of(path) not in {"archives", "demo"}
        for node in ast.walk(tree(path))
        if (
            isinstance(node, ast.Attribute) and node.attr in {"unscoped", "_base_manager", "_default_manager"}
        )
        or (isinstance(node, ast.Name) and node.id == "unscoped")
    }
    assert found == set(UNSCOPED), "a new place needs its reason; one that is gone, no mention"


def test_records_with_a_scope_have_no_other_manager() -> None:
    for model in apps.get_models():
        if hasattr(model, "visible_to") or hasattr(model, "unscoped"):
            assert [manager.name for manager in model._meta.managers] == ["unscoped"]
            assert not hasattr(model, "objects")


def test_reading_positions_are_asked_only_by_their_reader() -> None:
    naming = {path for path in modules() if any("conversations_reading" in text for text in strings(path))}
    outside = {path for path in naming if folder_of(path) == "archives"}
    assert not outside, "no archive holds a reading position"
    assert {place(path) for path in naming} == set(READING)
    asked = re.compile(r"(?:from|join)\s+conversations_reading\b(.*)")
    for path in naming:
        for text in strings(path):
            for rest in asked.findall(text):
                is_own = re.search(r"\.person_id = %\(person\)s", rest)
                is_count = place(path) == "conversations/readers.py" and "select c.id, count(*)" in text
                assert is_own or is_count, f"{place(path)} asks for anybody's: {rest}"
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Reading":
                assert node.attr == "of", f"{place(path)} asks Reading.{node.attr}"


@pytest.mark.parametrize("path", templates(), ids=place)
def test_every_template_is_used(path: Path) -> None:
    name = path.relative_to(HOUSE / folder_of(path) / "templates").as_posix()
    in_code = any(name in strings(each) for each in modules())
    in_templates = any(f'"{name}"' in each.read_text() for each in templates())
    assert in_code or in_templates


def test_the_settings_name_every_folder_from_the_base_up() -> None:
    from django.conf import settings

    ours = [app.removeprefix("terrain.") for app in settings.INSTALLED_APPS if app.startswith("terrain.")]
    assert [LEVELS[folder] for folder in ours] == sorted(LEVELS[folder] for folder in ours)
    assert set(ours) == set(LEVELS) - {"config"}
    assert {path.name for path in (ROOT / "terrain").iterdir() if (path / "__init__.py").exists()} == set(
        LEVELS
    )
