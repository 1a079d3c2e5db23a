"""What each event changes. The one place where a hall's state is written; it decides nothing."""

from server.hall.apply import bookings, day, evaluations, line, notices, paper, redress, results, serving, windows
from server.hall.apply.registry import apply

__all__ = [
    "apply",
    "bookings",
    "day",
    "evaluations",
    "line",
    "notices",
    "paper",
    "redress",
    "results",
    "serving",
    "windows",
]
