"""Every address of the house: each folder's own, one after the other."""

from django.urls import URLPattern, URLResolver, include, path

from terrain.config import health
from terrain.conversations.kinds import all_kinds

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health.health, name="health"),
    path("", include("terrain.conversations.urls")),
    path("", include("terrain.spaces.urls")),
    path("", include("terrain.people.urls")),
    path("", include("terrain.files.urls")),
    path("", include("terrain.agenda.urls")),
    path("", include("terrain.attachments.urls")),
    path("", include("terrain.drafts.urls")),
    path("", include("terrain.hosting.urls")),
    path("", include("terrain.knowing.urls")),
    path("", include("terrain.links.urls")),
    path("", include("terrain.mail.urls")),
    path("", include("terrain.notifications.urls")),
    path("", include("terrain.orders.urls")),
    path("", include("terrain.outcomes.urls")),
    path("", include("terrain.polls.urls")),
    path("", include("terrain.portraits.urls")),
    path("", include("terrain.push.urls")),
    path("", include("terrain.reports.urls")),
    path("", include("terrain.catchup.urls")),
    path("", include("terrain.saving.urls")),
    path("", include("terrain.search.urls")),
    path("", include("terrain.sharing.urls")),
    path("", include("terrain.thanks.urls")),
    path("", include("terrain.trust.urls")),
    path("", include("terrain.demo.urls")),
    path("", include("terrain.accounts.urls")),
    *(path("", include(kind.urls)) for kind in all_kinds()),
]

handler404 = "terrain.web.errors.missing"
handler500 = "terrain.web.errors.fault"
