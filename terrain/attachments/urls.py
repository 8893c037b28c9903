"""The addresses of what hangs on messages."""

from django.urls import path

from terrain.attachments import views

urlpatterns = [path("messages/<int:pk>/alts", views.alts, name="alts")]
