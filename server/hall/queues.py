"""What a ticket can wait in: its service's queue, or that of one window or one clerk, named by a string.

A service's queue bears the service's code, which never contains a colon.
"""

from __future__ import annotations


def window_queue(number: int) -> str:
    return f"window:{number}"


def clerk_queue(username: str) -> str:
    return f"clerk:{username}"


def is_personal(queue: str) -> bool:
    """Whether one window or one clerk alone calls from it."""
    return ":" in queue
