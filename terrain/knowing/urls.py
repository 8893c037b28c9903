"""The addresses of knowing."""

from django.urls import path

from terrain.knowing import views

urlpatterns = [
    path("who-knows", views.who_knows, name="who_knows"),
    path("me/being-found", views.being_found, name="being_found"),
]
