"""The addresses of what is said."""

from django.urls import path

from terrain.conversations import views

urlpatterns = [
    path("", views.feed, name="feed"),
    path("spaces/<int:pk>", views.space, name="space"),
    path("conversations/<int:pk>", views.conversation, name="conversation"),
    path("conversations/<int:pk>/messages", views.messages, name="messages"),
    path("conversations/<int:pk>/following", views.followings, name="followings"),
    path("conversations/<int:pk>/reading", views.readings, name="readings"),
    path("messages/<int:pk>", views.message, name="message"),
    path("messages/<int:pk>/edit", views.edit, name="edit"),
    path("messages/<int:pk>/edits", views.edits, name="edits"),
    path("messages/<int:pk>/reactions", views.reactions, name="reactions"),
]
