"""The addresses of hosting."""

from django.urls import path

from terrain.hosting import views

urlpatterns = [
    path("me/first-month", views.first_month, name="first_month"),
    path("desk", views.desk, name="desk"),
    path("hosts", views.hosts, name="hosts"),
    path("spaces/<int:pk>/hosting", views.hosting, name="hosting"),
    path("conversations/<int:pk>/pin", views.pin, name="pin"),
    path("conversations/<int:pk>/summary", views.summary, name="summary"),
    path("messages/<int:pk>/folding", views.folding, name="folding"),
    path("messages/<int:pk>/welcome", views.welcome, name="welcome"),
]
