"""交接班 as a desk shows it until the successor has read it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from server.hall.state import HallState
from server.hall.ticket import State
from server.hall.window import Window

_ENDED = frozenset({State.FINISHED, State.NO_SHOW, State.CANCELLED, State.EXPIRED})


def hand_over_view(state: HallState, window: Window) -> dict[str, Any] | None:
    """What a colleague left here; `own`: whoever sits here left it, and waits for the successor. None: nothing unread.

    Of what was open then, the numbers that still are.
    """
    left = window.hand_over
    if left is None or not left.is_unread:
        return None

    def still_open(ids: Iterable[str]) -> list[str]:
        known = (state.tickets[one] for one in ids)
        return [ticket.number for ticket in known if ticket.state not in _ENDED]

    return {
        "own": window.clerk is not None and window.clerk.username == left.staff,
        "name": left.name,
        "at": left.at.isoformat(),
        "note": left.note,
        "to": left.to_name or None,
        "ticket": left.ticket and state.tickets[left.ticket].number,
        "held": still_open(left.held),
        "waiting": still_open(left.waiting),
    }
