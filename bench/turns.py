"""Timing things beside each other: in turn, round after round, so that what slows a machine down slows all of them."""

import statistics
import time
from collections.abc import Callable


def in_turn(rounds: int, *doing: Callable[[], None]) -> list[float]:
    """How long each took, in seconds, of its median round; the first of each warms up, and does not count."""
    taken: list[list[float]] = [[] for _ in doing]
    for number in range(rounds + 1):
        for each, times in zip(doing, taken, strict=True):
            began = time.perf_counter()
            each()
            if number:
                times.append(time.perf_counter() - began)
    return [statistics.median(times) for times in taken]
