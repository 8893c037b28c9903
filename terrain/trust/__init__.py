"""The public log: every act of power, with who, when, on what and why, for everybody to read.

Never what a message says, and never a way to take a line out.
"""
