"""The addresses of notifications."""

from django.urls import path

from terrain.notifications import views

urlpatterns = [
    path("for-you", views.for_you, name="for_you"),
    path("settings/attention", views.attention, name="attention"),
    path("mail/stop/<str:key>", views.stop_mails, name="stop_mails"),
    path("conversations/<int:pk>/level", views.conversation_level, name="conversation_level"),
    path("spaces/<int:pk>/level", views.space_level, name="space_level"),
]
