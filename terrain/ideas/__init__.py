"""Ideas, and the answers that are owed to them: proposed in a minute, supported, answered by somebody with a name.

What enough people support is owed a reasoned answer by a day that everybody sees. An idea is never closed by itself,
and no answer is ever given for somebody else.
"""
