"""Templates: any member of a space offers the opening of a conversation, and others begin from it."""

import uuid
from typing import Any

from django.utils import timezone

from terrain.conversations.editing import edit
from terrain.conversations.models import Conversation
from terrain.conversations.withdrawing import withdraw
from terrain.drafts.models import Template, Use
from terrain.drafts.template import let_go, save, templates_of
from terrain.people.models import Person
from terrain.thanks.contributing import share
from tests.cast import Cast


def begun_from(cast: Cast, person: Person, template: Template, **fields: Any) -> Conversation:
    """Somebody opens the form from the template, and sends it as it is."""
    form = cast.client(person).get(f"/posts/new?template={template.pk}").content.decode()
    assert f'name="template" value="{template.pk}"' in form
    given = {
        "key": str(uuid.uuid4()),
        "space": cast.open.pk,
        "title": "La revue de décembre",
        "body": "<p>Ce qui va, ce qui ne va pas.</p>",
        "template": template.pk,
    }
    answer = cast.client(person).post("/posts/new", {**given, **fields})
    assert answer.status_code == 302
    return Conversation.unscoped.get(pk=answer.url.rsplit("/", 1)[-1])


def test_any_member_saves_one_and_others_begin_from_it(cast: Cast) -> None:
    here = f"/conversations/{cast.in_open.pk}"
    assert "Save as a template" in cast.client(cast.ines).get(f"{here}/acts").content.decode()
    assert cast.client(cast.ines).post(f"{here}/template").status_code == 302
    page = cast.client(cast.loic).get(f"/spaces/{cast.open.pk}").content.decode()
    template = Template.visible_to(cast.loic).get()
    assert f"/posts/new?template={template.pk}" in page
    form = cast.client(cast.loic).get(f"/posts/new?template={template.pk}").content.decode()
    assert f'value="{cast.in_open.title}"' in form.replace("&#39;", "’")
    assert f'<option value="{cast.open.pk}" selected>' in form


def test_how_often_it_was_reused_is_shown(cast: Cast) -> None:
    template = save(cast.in_open, cast.ines)
    assert ">new<" in cast.client(cast.claire).get(f"/spaces/{cast.open.pk}").content.decode()
    for person in (cast.loic, cast.claire):
        begun_from(cast, person, template)
    assert "reused 2 times" in cast.client(cast.claire).get(f"/spaces/{cast.open.pk}").content.decode()
    assert [(each.pk, each.count) for each in templates_of(cast.open, cast.loic)] == [(template.pk, 2)]


def test_it_says_what_its_author_says_now_and_goes_with_their_words(cast: Cast) -> None:
    template = save(cast.in_open, cast.ines)
    first = cast.first(cast.in_open)
    edit(first, cast.samira, "<p>La sonde, le relevé, la suite.</p>")
    form = cast.client(cast.loic).get(f"/posts/new?template={template.pk}").content.decode()
    assert "La sonde, le relevé, la suite." in form
    withdraw(first, cast.samira)
    assert templates_of(cast.open, cast.loic) == []
    form = cast.client(cast.loic).get(f"/posts/new?template={template.pk}").content.decode()
    assert "La sonde" not in form
    assert 'name="template"' not in form


def test_who_does_not_read_the_space_finds_none_of_it(cast: Cast) -> None:
    template = save(cast.in_secret, cast.loic)
    form = cast.client(cast.marek).get(f"/posts/new?template={template.pk}").content.decode()
    assert "Aubépine" not in form
    given = {
        "key": str(uuid.uuid4()),
        "space": cast.open.pk,
        "body": "Je passais.",
        "template": template.pk,
    }
    assert cast.client(cast.marek).post("/posts/new", given).status_code == 302
    assert not Use.objects.exists()


def test_only_members_offer_one_or_take_it_away(cast: Cast) -> None:
    here = f"/conversations/{cast.in_open.pk}/template"
    assert cast.client(cast.marek).post(here).status_code == 404
    template = save(cast.in_open, cast.ines)
    made = begun_from(cast, cast.loic, template)
    assert cast.client(cast.marek).delete(here).status_code == 404
    assert cast.client(cast.claire).delete(here).status_code == 302
    assert not Template.unscoped.exists()
    assert Conversation.unscoped.filter(pk=made.pk).exists()
    save(cast.in_open, cast.ines)
    let_go(cast.in_open)
    assert not Template.unscoped.exists()


def test_to_be_reused_is_a_mark_of_use(cast: Cast) -> None:
    begun_from(cast, cast.loic, save(cast.in_open, cast.ines))
    begun_from(cast, cast.samira, Template.unscoped.get())
    today = timezone.localdate()
    page = cast.client(cast.samira).get(f"/contributions/{share(cast.samira, today, today).token}")
    assert page.content.decode().count("Reused as a template") == 1, "by others, and once"
