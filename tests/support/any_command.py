"""Anything that anybody might ask of `full_plan`'s hall, legal or not."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from small_hall import CHEN

from server.hall import commands as cmd
from server.hall.announcement import AnnouncementKind
from server.hall.appointment import Mark
from server.hall.commands import Order
from server.hall.document_notice import MissingPaper
from server.hall.hold import HoldKind
from server.hall.low_rating import Ground, Step
from server.hall.printing import PrintState, Slip
from server.hall.result import Result, ResultKind
from server.hall.roster import Duty, DutyRole
from server.hall.state import HallState
from server.hall.ticket import State
from server.hall.window import Clerk, WindowState

CLERKS = (CHEN, Clerk("liu", "刘伟"))
SERVICES = ("insurance", "residence")


def any_command(chance: random.Random, state: HallState, now: datetime) -> cmd.Command[Any]:
    """Rather what can be done than what cannot, and mostly what happens all day."""
    makers: list[tuple[int, Callable[[random.Random, HallState, datetime], cmd.Command[Any]]]] = [
        (5, _taking),
        (9, _serving),
        (4, _voting),
        (2, _voting_later),
        (2, _redress),
        (4, _moving),
        (3, _desk),
        (2, _booking),
        (2, _second_thoughts),
        (2, _posting),
        (3, _results),
    ]
    make = chance.choices([maker for _, maker in makers], weights=[weight for weight, _ in makers])[0]
    return make(chance, state, now)


def _window(chance: random.Random, *rather: int) -> int:
    return chance.choice([1, 2, 3, *rather * 3])


def _clerk(chance: random.Random, state: HallState, window: int) -> str:
    """Rather whoever sits there."""
    clerk = state.windows[window].clerk
    return clerk.username if clerk is not None and chance.random() < 0.9 else chance.choice(CLERKS).username


def _ticket(chance: random.Random, state: HallState, *states: State) -> str:
    wanted = [ticket.id for ticket in state.tickets.values() if ticket.state in states]
    return chance.choice([*wanted, *list(state.tickets)[-1:], "none"])


def _taking(chance: random.Random, state: HallState, now: datetime) -> cmd.Command[Any]:
    issue = cmd.IssueTicket(
        chance.choice(SERVICES),
        kiosk=chance.choice([None, "1"]),
        priority=chance.choice(["ordinary", "ordinary", "elderly", "emperor"]),
        then=chance.choice([(), (), (), ("residence",)]),
        person=chance.choice([None, None, "wang"]),
        printer=chance.choice([None, "window:3"]),
    )
    taken_at = chance.choice([None, now, now - timedelta(hours=1)])
    paper = cmd.EnterPaper(chance.choice(SERVICES), chance.choice([(6,), (7, 8), (9, 10)]), "chen", taken_at)
    return chance.choices([issue, paper], weights=[9, 1])[0]


def _serving(chance: random.Random, state: HallState, now: datetime) -> cmd.Command[Any]:
    window = _window(chance)
    clerk = _clerk(chance, state, window)
    verb = chance.choice(
        [cmd.CallNext, cmd.CallNext, cmd.Recall, cmd.Start, cmd.Start, cmd.MarkNoShow, cmd.FinishTicket]
    )
    if verb in (cmd.CallNext, cmd.FinishTicket) and chance.random() < 0.5:
        return verb(window, clerk, result=_result(chance))
    direct = cmd.ServeDirectly(window, clerk, chance.choice(SERVICES))
    by_number = cmd.CallTicket(window, clerk, _ticket(chance, state, State.WAITING), chance.choice(["", "带着婴儿"]))
    return chance.choices([verb(window, clerk), direct, by_number], weights=[8, 1, 1])[0]


def _voting(chance: random.Random, state: HallState, now: datetime) -> cmd.Command[Any]:
    token = chance.choice([*(e.token for e in state.evaluations.values() if e.is_open), "none"])
    window = _window(chance)
    shown = state.windows[window].evaluation
    asked = chance.choice([None, "", token, *[shown.token if shown else ""] * 5])
    age = chance.choice([timedelta(), timedelta(), timedelta(seconds=chance.choice([0.02, 20, 90_000])), None])
    level, chatter = chance.choice([None, 5, 4, 3, 9]), chance.random() < 0.1
    press = cmd.PressKey(window, 3, level, asked, age, chatter)
    return chance.choices([press, cmd.CastVote(token, 2), cmd.DeclineVote(token)], weights=[5, 1, 1])[0]


def _voting_later(chance: random.Random, state: HallState, now: datetime) -> cmd.Command[Any]:
    """On phones and from forms, and why: rather for what is on a ballot, of whatever day."""
    ballots = list(state.ballots.values())
    ballot = chance.choice(ballots[-6:]) if ballots and chance.random() < 0.9 else None
    holder, ticket = (ballot.holder, ballot.ticket) if ballot else ("none", "none")
    leg = chance.choice([*(ballot.legs if ballot else ()), 1])
    reasons = chance.choice([("214",), ("214", "207", "214"), ("108",), ()])
    words = chance.choice(["", "等了“两”小时\n\x07", "很好"])
    given = (now - timedelta(days=chance.choice([0, 0, 0, 1]))).date()
    voted = [e.token for e in state.evaluations.values() if e.level is not None]
    return chance.choice(
        [
            cmd.VoteByPhone(holder, leg, chance.choice([2, 2, 1, 5, 9])),
            cmd.ExplainByPhone(holder, leg, reasons, words),
            cmd.ExplainVote(chance.choice([*voted[-3:], "none"]), reasons),
            cmd.EnterPaperVote(ticket, leg, chance.choice([2, 1]), given, "liu", "意见箱", reasons, words),
        ]
    )


def _redress(chance: random.Random, state: HallState, now: datetime) -> cmd.Command[Any]:
    """Rather the step that comes next, of a case of whatever day."""
    cases = list(state.cases.values())
    case = chance.choice(cases[-6:]) if cases and chance.random() < 0.9 else None
    name, seen = (case.id, chance.choice([None, case.revision, case.revision, 0])) if case else ("none", None)
    step = case.next if case and case.next and chance.random() < 0.8 else chance.choice(list(Step))
    staff, words = chance.choice(["wang", "wang", "zhao", "liu"]), chance.choice(["已“核实”\n\x07", "已当面说明", ""])
    verdict = chance.choice([True, False] if step in (Step.VERIFY, Step.REVIEW) else [None, None, True])
    reached, granted = chance.random() < 0.5, chance.random() < 0.3
    called_at = chance.choice([None, now, now - timedelta(days=1)])
    holder, leg = (case.holder, case.leg) if case else ("none", 1)
    take = cmd.TakeStep(name, step, words, staff, verdict, seen)
    rare = [
        cmd.RecordCallBack(name, reached, chance.choice([None, True, False]), words, staff, called_at, seen),
        cmd.AppealRating(name, chance.choice(list(Ground)), words, staff, seen),
        cmd.DecideAppeal(name, granted, words, staff, seen),
        cmd.VoteAgain(holder, leg, chance.choice([5, 2, 9])),
    ]
    return chance.choice([take, take, chance.choice(rare)])


def _moving(chance: random.Random, state: HallState, now: datetime) -> cmd.Command[Any]:
    serving = [w.number for w in state.windows.values() if w.ticket is not None and w.ticket.state is State.SERVING]
    window = _window(chance, *serving)
    clerk = _clerk(chance, state, window)
    target: dict[str, Any] = chance.choice([{"service": "residence"}, {"to_window": 1}, {"to_staff": "liu"}])
    until = chance.choice([None, now + timedelta(seconds=30), now + timedelta(hours=2)])
    order, returns = chance.choice(list(Order)), chance.random() < 0.5
    return chance.choice(
        [
            cmd.HoldTicket(window, clerk, chance.choice(list(HoldKind)), "取“件”", until),
            cmd.ResumeTicket(window, clerk, _ticket(chance, state, State.HELD)),
            cmd.TransferTicket(window, clerk, order=order, returns=returns, referred=returns, **target),
            cmd.RejoinTicket(_ticket(chance, state, State.NO_SHOW, State.CALLED), chance.choice([None, clerk])),
            cmd.GivePriority(_ticket(chance, state, State.WAITING), "elderly", "现场核实", clerk),
            cmd.VerifyPriority(window, clerk, verified=chance.random() < 0.5),
        ]
    )


def _desk(chance: random.Random, state: HallState, now: datetime) -> cmd.Command[Any]:
    left = [w for w in state.windows.values() if w.hand_over is not None and w.hand_over.is_unread]
    if left and chance.random() < 0.3:
        place = chance.choice(left)
        colleague = chance.choice([clerk for clerk in CLERKS if clerk.username != place.hand_over.staff])  # type: ignore[union-attr]
        sits = place.clerk == colleague
        return (
            cmd.ReceiveHandOver(place.number, colleague.username) if sits else cmd.OpenWindow(place.number, colleague)
        )
    away = [window for window in state.windows.values() if window.state is WindowState.PAUSED]
    if away and chance.random() < 0.2:
        place = chance.choice(away)
        return cmd.ReopenWindow(place.number, _clerk(chance, state, place.number))
    window = _window(chance)
    clerk = _clerk(chance, state, window)
    job = chance.choice([*state.prints, "none"])
    rare = [
        cmd.CloseWindow(window, clerk),
        cmd.PauseWindow(window, clerk, "去“二楼”\\ 取\n件\x07"),
        cmd.ReopenWindow(window, clerk),
        cmd.HandOverWindow(window, clerk, "“两件”\n待补\x07", chance.choice([None, "liu", "wang"])),
        cmd.ReceiveHandOver(window, clerk),
        cmd.SetWindowServices(window, clerk, chance.choice([None, ("residence",)])),
        cmd.SuspendService("residence", clerk, "停电"),
        cmd.ResumeService("residence", clerk),
        cmd.CancelTicket(_ticket(chance, state, State.WAITING)),
        cmd.ReprintTicket(_ticket(chance, state, State.WAITING), "1"),
        cmd.ReportPrint(job, chance.choice(list(PrintState)), chance.choice([None, "缺纸"])),
        cmd.PrintSlip(
            chance.choice(list(Slip)),
            chance.choice(["1", "window:3"]),
            '{"缺":"户口簿"}',
            chance.choice([None, _ticket(chance, state, State.SERVING)]),
            clerk,
        ),
        cmd.PrintAgain(job, staff=clerk),
    ]
    return chance.choice([cmd.OpenWindow(window, chance.choices(CLERKS, weights=[5, 1])[0]), chance.choice(rare)])


def _booking(chance: random.Random, state: HallState, now: datetime) -> cmd.Command[Any]:
    known = chance.choice([*state.appointments.values(), None])
    ref, code = (known.id, known.code) if known else ("none", "00000000")
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=chance.randint(0, 30))
    book = cmd.BookAppointment("insurance", start, "1234", mark=chance.choice([None, None, Mark.HOME]))
    change = [
        cmd.MoveAppointment(ref, start),
        cmd.CancelAppointment(ref),
        cmd.CloseAppointment(ref, "chen"),
        cmd.CheckIn(code, kiosk="1"),
    ]
    return chance.choice([book, chance.choice(change)])


def _second_thoughts(chance: random.Random, state: HallState, now: datetime) -> cmd.Command[Any]:
    window = _window(chance, *[w.number for w in state.windows.values() if w.undoable is not None])
    undoable = state.windows[window].undoable
    return cmd.UndoLast(window, _clerk(chance, state, window), undoable[0] if undoable else "none")


def _posting(chance: random.Random, state: HallState, now: datetime) -> cmd.Command[Any]:
    known = chance.choice([*state.notices, None, "none"])
    starts, ends = (chance.choice([None, now + timedelta(hours=chance.randint(-40, 60))]) for _ in range(2))
    duties = (
        Duty(DutyRole.LEADER, "王“局”\n\x07", "局长", "0571-12345", chance.choice([None, "f" * 32])),
        Duty(DutyRole.WINDOW, "", window=chance.choice([1, 2, 3, 3, 99])),
    )
    day = (now + timedelta(days=chance.randint(-1, 3))).date()
    kind, lasts = chance.choice(list(AnnouncementKind)), timedelta(minutes=chance.choice([0, 5, 90]))
    return chance.choice(
        [
            cmd.PostNotice(known, "今天“系统”检修\n\x07", starts, ends, chance.choice([(), ("tax", "east")]), "liu"),
            cmd.WithdrawNotice(known or "none", "liu"),
            cmd.SetRoster(day, chance.choice([(), duties, duties]), "liu"),
            cmd.Announce(kind, chance.choice(["请有序撤离", ""]), (), chance.randint(0, 3), lasts, "liu"),
            cmd.EndAnnouncement(chance.choice([*state.announcements, "none"]), "liu"),
        ]
    )


def _result(chance: random.Random) -> Result:
    return Result(
        chance.choice(list(ResultKind)), chance.choice([1, 1, 3, 1000]), chance.choice(["", "补“一”张\n照片"])
    )


def _results(chance: random.Random, state: HallState, now: datetime) -> cmd.Command[Any]:
    window = _window(chance, *[w.number for w in state.windows.values() if w.ticket is not None])
    clerk = _clerk(chance, state, window)
    ticket, leg = _ticket(chance, state, State.FINISHED), chance.choice([1, 1, 2])
    told = [notice.number for known in state.tickets.values() for one in known.legs for notice in one.notices]
    papers = (MissingPaper("户口“簿”\n\x07", "household-register", "只带了复印件"), MissingPaper("照片"))
    target: dict[str, Any] = chance.choice([{"service": "residence"}, {"to_window": 1}])
    return chance.choice(
        [
            cmd.CorrectResult(
                ticket, leg, _result(chance), chance.choice(["点错了", ""]), clerk, chance.random() < 0.5
            ),
            cmd.NameDocuments(
                window,
                clerk,
                chance.choice([papers, papers, ()]),
                chance.choice([None, now.date() + timedelta(days=7), now.date() - timedelta(days=9)]),
                chance.choice([None, *told, "260111A012-1", "none"]),
            ),
            cmd.ReferCitizen(window, clerk, phone="1234", note="先到这里核税", printer="window:3", **target),
            cmd.LookIntoReturn(ticket, leg, "已当面说明", "liu"),
        ]
    )
