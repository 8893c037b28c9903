"""The addresses of what is shared."""

from django.urls import path

from terrain.sharing import views

urlpatterns = [
    path("conversations/<int:pk>/shares", views.shares, name="shares"),
    path("shares/<int:pk>", views.shared, name="shared"),
]
