"""Posts as a part of the house."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "terrain.posts"
