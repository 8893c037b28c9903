"""Files on messages: chosen while one writes, shown under the words, and gone with them.

What a file is, how it is checked and kept, is known to `files`; here it hangs on a message, and is read by whoever
reads the message. It never shows one to anybody else: before the message is published, nobody but who brought it
finds it.
"""
