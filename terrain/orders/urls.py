"""The addresses of legal orders."""

from django.urls import path

from terrain.orders import views

urlpatterns = [
    path("orders", views.orders, name="orders"),
    path("orders/<int:pk>", views.order, name="order"),
]
