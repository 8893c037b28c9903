"""The addresses of the demo."""

from django.urls import path

from terrain.demo import views

urlpatterns = [path("enter/as/<int:person>", views.be, name="enter_as")]
