"""A clerk at a window: calls, waits for whoever comes, serves, and deals with all that goes otherwise."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import Any

from server.simulate.book import Record
from server.simulate.citizens import Citizens
from server.simulate.desk import Desk
from server.simulate.floor import Floor, OnHold
from server.simulate.visit import Goal, Missing

_WALK = 0.4
_IDLE = 0.5
_SHORTEST_IDLE = 0.02
_AT_ONCE = 0.3


class Clerk:
    def __init__(self, number: int, floor: Floor, citizens: Citizens) -> None:
        self._floor = floor
        self._citizens = citizens
        self._desk = Desk(number, floor, citizens)
        self._pauses = deque(pause for pause in floor.plan.pauses if pause.window == number)
        self._pace = floor.plan.paces[number]

    def work(self) -> None:
        """Until the day is over. The window is open already."""
        floor = self._floor
        while not floor.over:
            self._pause_if_due()
            if self._resume_if_due() or self._serve_from_doorstep():
                continue
            record = self._desk.call_next()
            if record is None:
                floor.pace.wait(max(_IDLE, floor.pace.simulated(_SHORTEST_IDLE)))
            else:
                self._attend(record)
        self._desk.finish()
        self._desk.press("logout")

    def _pause_if_due(self) -> None:
        """暂停服务, as soon as the citizen at the window is done."""
        floor = self._floor
        if not self._pauses or self._pauses[0].minute > floor.pace.minute:
            return
        pause = self._pauses.popleft()
        if self._desk.finish() and self._desk.press("pause", {"reason": pause.reason, "minutes": 10}).ok:
            floor.pace.wait(pause.minutes)
            self._desk.press("reopen")

    def _resume_if_due(self) -> bool:
        """Go on with somebody on hold; after hours with all of them, whatever they were told."""
        floor = self._floor
        held = floor.held[self._desk.number]
        now = floor.pace.minute
        due = next((entry for entry in held if entry.due <= now or now >= floor.scene.closing), None)
        if due is None:
            return False
        held.remove(due)
        if self._desk.finish() and self._desk.resume(due.record):
            self._serve(due.record)
        elif due.home != self._desk.number:
            # It has another service by now, which this window does not handle: back to where it was interrupted.
            floor.held[due.home].append(due)
        return True

    def _serve_from_doorstep(self) -> bool:
        floor, handled = self._floor, self._floor.scene.windows[self._desk.number]
        visit = next((visit for visit in floor.doorstep if visit.service in handled), None)
        if visit is None:
            return False
        floor.doorstep.remove(visit)
        record = self._desk.serve_directly(visit) if self._desk.finish() else None
        if record is None:
            floor.doorstep.append(visit)
        else:
            self._serve(record)
        return True

    def _attend(self, record: Record) -> None:
        """Whoever was called comes, or does not."""
        desk, pace = self._desk, self._floor.pace
        pace.wait(_WALK * self._floor.plan.scale)
        absence = record.visit.absence
        if absence is not None and record.calls == 1:
            if not self._miss(record, absence.why, absence.minutes):
                return
        else:
            for _ in range(record.visit.recalls if record.calls == 1 else 0):
                desk.recall()
        if not record.visit.hurries:
            desk.wait_for_rating()
        if desk.start():
            if record.visit.priority is not None:
                desk.verify()
            self._serve(record)

    def _miss(self, record: Record, why: Missing, minutes: float) -> bool:
        """过号, or back into the line. True when the citizen turns up after all and stands at the window."""
        desk, floor = self._desk, self._floor
        if why is Missing.NOT_NOW:
            desk.put_back()
            return False
        if not desk.no_show():
            return True
        if why is Missing.AT_ONCE:
            floor.pace.wait(_AT_ONCE * floor.plan.scale)
            return desk.undo(record, floor.book.unpassed)
        if why is Missing.LATER:
            floor.agenda.add(floor.pace.minute + minutes, partial(self._citizens.come_back, record))
        return False

    def _serve(self, record: Record) -> None:
        """To the end of the leg, unless it is put on hold or passed on. The next call may finish it."""
        desk, pace, visit = self._desk, self._floor.pace, record.visit
        minutes = visit.minutes_of(record.legs) * self._pace
        pace.wait(minutes / 2)
        if visit.hold is not None and not record.held and self._hold(record):
            return
        if visit.detour is not None and not record.moved and self._pass_on(record):
            return
        pace.wait(minutes / 2)
        if visit.by_call and not visit.regret:
            return
        if desk.finish() and visit.regret and record.state == "finished":
            pace.wait(_AT_ONCE * self._floor.plan.scale)
            if desk.undo(record, self._floor.book.unfinished):
                desk.finish()

    def _hold(self, record: Record) -> bool:
        floor, hold = self._floor, record.visit.hold
        if hold is None or not self._desk.hold(hold.kind):
            return False
        goes_on = [self._desk.number]
        if hold.kind == "without_papers":
            goes_on = [number for number, handled in floor.scene.windows.items() if record.visit.service in handled]
        due = floor.scene.closing if hold.wakes else floor.pace.minute + hold.minutes
        window = _pick(goes_on or [self._desk.number], hold.pick)
        floor.held[window].append(OnHold(due, record, self._desk.number))
        return True

    def _pass_on(self, record: Record) -> bool:
        target = self._target(record)
        return target is not None and self._desk.transfer(target)

    def _target(self, record: Record) -> dict[str, Any] | None:
        """Another service, window or clerk; None where there is none."""
        scene, detour, here = self._floor.scene, record.visit.detour, self._desk.number
        if detour is None:
            return None
        how: dict[str, Any] = {"order": detour.order, "returns": detour.returns, "note": "请核对材料"}
        me = self._floor.clerk_of(here)
        services = [code for code in scene.services if code != record.visit.service]
        windows = [number for number in scene.windows if number != here]
        clerks = [name for name in dict.fromkeys(map(self._floor.clerk_of, scene.windows)) if name != me]
        if detour.goal is Goal.CLERK and clerks:
            return {**how, "to_staff": _pick(clerks, detour.pick)}
        if detour.goal is not Goal.SERVICE and windows:
            return {**how, "to_window": _pick(windows, detour.pick)}
        return {**how, "service": _pick(services, detour.pick)} if services else None


def _pick(choices: list[Any], at: float) -> Any:
    return choices[min(len(choices) - 1, int(at * len(choices)))]
