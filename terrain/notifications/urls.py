"""The addresses of notifications."""

from django.urls import path

from terrain.notifications import views

urlpatterns = [
    path("for-you", views.for_you, name="for_you"),
    path("for-you/<int:pk>", views.for_you_thing, name="for_you_thing"),
    path("settings/attention", views.attention, name="attention"),
    path("mail/stop/<str:key>", views.stop_mails, name="stop_mails"),
    path(
        "conversations/<int:pk>/notifications",
        views.conversation_notifications,
        name="conversation_notifications",
    ),
    path("spaces/<int:pk>/notifications", views.space_notifications, name="space_notifications"),
]
