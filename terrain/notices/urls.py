"""The addresses of notices."""

from django.urls import path

from terrain.notices import views

urlpatterns = [
    path("notices", views.notices, name="notices"),
    path("notices/new", views.new, name="new_notice"),
]
