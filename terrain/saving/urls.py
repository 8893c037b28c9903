"""The addresses of what is saved for later."""

from django.urls import path

from terrain.saving import views

urlpatterns = [
    path("saved", views.saved, name="saved"),
    path("messages/<int:pk>/saving", views.saving, name="saving"),
]
