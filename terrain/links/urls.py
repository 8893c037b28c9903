"""The address of the previews of a message."""

from django.urls import path

from terrain.links import views

urlpatterns = [path("messages/<int:pk>/previews", views.previews, name="previews")]
