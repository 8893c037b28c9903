"""The addresses of direct conversations; one itself is at a conversation's own address."""

from django.urls import path

from terrain.direct import views

urlpatterns = [
    path("direct", views.direct, name="direct"),
    path("direct/new", views.new, name="new_direct"),
    path("direct/<int:pk>/people", views.people, name="participants"),
    path("direct/<int:pk>/participation", views.leaving, name="leave_direct"),
]
