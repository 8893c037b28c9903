"""Who knows: found by topics and by answers given, for those who want to be found.

It counts answers given, never readings, presence or hours; who opts out is nowhere in it.
Nobody is ranked.
"""
