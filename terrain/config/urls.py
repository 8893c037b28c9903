"""Every address of the house: each folder's own, one after the other."""

from django.urls import URLPattern, URLResolver, include, path

from terrain.config import health
from terrain.conversations.kinds import kinds

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health.health, name="health"),
    path("", include("terrain.conversations.urls")),
    path("", include("terrain.spaces.urls")),
    path("", include("terrain.people.urls")),
    path("", include("terrain.demo.urls")),
    path("", include("terrain.accounts.urls")),
    *(path("", include(kind.urls)) for kind in kinds()),
]

handler404 = "terrain.web.errors.missing"
handler500 = "terrain.web.errors.fault"
