"""Pages of the outside world: fetched without reaching anything private, and shown in a few words under a message.

One fetcher, used by the worker alone, that cannot reach a private address, however it is named or redirected.
No page of this house ever asks a third party for anything: what is shown was fetched before, picture included.
"""
