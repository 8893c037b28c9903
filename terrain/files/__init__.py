"""What people bring along: checked, kept under the data folder or in an S3-compatible store, previewed.

A file is found by what it hangs on: its address leads to nothing for who may not read the message that carries it.
It never knows what a message or a space is, and never runs, renders or serves as a page what somebody brought.
Pictures are drawn anew: what a camera adds to them, such as the place, is never kept.
"""
