"""The addresses of reports."""

from django.urls import path

from terrain.reports import views

urlpatterns = [
    path("reports", views.reports, name="reports"),
    path("reports/<int:pk>", views.own_report, name="report"),
    path("messages/<int:pk>/reports", views.reporting, name="reporting"),
    path("messages/<int:pk>/handling", views.handling, name="handling"),
    path("messages/<int:pk>/word", views.word, name="word"),
    path("messages/<int:pk>/answer", views.answering, name="report_answer"),
    path("messages/<int:pk>/setting-aside", views.setting_aside, name="setting_aside"),
    path("messages/<int:pk>/confirmation", views.confirmation, name="confirmation"),
    path("messages/<int:pk>/verdict", views.verdict, name="verdict"),
    path("messages/<int:pk>/appeal", views.appeal, name="appeal"),
]
