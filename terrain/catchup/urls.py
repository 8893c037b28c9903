"""The address of catching up."""

from django.urls import path

from terrain.catchup import views

urlpatterns = [path("catch-up", views.catch_up, name="catch_up")]
