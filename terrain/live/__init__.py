"""Open pages learn that something changed: never what, so that a leak by this way is not possible.

`listeners` turn what happens into PostgreSQL notifications, which leave with the transaction. `serving` is the small
process that hands them on: it `listening`s to PostgreSQL, and the `audience` of open `stream`s is told, each whatever
concerns a space that its person may read. No content ever passes here, and nothing is kept that another process needs.
"""
