"""The addresses of the door."""

from django.urls import path

from terrain.accounts import views

urlpatterns = [
    path("enter", views.enter, name="enter"),
    path("enter/password", views.password, name="enter_password"),
    path("enter/<str:token>", views.link, name="link"),
    path("leave", views.leave, name="leave"),
    path("settings/password", views.choose_password, name="choose_password"),
]
