"""The addresses of writing by mail."""

from django.urls import path

from terrain.mail import views

urlpatterns = [
    path("spaces/<int:pk>/by-mail", views.by_mail, name="by_mail"),
    path("settings/mail-addresses", views.new_addresses, name="new_addresses"),
]
