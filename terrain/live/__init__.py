"""Open pages learn that something changed: never what, so that a leak by this way is not possible.

`listeners` turn what happens into PostgreSQL notifications, which leave with the transaction; `serving` is the small
process that hands them to the open pages of those whom they concern. No content ever passes here.
"""
