"""A photo of oneself on one's page, optional, shown to whom one chooses.

Outside that audience it is never found, not even by its address.
"""
