"""How every page looks and speaks: layout, components, language, dates, clean HTML, and the shelves others fill.

What lives here knows nothing of people, spaces or conversations: an upper folder registers what it shows
(`shell`, `panels`) and what it listens to (`events`). No record of the domain will ever live here.
"""
