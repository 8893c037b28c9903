"""What is said: conversations and their messages, the feed, and one file for each thing that can be done with them.

Everything published is a conversation of some kind (`kinds`), whatever else its kind adds in a folder of its own.
Nothing here knows any kind by name, tells anybody anything but through `web.events`, or edits another's words.
"""
