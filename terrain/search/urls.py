"""The addresses of search."""

from django.urls import path

from terrain.search import saved_views, views

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/missing", views.missing, name="search_missing"),
    path("search/saved", saved_views.saved, name="saved_searches"),
    path("search/looked", saved_views.looked, name="searches_looked"),
    path("search/saved/<str:key>", saved_views.atom, name="saved_search_atom"),
]
