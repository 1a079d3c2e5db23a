"""What the desk offers is what the hall would do, in every situation a window can be in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from small_hall import CHEN, SmallHall, small_plan

from counter.actions import Action, Why, primary, refused
from server.hall import commands as cmd
from server.hall.dispatch import waiting_for
from server.hall.document_notice import MissingPaper
from server.hall.errors import HallError
from server.hall.hold import HoldKind
from server.hall.result import Result, ResultKind
from server.hall.rules import NoShowRule, Rules

WINDOW, OTHER = 1, 2
ME = CHEN.username
RULES = Rules(no_show=NoShowRule(calls=2))


def waiting_one(hall: SmallHall) -> str:
    """Somebody who waits, new if nobody does."""
    waits = (ticket for line in hall.state.lines() for ticket in line)
    found = next(waits, None) or hall.do(TAKE)["id"]
    return str(found)


def held_one(hall: SmallHall) -> str:
    """Whoever is held last, or else anybody."""
    return [*hall.state.held, *hall.state.tickets][0] if hall.state.held or hall.state.tickets else waiting_one(hall)


def ended_one(hall: SmallHall) -> str:
    undoable = hall.state.window(WINDOW).undoable
    return undoable[0] if undoable else waiting_one(hall)


def open_one(hall: SmallHall) -> str:
    ticket = hall.state.window(WINDOW).ticket
    return ticket.id if ticket else waiting_one(hall)


# An action that names a ticket names the likeliest one: what stands in its way then is the situation alone.
COMMANDS: dict[Action, Callable[[SmallHall], cmd.Command[object]]] = {
    Action.CALL_NEXT: lambda hall: cmd.CallNext(WINDOW, ME),
    Action.CALL: lambda hall: cmd.CallTicket(WINDOW, ME, waiting_one(hall), "抱着孩子"),
    Action.DIRECT: lambda hall: cmd.ServeDirectly(WINDOW, ME, "insurance"),
    Action.START: lambda hall: cmd.Start(WINDOW, ME),
    Action.FINISH: lambda hall: cmd.FinishTicket(WINDOW, ME),
    Action.RECALL: lambda hall: cmd.Recall(WINDOW, ME),
    Action.NO_SHOW: lambda hall: cmd.MarkNoShow(WINDOW, ME),
    Action.PUT_BACK: lambda hall: cmd.RejoinTicket(open_one(hall), ME),
    Action.HOLD: lambda hall: cmd.HoldTicket(WINDOW, ME, HoldKind.WITH_PAPERS),
    Action.RESUME: lambda hall: cmd.ResumeTicket(WINDOW, ME, held_one(hall)),
    Action.TRANSFER: lambda hall: cmd.TransferTicket(WINDOW, ME, service="residence"),
    Action.UNDO: lambda hall: cmd.UndoLast(WINDOW, ME, ended_one(hall)),
    Action.VERIFY: lambda hall: cmd.VerifyPriority(WINDOW, ME, True),
    Action.PAUSE: lambda hall: cmd.PauseWindow(WINDOW, ME, "开会"),
    Action.REOPEN: lambda hall: cmd.ReopenWindow(WINDOW, ME),
    Action.LEAVE: lambda hall: cmd.CloseWindow(WINDOW, ME),
    Action.OUTCOME: lambda hall: cmd.FinishTicket(WINDOW, ME, result=Result(ResultKind.RETURNED)),
    Action.SLIP: lambda hall: cmd.NameDocuments(WINDOW, ME, (MissingPaper("户口簿"),)),
    Action.REFER: lambda hall: cmd.ReferCitizen(WINDOW, ME, service="residence"),
}
OPEN, PAUSE, CALL, START, RECALL, PASS, FINISH = (
    cmd.OpenWindow(WINDOW, CHEN),
    cmd.PauseWindow(WINDOW, ME, "开会"),
    cmd.CallNext(WINDOW, ME),
    cmd.Start(WINDOW, ME),
    cmd.Recall(WINDOW, ME),
    cmd.MarkNoShow(WINDOW, ME),
    cmd.FinishTicket(WINDOW, ME),
)
TAKE = cmd.IssueTicket("insurance")
HOLD = cmd.HoldTicket(WINDOW, ME, HoldKind.WITH_PAPERS, "补材料")
Step = cmd.Command[object] | float | Callable[[SmallHall], object]
ELSEWHERE: tuple[Step, ...] = (
    cmd.OpenWindow(OTHER, CHEN, several=True),
    cmd.CallNext(OTHER, ME),
    cmd.Start(OTHER, ME),
)


def vote(hall: SmallHall) -> None:
    hall.do(cmd.CastVote(hall.state.window(WINDOW).evaluation.token, 5))


SITUATIONS: dict[str, tuple[Step, ...]] = {
    "closed": (TAKE,),
    "open, nobody waits": (OPEN,),
    "open, one waits": (OPEN, TAKE),
    "called": (OPEN, TAKE, CALL),
    "called, one waits": (OPEN, TAKE, TAKE, CALL),
    "called twice": (OPEN, TAKE, CALL, RECALL),
    "serving": (OPEN, TAKE, CALL, START),
    "serving, one waits": (OPEN, TAKE, TAKE, CALL, START),
    "paused": (OPEN, TAKE, PAUSE),
    "paused while called": (OPEN, TAKE, CALL, PAUSE),
    "paused while serving": (OPEN, TAKE, CALL, START, PAUSE),
    "one held": (OPEN, TAKE, CALL, START, HOLD),
    "one held, serving another": (OPEN, TAKE, TAKE, CALL, START, HOLD, CALL, START),
    "one held elsewhere": (OPEN, TAKE, *ELSEWHERE, cmd.HoldTicket(OTHER, ME, HoldKind.WITH_PAPERS)),
    "one held elsewhere without papers": (OPEN, TAKE, *ELSEWHERE, cmd.HoldTicket(OTHER, ME, HoldKind.WITHOUT_PAPERS)),
    "one held and paused": (OPEN, TAKE, CALL, START, HOLD, PAUSE),
    "just finished": (OPEN, TAKE, CALL, START, FINISH),
    "just finished, paused since": (OPEN, TAKE, CALL, START, FINISH, PAUSE),
    "just finished and rated": (OPEN, TAKE, CALL, START, FINISH, vote),
    "finished half a minute ago": (OPEN, TAKE, CALL, START, FINISH, 31.0, cmd.PassTime()),
    "just passed": (OPEN, TAKE, CALL, RECALL, PASS),
    "just passed, and back in line": (OPEN, TAKE, CALL, RECALL, PASS, lambda hall: hall.do(back(hall))),
    "just passed, and called elsewhere": (
        *(OPEN, TAKE, CALL, RECALL, PASS, lambda hall: hall.do(back(hall)), *ELSEWHERE),
        cmd.FinishTicket(OTHER, ME),
    ),
}


def back(hall: SmallHall) -> cmd.RejoinTicket:
    return cmd.RejoinTicket(ended_one(hall), ME)


HALL_NAMES = {
    Why.NOT_STARTED: ("not_serving", "illegal_transition"),
    Why.NOTHING_TO_UNDO: ("too_late_to_undo", "illegal_transition"),
    Why.NOBODY_HELD: ("held_elsewhere", "illegal_transition"),
    # A called ticket that nobody has at this window: the hall looks at the ticket's state first.
    Why.WINDOW_CLOSED: ("illegal_transition",),
}
PRIMARY = {
    "open, nobody waits": Action.CALL_NEXT,
    "open, one waits": Action.CALL_NEXT,
    "called": Action.START,
    "called, one waits": Action.START,
    "serving": Action.CALL_NEXT,
    "serving, one waits": Action.CALL_NEXT,
    "paused": Action.REOPEN,
    "paused while called": Action.START,
    "paused while serving": Action.FINISH,
}


def hall_in(situation: str) -> SmallHall:
    hall = SmallHall(small_plan(rules=RULES))
    for step in SITUATIONS[situation]:
        if isinstance(step, float):
            hall.wait(step)
        elif isinstance(step, cmd.Command):
            hall.do(step)
        else:
            step(hall)
    return hall


def offered(hall: SmallHall) -> dict[Action, Why]:
    window = hall.state.window(WINDOW)
    return refused(hall.state, window, waiting_for(hall.state, window, hall.now), hall.now)


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("situation", SITUATIONS)
def test_an_action_is_offered_exactly_when_the_hall_would_do_it(situation: str, action: Action) -> None:
    hall = hall_in(situation)
    why = offered(hall).get(action)
    command = COMMANDS[action](hall)
    seq = hall.state.seq
    if why is None or why is Why.NOBODY_WAITS:
        hall.do(command)
        assert (hall.state.seq > seq) == (why is None)
        return
    with pytest.raises(HallError) as refusal:
        hall.do(command)
    # Where the hall has a name of its own for the window's state, the desk uses the same.
    assert refusal.value.code in (why.value, *HALL_NAMES.get(why, ("no_open_ticket", "illegal_transition")))


@pytest.mark.parametrize("situation", PRIMARY)
def test_the_large_button_is_the_next_thing_for_the_citizen(situation: str) -> None:
    hall = hall_in(situation)
    action = primary(hall.state.window(WINDOW))
    assert action is PRIMARY[situation]
    # It is never a dead end, except where there is nobody at all to serve.
    assert offered(hall).get(action) == (Why.NOBODY_WAITS if situation == "open, nobody waits" else None)


def test_each_reason_says_what_stands_in_the_way() -> None:
    assert offered(hall_in("serving"))[Action.RECALL] is Why.ALREADY_STARTED
    assert offered(hall_in("serving"))[Action.LEAVE] is Why.WINDOW_BUSY
    assert offered(hall_in("open, one waits"))[Action.NO_SHOW] is Why.NOBODY_CALLED
    assert offered(hall_in("paused"))[Action.CALL_NEXT] is Why.WINDOW_PAUSED
    assert offered(hall_in("called"))[Action.HOLD] is Why.NOT_STARTED
    assert offered(hall_in("called"))[Action.NO_SHOW] is Why.NOT_CALLED_ENOUGH
    assert Action.NO_SHOW not in offered(hall_in("called twice"))
    assert offered(hall_in("one held, serving another"))[Action.RESUME] is Why.WINDOW_BUSY
    assert offered(hall_in("one held elsewhere"))[Action.RESUME] is Why.NOBODY_HELD
    assert offered(hall_in("just finished and rated"))[Action.UNDO] is Why.ALREADY_VOTED
    assert offered(hall_in("finished half a minute ago"))[Action.UNDO] is Why.NOTHING_TO_UNDO
    assert set(offered(hall_in("closed")).values()) == {Why.WINDOW_CLOSED}
