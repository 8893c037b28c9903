"""The addresses of web push."""

from django.urls import path

from terrain.push import views

urlpatterns = [
    path("worker.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("push/token", views.token, name="push_token"),
    path("push/answers", views.answers, name="push_answers"),
    path("push/devices", views.devices, name="push_devices"),
    path("push/devices/<uuid:uid>", views.one, name="push_device"),
    path("push/devices/<uuid:uid>/discretion", views.discretion, name="push_discretion"),
    path("push/devices/<uuid:uid>/trial", views.trial, name="push_trial"),
]
