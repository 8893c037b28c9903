"""Where a legal order shows: on top of the conversation that it opened, and from the page of stewards."""

from markupsafe import Markup

from terrain.conversations import additions
from terrain.orders.order import told_of
from terrain.people.request import PersonRequest
from terrain.web.panels import panel
from terrain.web.rendering import fragment


@additions.on_top(order=5, kind="direct")
def on_top(conversation: int) -> Markup | str:
    found = told_of(conversation)
    return fragment("orders/_on_top.html", orders=found) if found else ""


@panel("stewards", order=10)
def way_to_orders(_request: PersonRequest, _thing: object) -> Markup:
    return fragment("orders/_way.html")
