"""The addresses of posts."""

from django.urls import path

from terrain.posts import views

urlpatterns = [path("posts/new", views.new, name="new_post")]
