"""How Terrain is set up and kept running: settings, addresses, processes, PostgreSQL, the command.

Stands above everything, so anything may be imported here, and nothing imports from here but tests and bench.
What people do with Terrain never lives here.
"""
