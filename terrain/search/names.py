"""Names and trades as they are found by what one types of them."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func


class SearchName(Func):
    """The words of a name, as they are written but for accents: each is found by how it begins."""

    function = "search_name"
    output_field = SearchVectorField()


class SearchWords(Func):
    """The stems of a text, as `search_said` keeps them."""

    function = "search_words"
    output_field = SearchVectorField()
