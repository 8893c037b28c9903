"""Direct conversations: between two people, or a few, in no space.

Who takes part is a record of the conversation (`Participation`), and part of the one scope by which anything is read:
nobody else finds it, whatever their role. Nothing here shows who has read what.
"""
