"""The door: coming in by a link sent by mail, by a password, or, in the demo, by choosing whom to be; and leaving.

Who somebody is lives in `people`; what they may see is their scope's business, never the door's.
"""
