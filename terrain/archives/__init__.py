"""Everything, in a file: taking an archive in, and writing one out.

The format is in `docs/archive-format.md`. No reading position, password or session is ever in an archive.
"""
