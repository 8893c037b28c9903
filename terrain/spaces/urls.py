"""The addresses of where people talk; the page of one space belongs to `conversations`, which fills it."""

from django.urls import path

from terrain.spaces import closing_views, handing_views, keeping_views, views

urlpatterns = [
    path("spaces", views.spaces, name="spaces"),
    path("spaces/new", views.new, name="new_space"),
    path("spaces/names", views.names, name="space_names"),
    path("spaces/<int:pk>/membership", views.membership, name="membership"),
    path("spaces/<int:pk>/words", keeping_views.words, name="space_words"),
    path("spaces/<int:pk>/rules", keeping_views.rules, name="space_rules"),
    path("spaces/<int:pk>/menu", keeping_views.menu, name="space_menu"),
    path("spaces/<int:pk>/archiving", keeping_views.archiving, name="archiving"),
    path("spaces/<int:pk>/handover", handing_views.handover, name="handover"),
    path("handed-over", handing_views.handovers, name="handovers"),
    path("spaces/<int:pk>/openness", closing_views.openness, name="openness"),
    path("spaces/<int:pk>/unit", closing_views.of_unit, name="of_unit"),
    path("spaces/<int:pk>/history", keeping_views.history, name="space_history"),
    path("spaces/<int:pk>/members", views.members, name="members"),
    path("spaces/<int:pk>/people", views.let_in, name="let_in"),
]
