"""The addresses of what is said."""

from django.urls import path

from terrain.conversations import naming_views, reaction_views, tuning, version_views, views

urlpatterns = [
    path("", views.feed, name="feed"),
    path("spaces/<int:pk>", views.space, name="space"),
    path("conversations/<int:pk>", views.conversation, name="conversation"),
    path("conversations/<int:pk>/acts", views.conversation_acts, name="conversation_acts"),
    path("conversations/<int:pk>/messages", views.messages, name="messages"),
    path("conversations/<int:pk>/following", tuning.followings, name="followings"),
    path("conversations/<int:pk>/muting", tuning.conversation_muting, name="conversation_muting"),
    path("spaces/<int:pk>/muting", tuning.space_muting, name="space_muting"),
    path("people/<int:pk>/muting", tuning.person_muting, name="person_muting"),
    path("people/<int:pk>/following", tuning.person_followings, name="person_followings"),
    path("conversations/<int:pk>/reading", views.readings, name="readings"),
    path("conversations/<int:pk>/suggestions", naming_views.readers, name="conversation_people"),
    path("spaces/<int:pk>/suggestions", naming_views.space_readers, name="space_people"),
    path("suggestions/people", naming_views.people, name="suggested_people"),
    path("suggestions/topics", naming_views.topic_names, name="suggested_topics"),
    path("suggestions/emojis", naming_views.emoji_names, name="suggested_emojis"),
    path("topics", naming_views.topics, name="topics"),
    path("topics/<str:name>", naming_views.topic, name="topic"),
    path("topics/<str:name>/following", naming_views.following, name="topic_following"),
    path("messages/<int:pk>", views.message, name="message"),
    path("messages/<int:pk>/acts", views.message_acts, name="message_acts"),
    path("messages/<int:pk>/version", version_views.version, name="version"),
    path("messages/<int:pk>/passages", views.passages, name="passages"),
    path("messages/<int:pk>/edit", views.edit, name="edit"),
    path("messages/<int:pk>/withdrawal", views.withdrawal, name="withdrawal"),
    path("messages/<int:pk>/edits", views.edits, name="edits"),
    path("messages/<int:pk>/reactions", reaction_views.reactions, name="reactions"),
]
