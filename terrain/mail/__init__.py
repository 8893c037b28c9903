"""Mail that comes in: what one says, who says it, how far that can be believed, and the message that it becomes.

Reading it, publishing it by the same forms and verbs as a page, answering in a sentence where it cannot be published,
the mailbox that is looked into and the command that takes one from a pipe live here. It never publishes under a name
that only a header claims, never answers a program or somebody whom Terrain does not know, and never shows a mail to
anybody but who wrote it.
"""
