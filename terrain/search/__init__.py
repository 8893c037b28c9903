"""Search: people, spaces, conversations, messages and files by their words, as far as the reader may see them.

What may be found is the living words alone, kept by the database in the transaction that writes them: what is
withdrawn is gone from here with it. Nobody's searches can be listed by anybody else, and there is no hidden score:
the order of what is found is said on the page.
"""
