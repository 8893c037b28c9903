"""The addresses of who is here."""

from django.urls import path

from terrain.people import views

urlpatterns = [
    path("people", views.people, name="people"),
    path("people/<int:pk>", views.profile, name="person"),
    path("chart", views.chart, name="chart"),
    path("chart/<int:pk>", views.chart, name="chart_of"),
    path("units/<int:pk>", views.unit, name="unit"),
    path("me", views.me, name="me"),
    path("me/profile", views.own_profile, name="own_profile"),
    path("settings", views.settings, name="settings"),
    path("language", views.language, name="language"),
]
