"""The same walk through an archived space, as a member who looks after it: nothing is written there any more.

A verb that writes in a space asks `refuse_if_archived` first; a new folder's that forgets to is found here.
"""

from terrain.conversations.models import Conversation
from terrain.hosting.hosting import volunteer
from terrain.spaces.archiving import archive
from terrain.spaces.models import Change, Space
from tests.cast import Cast
from tests.house.addresses import addresses, things
from tests.house.test_strangers_walk import METHODS, ask, undone

STILL_POSSIBLE = {
    "archiving": "waking it, of course",
    "membership": "one leaves when one wants, and joins so as to wake it",
    "let_in": "the same, for a closed one",
    "hosting": "to be looked after is one way to wake",
    "handover": "an archived space is its members' to wake",
    "withdrawal": "one's own words remain one's own",
    "previews": "of one’s own words, what is shown beside them is taken away",
    "thanks_for": "it is given to a person",
    "thanks": "and taken back",
    "thanks_hiding": "who received thanks keeps them to themselves",
    "shared": "what stands in another space is taken back from there",
    "reporting": "what goes too far is said there too",
    "report": "the same",
    "word": "it is said to a person",
    "report_answer": "it is said to people",
    "setting_aside": "what the law forbids leaves an archived space too",
    "confirmation": "the same",
    "verdict": "and comes back to it",
    "appeal": "the same",
    "conversation_notifications": "for oneself alone",
    "space_notifications": "for oneself alone",
    "followings": "for oneself alone",
    "readings": "for oneself alone",
}
"""What changes something in an archived space all the same, and why."""


def test_no_address_of_the_house_changes_anything_in_it(cast: Cast) -> None:
    volunteer(cast.open, cast.loic)

    def state() -> list[object]:
        here = Conversation.unscoped.filter(space=cast.open)
        return [
            list(here.order_by("pk").values_list("pk", "version", "title", "message_count")),
            list(Space.unscoped.filter(pk=cast.open.pk).values()),
            Change.objects.filter(space=cast.open).count(),
        ]

    here, _ = (things(cast, cast.open, each) for each in (cast.loic, cast.samira))
    archive(cast.open, cast.samira)
    before, client, changed = state(), cast.client(cast.loic), []
    for address in addresses():
        for method in METHODS:
            with undone():
                ask(client, method, address.of(here), cast, cast.open)
                if state() != before and address.name not in STILL_POSSIBLE:
                    changed.append(f"{method} {address.path}")
    assert changed == []
