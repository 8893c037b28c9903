"""Terrain: an intranet built from the base up, where the people who work somewhere talk to each other."""
