"""What the door adds to one's settings: a password, and the way out."""

from django.http import HttpRequest
from markupsafe import Markup

from terrain.web.panels import panel
from terrain.web.rendering import csrf_field, fragment


@panel("settings", order=90)
def password_and_way_out(request: HttpRequest, _thing: object) -> Markup:
    return fragment("accounts/_of_settings.html", csrf=csrf_field(request))
