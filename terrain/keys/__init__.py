"""Keys: one letter searches, goes to what is unread, answers, or lists the others; each is changed or turned off.

What somebody chose stays in their browser. A key never does anything while one types, or with Ctrl, Alt or ⌘.
"""
