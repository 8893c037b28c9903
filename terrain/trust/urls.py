"""The addresses of trust."""

from django.urls import path

from terrain.trust import views

urlpatterns = [
    path("guarantees", views.guarantees, name="guarantees"),
    path("stewards", views.stewards, name="stewards"),
    path("log", views.log, name="log"),
    path("log.csv", views.log_csv, name="log_csv"),
    path("log/<str:key>", views.log_atom, name="log_atom"),
]
