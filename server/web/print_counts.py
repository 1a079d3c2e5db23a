"""How many of the day's print jobs came to what end."""

from __future__ import annotations

from collections import Counter, defaultdict

from server.hall.printing import PrintState
from server.hall.state import HallState


def print_counts(state: HallState) -> dict[str, Counter[PrintState]]:
    """By the printer's name."""
    counts: defaultdict[str, Counter[PrintState]] = defaultdict(Counter)
    for job in state.prints.values():
        counts[job.printer][job.state] += 1
    return counts
