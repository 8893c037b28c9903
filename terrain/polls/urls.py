"""The addresses of polls."""

from django.urls import path

from terrain.polls import views

urlpatterns = [
    path("polls/<int:pk>", views.poll, name="poll"),
    path("choices/<int:pk>/votes", views.votes, name="votes"),
]
