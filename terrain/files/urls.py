"""The addresses of files."""

from django.urls import path

from terrain.files import views

urlpatterns = [
    path("files", views.bring, name="files"),
    path("files/<uuid:uid>", views.file, name="file"),
    path("files/<uuid:uid>/page", views.page, name="file_page"),
    path("files/<uuid:uid>/small", views.small, name="file_small"),
]
