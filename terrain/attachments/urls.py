"""The addresses of what hangs on messages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
