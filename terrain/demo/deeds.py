"""What the demo company does beside talking, by the same verbs as anybody: polls, events, outcomes, thanks, menus."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from terrain.agenda.event import Answer, answer, invite
from terrain.attachments.attaching import attach
from terrain.conversations.models import Conversation, Following, Message
from terrain.conversations.replying import reply
from terrain.conversations.versions import say_also
from terrain.demo.careful import careful_texts
from terrain.demo.company import HERE
from terrain.demo.making import Made
from terrain.demo.pictures import PICTURES
from terrain.demo.talk import Talk
from terrain.demo.then import told_then
from terrain.demo.typography import spaced
from terrain.drafts.template import save as save_as_template
from terrain.files.keeping import keep
from terrain.hosting.hosting import volunteer
from terrain.hosting.pinning import pin
from terrain.hosting.summing_up import sum_up
from terrain.ideas.answer import Verdict
from terrain.ideas.answer import answer as answer_idea
from terrain.ideas.debt import WITHIN, Debt
from terrain.ideas.idea import propose, support
from terrain.notices.notice import tell_everybody
from terrain.outcomes.outcome import conclude
from terrain.people.about import Audience, tell_about
from terrain.people.models import Person
from terrain.people.steward import appoint
from terrain.polls.poll import ask
from terrain.polls.voting import vote
from terrain.reports.deciding import confirm, set_aside
from terrain.reports.models import Report
from terrain.reports.reasons import Reason
from terrain.reports.report import report
from terrain.spaces.keeping import change
from terrain.spaces.menu import Link, as_kept
from terrain.spaces.models import Change, Space
from terrain.thanks.thanking import thank
from terrain.web.markup import from_text

Told = Mapping[str, Any]


@dataclass
class Deeds:
    """Does what `deeds.toml` tells, in a company that was just planted."""

    made: Made
    talks: Mapping[Talk, int]
    rng: Random

    def do(self) -> None:
        """All of it, each kind in the order of the file."""
        told = tomllib.loads((HERE / "deeds.toml").read_text("utf-8"))
        for kind, deeds in told.items():
            for each in deeds:
                getattr(self, f"_{kind}")(each)

    @cached_property
    def _by_title(self) -> Mapping[str, int]:
        careful = zip(careful_texts(), self.made.careful, strict=True)
        return {told["title"]: self.talks[talk] for told, talk in careful}

    def _conversation(self, told: Told) -> Conversation:
        return Conversation.unscoped.select_related("space", "author").get(pk=self._by_title[told["in"]])

    def _message(self, told: Told) -> Message:
        messages = Message.unscoped.select_related("author", "conversation__space")
        return messages.get(conversation=self._by_title[told["in"]], number=told.get("message", 1))

    def _person(self, name: str) -> Person:
        found: Person = Person.objects.get(name=name)
        return found

    def _members(self, conversation: Conversation) -> list[Person]:
        here = Person.objects.present().filter(memberships__space=conversation.space).order_by("pk")
        return self.rng.sample(list(here), len(here))

    def _moment(self, told: Told) -> datetime:
        return self.made.clock.now - timedelta(days=told["ago"], hours=self.rng.uniform(0.2, 3))

    def _poll(self, told: Told) -> None:
        """The votes are those that the file asks for, as far as the space has members."""
        message = self._message(told)
        several, secret = bool(told.get("several")), bool(told.get("secret"))
        words, question = [spaced(each) for each in told["choices"]], spaced(told["question"])
        poll = ask(message, words, question, takes_several=several, is_secret=secret)
        members = self._members(message.conversation)
        for choice, votes in zip(poll.choices.order_by("place"), told["votes"], strict=True):
            voters = self.rng.sample(members, min(votes, len(members))) if several else members[:votes]
            for person in voters:
                vote(choice, person)
            members = members if several else members[votes:]
        if "ends" in told:
            poll.closes_at = self.made.clock.now + timedelta(days=told["ends"])
            poll.save(update_fields=["closes_at"])

    def _event(self, told: Told) -> None:
        message, clock = self._message(told), self.made.clock
        begins = clock.at(clock.today + timedelta(days=told["days"]), told["at"])
        ends = begins + timedelta(hours=told["lasts"])
        event = invite(message, begins, clock.zone.key, ends, spaced(told["place"]))
        members = iter(self._members(message.conversation))
        for said in Answer:
            for _, person in zip(range(told[said.value]), members, strict=False):
                answer(event, person, said)

    def _notice(self, told: Told) -> None:
        """A conversation that somebody opened to tell everybody in its audience."""
        here = self._conversation(told)
        Conversation.unscoped.filter(pk=here.pk).update(kind="notice")
        until = self.made.clock.today + timedelta(days=told["ends"]) if "ends" in told else None
        tell_everybody(
            here,
            spaced(told["voice"]),
            is_for_everybody=bool(told.get("everybody")),
            reason=spaced(told.get("reason", "")),
            until=until,
        )

    def _idea(self, told: Told) -> None:
        """A conversation in which somebody proposed something: supported, owed an answer, perhaps answered."""
        here, now = self._conversation(told), self.made.clock.now
        Conversation.unscoped.filter(pk=here.pk).update(kind="idea")
        idea = propose(here)
        for person in [each for each in self._members(here) if each != here.author][: told["support"]]:
            support(idea, person)
        decides, owed_at = self._person(told["decides"]), now - timedelta(days=told["owed"])
        Following.objects.filter(conversation=here, followed_at__gt=now).update(followed_at=owed_at)
        debt = Debt.unscoped.create(idea=idea, decider=decides, owed_at=owed_at, due_at=owed_at + WITHIN)
        if "verdict" in told:
            reason, at = spaced(told["reason"]), now - timedelta(days=told["answered"])
            answer_idea(debt, decides, Verdict(told["verdict"]), reason, at=at)

    def _outcome(self, told: Told) -> None:
        here = self._conversation(told)
        assert here.author
        conclude(here, here.author, spaced(told["words"]), self._moment(told))

    def _summary(self, told: Told) -> None:
        here = self._conversation(told)
        assert here.author
        sum_up(here, here.author, spaced(told["words"]))

    def _pin(self, told: Told) -> None:
        here = self._conversation(told)
        assert here.author
        pin(here, here.author)

    def _thanks(self, told: Told) -> None:
        message = self._message(told)
        assert message.author
        thank(
            self._person(told["from"]), message.author, spaced(told["words"]), message, at=self._moment(told)
        )

    def _version(self, told: Told) -> None:
        message = self._message(told)
        assert message.author
        say_also(message, message.author, "en", told["html"], message.written_at)

    def _picture(self, told: Told) -> None:
        message = self._message(told)
        file = keep(message.author, SimpleUploadedFile(told["name"], PICTURES[told["draws"]](), "image/png"))
        attach(message, [file], {str(file.uid): spaced(told["alt"])})

    def _template(self, told: Told) -> None:
        save_as_template(self._conversation(told), self._person(told["by"]))

    def _host(self, told: Told) -> None:
        volunteer(Space.unscoped.get(name=told["space"]), self._person(told["by"]), self._moment(told))

    def _steward(self, told: Told) -> None:
        appoint(self._person(told["person"]))

    def _too_far(self, told: Told) -> None:
        """Somebody says what is not theirs to say, at the end of a conversation; two people set it aside."""
        here = self._conversation(told)
        said_at, hour = here.last_activity_at + timedelta(minutes=40), timedelta(hours=1)
        with told_then(self.rng) as then:
            said = then(
                said_at, lambda: reply(here, self._person(told["by"]), from_text(spaced(told["says"])))
            )
            reason = Reason(told["reason"])
            made = report(said, self._person(told["from"]), reason, said_at + hour)
            Report.objects.filter(pk=made.pk).update(sentence=spaced(told["sentence"]))
            first, second = self._person(told["first"]), self._person(told["second"])
            aside_at, also_at = said_at + 2 * hour, said_at + 20 * hour
            decision = then(aside_at, lambda: set_aside(said, first, reason, spaced(told["words"]), aside_at))
            then(also_at, lambda: confirm(decision, second, spaced(told["also"]), also_at))

    def _rules(self, told: Told) -> None:
        self._changed(told, {"rules": spaced(told["words"])})

    def _menu(self, told: Told) -> None:
        links = [Link(self._address(to), spaced(label)) for to, label in told["links"]]
        self._changed(told, {"menu": as_kept(links)})

    def _address(self, to: str) -> str:
        return f"/conversations/{self._by_title[to[1:-1]]}" if to.startswith("{") else to

    def _changed(self, told: Told, words: Mapping[str, str]) -> None:
        changes = change(Space.unscoped.get(name=told["space"]), self._person(told["by"]), words)
        Change.objects.filter(pk__in=[each.pk for each in changes]).update(changed_at=self._moment(told))

    def _about(self, told: Told) -> None:
        said = {
            name: (spaced(value), str(Audience.EVERYBODY)) for name, value in told.items() if name != "person"
        }
        tell_about(self._person(told["person"]), said)
