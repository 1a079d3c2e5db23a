"""What a press means to the hall at this moment: its commands, or why there are none. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from counter.keypad.dialects import Action
from counter.keypad.troubles import Trouble
from server.hall import commands as cmd
from server.hall.decisions.holding import may_resume
from server.hall.dispatch import lines_for
from server.hall.hold import HoldKind
from server.hall.state import HallState
from server.hall.ticket import State, Ticket
from server.hall.window import Window

AWAY: Final = "临时离开"
"""Why a window is paused, for the citizens: a keypad cannot say more."""
BY_NUMBER: Final = "叫号器按号呼叫"
"""Why somebody was called out of turn, for the record."""

Orders = Sequence[cmd.Command[Any]]


class NotDone(Exception):
    """Nothing can be asked of the hall."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Asked:
    """`staff` at window `number` typed `digits`, and a key.

    `seen`: the ticket that the keypad showed then, "" for none.
    """

    number: int
    staff: str
    digits: str
    seen: str
    at: datetime


def orders_for(action: Action, asked: Asked, state: HallState) -> Orders:
    """The commands, one after the other. Raises NotDone."""
    order = _ORDERS.get(action)
    if order is None:
        raise NotDone(Trouble.NO_SUCH_KEY)
    return order(asked, state)


def _hold(asked: Asked, state: HallState) -> Orders:
    """Whoever is to wait here has come: nobody presses 开始 for that at a keypad."""
    ticket = state.window(asked.number).ticket
    come = ticket is not None and ticket.state is State.CALLED
    start = [cmd.Start(asked.number, asked.staff, asked.seen)] if come else []
    return [*start, cmd.HoldTicket(asked.number, asked.staff, HoldKind.WITH_PAPERS, seen=asked.seen)]


def _call(asked: Asked, state: HallState) -> Orders:
    ticket = _waiting(state, state.window(asked.number), asked.digits, asked.at)
    return [cmd.CallTicket(asked.number, asked.staff, ticket.id, BY_NUMBER, asked.seen)]


def _resume(asked: Asked, state: HallState) -> Orders:
    ticket = _held(state, state.window(asked.number))
    return [cmd.ResumeTicket(asked.number, asked.staff, ticket.id, asked.seen)]


def _give_back(asked: Asked, state: HallState) -> Orders:
    """To the queue it came from, in its old turn, for any window of its service."""
    ticket = state.window(asked.number).ticket
    if ticket is None:
        raise NotDone(Trouble.NOBODY_HERE)
    return [cmd.TransferTicket(asked.number, asked.staff, service=ticket.leg.service, seen=asked.seen)]


_ORDERS: Final[Mapping[Action, Callable[[Asked, HallState], Orders]]] = MappingProxyType(
    {
        Action.NEXT: lambda asked, _: [cmd.CallNext(asked.number, asked.staff, asked.seen)],
        Action.CALL: _call,
        Action.RECALL: lambda asked, _: [cmd.Recall(asked.number, asked.staff, asked.seen)],
        Action.START: lambda asked, _: [cmd.Start(asked.number, asked.staff, asked.seen)],
        Action.FINISH: lambda asked, _: [cmd.FinishTicket(asked.number, asked.staff, asked.seen)],
        Action.NO_SHOW: lambda asked, _: [cmd.MarkNoShow(asked.number, asked.staff, asked.seen)],
        Action.HOLD: _hold,
        Action.RESUME: _resume,
        Action.TRANSFER: lambda asked, _: [
            cmd.TransferTicket(asked.number, asked.staff, to_window=int(asked.digits), seen=asked.seen)
        ],
        Action.GIVE_BACK: _give_back,
        Action.PAUSE: lambda asked, _: [cmd.PauseWindow(asked.number, asked.staff, AWAY)],
        Action.REOPEN: lambda asked, _: [cmd.ReopenWindow(asked.number, asked.staff)],
        Action.LOGOUT: lambda asked, _: [cmd.CloseWindow(asked.number, asked.staff)],
    }
)


def _waiting(state: HallState, window: Window, digits: str, at: datetime) -> Ticket:
    """The one that waits under these digits, whatever its letters: first among those who wait for this window."""
    own = [ticket for _, _, line in lines_for(state, window, at) for ticket in line]
    everybody = [ticket for line in state.lines() for ticket in line]
    for ids in (own, everybody):
        found = [ticket for ticket in map(state.ticket, ids) if _digits(ticket.number) == int(digits)]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotDone(Trouble.SEVERAL_NUMBERS)
    raise NotDone(Trouble.NO_SUCH_NUMBER)


def _digits(number: str) -> int:
    return int("".join(sign for sign in number if sign in "0123456789") or "0")


def _held(state: HallState, window: Window) -> Ticket:
    """Of several on hold, whoever has been so for the longest."""
    mine = [(ticket.hold.since, ticket) for ticket in state.held.values() if ticket.hold and may_resume(window, ticket)]
    if not mine:
        raise NotDone(Trouble.NOBODY_HELD)
    return min(mine, key=lambda pair: pair[0])[1]
