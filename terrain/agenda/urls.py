"""The addresses of events."""

from django.urls import path

from terrain.agenda import views

urlpatterns = [
    path("agenda", views.agenda, name="agenda"),
    path("agenda/<str:key>.ics", views.agenda_file, name="agenda_file"),
    path("events/<int:pk>", views.event, name="event"),
    path("events/<int:pk>/attendance", views.attendance, name="attendance"),
    path("events/<int:pk>/event.ics", views.event_file, name="event_file"),
]
