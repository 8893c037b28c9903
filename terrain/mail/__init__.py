"""Mail that comes in: what one says, who says it, and how far that can be believed.

Reading lives here: the headers, the words without quotes and signatures, the files, the signs of an automatic answer,
what the receiving host found out about the sender. It never decides who may speak, never publishes, and never answers:
it is given bytes, and gives back what they say.
"""
