"""The demo company: Ateliers Rivoire, who do not exist, and what their people say to each other.

Its text lives beside this module; nothing in the rest of the house knows that there is a demo.
"""
