"""What must hold of any hall's log, however its day went and however often its server was killed."""

from __future__ import annotations

from collections import Counter

from engines import log_of, projection_of, replayed, stored_projection

from server.hall import events as ev
from server.hall.log import from_row
from server.hall.plan import HallPlan
from server.store.database import Database

_ARRIVES = (ev.TicketCalled, ev.TicketResumed, ev.TicketReopened)
_LEAVES = (ev.TicketFinished, ev.TicketNoShow, ev.TicketHeld, ev.TicketTransferred, ev.TicketExpired, ev.TicketRejoined)


def check_log(database: Database, plan: HallPlan) -> list[ev.Event]:
    """The events, after finding no gap, no number twice, nobody at two windows at once, no second vote for a leg, and
    the projections just as the log tells them.
    """
    log = log_of(database, plan.id)
    events = [from_row(row).event for row in log]
    assert [row.seq for row in log] == list(range(1, len(log) + 1))
    _check_numbers([event for event in events if isinstance(event, ev.TicketIssued)])
    _check_places(events)
    votes = Counter((event.ticket, event.leg) for event in events if isinstance(event, ev.EvaluationVoted))
    assert all(times == 1 for times in votes.values())
    assert stored_projection(database) == projection_of(replayed(plan, log))
    return events


def _check_numbers(issued: list[ev.TicketIssued]) -> None:
    assert len({event.ticket for event in issued}) == len({event.token for event in issued}) == len(issued)
    for prefix in {event.prefix for event in issued}:
        serials = [event.serial for event in issued if event.prefix == prefix]
        assert serials == list(range(1, len(serials) + 1))


def _check_places(events: list[ev.Event]) -> None:
    """A number may be called often, but each time it must have left the window before, and the window must be free."""
    at: dict[str | None, int | None] = {}
    for event in events:
        if isinstance(event, _ARRIVES):
            assert event.ticket not in at, f"{event} while it stands at window {at[event.ticket]}"
            assert event.window not in at.values(), f"{event} while somebody stands there"
            at[event.ticket] = event.window
        elif isinstance(event, _LEAVES):
            at.pop(event.ticket, None)
