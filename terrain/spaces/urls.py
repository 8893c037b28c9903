"""The addresses of where people talk; the page of one space belongs to `conversations`, which fills it."""

from django.urls import path

from terrain.spaces import views

urlpatterns = [
    path("spaces", views.spaces, name="spaces"),
    path("spaces/new", views.new, name="new_space"),
    path("spaces/names", views.names, name="space_names"),
    path("spaces/<int:pk>/membership", views.membership, name="membership"),
    path("spaces/<int:pk>/members", views.members, name="members"),
    path("spaces/<int:pk>/people", views.let_in, name="let_in"),
]
