"""What the desk offers is what the hall would do, in every situation a window can be in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from small_hall import CHEN, SmallHall

from counter.actions import Action, Why, primary, refused
from server.hall import commands as cmd
from server.hall.errors import HallError

WINDOW = 1
ME = CHEN.username

COMMANDS: dict[Action, Callable[[], cmd.Command[object]]] = {
    Action.CALL_NEXT: lambda: cmd.CallNext(WINDOW, ME),
    Action.START: lambda: cmd.Start(WINDOW, ME),
    Action.FINISH: lambda: cmd.FinishTicket(WINDOW, ME),
    Action.RECALL: lambda: cmd.Recall(WINDOW, ME),
    Action.NO_SHOW: lambda: cmd.MarkNoShow(WINDOW, ME),
    Action.PAUSE: lambda: cmd.PauseWindow(WINDOW, ME, "开会"),
    Action.REOPEN: lambda: cmd.ReopenWindow(WINDOW, ME),
    Action.LEAVE: lambda: cmd.CloseWindow(WINDOW, ME),
}
OPEN, PAUSE, CALL, START = (
    cmd.OpenWindow(WINDOW, CHEN),
    cmd.PauseWindow(WINDOW, ME, "开会"),
    cmd.CallNext(WINDOW, ME),
    cmd.Start(WINDOW, ME),
)
TAKE = cmd.IssueTicket("insurance")
SITUATIONS: dict[str, tuple[cmd.Command[object], ...]] = {
    "closed": (TAKE,),
    "open, nobody waits": (OPEN,),
    "open, one waits": (OPEN, TAKE),
    "called": (OPEN, TAKE, CALL),
    "called, one waits": (OPEN, TAKE, TAKE, CALL),
    "serving": (OPEN, TAKE, CALL, START),
    "serving, one waits": (OPEN, TAKE, TAKE, CALL, START),
    "paused": (OPEN, TAKE, PAUSE),
    "paused while called": (OPEN, TAKE, CALL, PAUSE),
    "paused while serving": (OPEN, TAKE, CALL, START, PAUSE),
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
    hall = SmallHall()
    for command in SITUATIONS[situation]:
        hall.do(command)
    return hall


def offered(hall: SmallHall) -> dict[Action, Why]:
    return refused(hall.state.window(WINDOW), hall.state.waiting("insurance"))


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("situation", SITUATIONS)
def test_an_action_is_offered_exactly_when_the_hall_would_do_it(situation: str, action: Action) -> None:
    hall = hall_in(situation)
    why = offered(hall).get(action)
    seq = hall.state.seq
    if why is None or why is Why.NOBODY_WAITS:
        hall.do(COMMANDS[action]())
        assert (hall.state.seq > seq) == (why is None)
        return
    with pytest.raises(HallError) as refusal:
        hall.do(COMMANDS[action]())
    # Where the hall has a name of its own for the window's state, the desk uses the same.
    assert refusal.value.code in (why.value, "no_open_ticket", "illegal_transition")


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
    assert set(offered(hall_in("closed")).values()) == {Why.WINDOW_CLOSED}
