"""The addresses of drafts."""

from django.urls import path

from terrain.drafts import views

urlpatterns = [
    path("drafts", views.drafts, name="drafts"),
    path("drafts/<uuid:key>", views.draft, name="draft"),
    path("conversations/<int:pk>/template", views.template, name="template"),
    path("drafts/<uuid:key>/planning", views.planning, name="planning"),
]
