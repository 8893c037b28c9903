"""The addresses of what became of conversations."""

from django.urls import path

from terrain.outcomes import views

urlpatterns = [
    path("conversations/<int:pk>/outcomes", views.outcomes, name="outcomes"),
    path("conversations/<int:pk>/outcomes/asking", views.asking, name="asking"),
]
