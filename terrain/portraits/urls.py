"""The addresses of portraits."""

from django.urls import path

from terrain.portraits import views

urlpatterns = [path("me/portrait", views.own_portrait, name="own_portrait")]
