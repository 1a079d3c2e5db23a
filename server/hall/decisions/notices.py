"""通知, 值班 and 广播: what a leader puts on the screens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.announcement import LASTS_LONGEST, LONGEST_ANNOUNCEMENT, MOST_ANNOUNCEMENTS, MOST_TIMES
from server.hall.calendar import business_day
from server.hall.decisions.decision import Decision, Now, drawn
from server.hall.errors import (
    AlreadyOver,
    AnnouncementBounds,
    BadSpan,
    DutyUnclear,
    RosterOutOfReach,
    StaleRoster,
    TextLength,
    TooManyAnnouncements,
    TooManyDuties,
    TooManyNotices,
)
from server.hall.facts import announcement_facts, notice_facts, roster_facts
from server.hall.notice import LONGEST_NOTICE, MOST_NOTICES
from server.hall.roster import LONGEST_NAME, MOST_DUTIES, Duty, DutyRole
from server.hall.state import HallState

_FARTHEST = timedelta(days=5 * 366)
_ROSTER_AHEAD = timedelta(days=366)


def post_notice(state: HallState, command: cmd.PostNotice, now: Now) -> Decision:
    if command.id is None and len(state.notices) >= MOST_NOTICES:
        raise TooManyNotices(most=MOST_NOTICES)
    notice = _name(state, now, "N") if command.id is None else state.notice(command.id).id
    text = _checked_text(command.text, LONGEST_NOTICE)
    _check_span(command.starts, command.ends, now.at)
    if command.id is None and command.ends is not None and command.ends <= now.at:
        raise AlreadyOver
    event = ev.NoticePosted(
        at=now.at,
        staff=command.staff,
        notice=notice,
        text=text,
        starts=_in_utc(command.starts),
        ends=_in_utc(command.ends),
        zones=tuple(dict.fromkeys(command.zones)),
    )
    return Decision([event], lambda: notice_facts(state.notices[notice]))


def withdraw_notice(state: HallState, command: cmd.WithdrawNotice, now: Now) -> Decision:
    notice = state.notice(command.id)
    return Decision([ev.NoticeWithdrawn(at=now.at, staff=command.staff, notice=notice.id)])


def set_roster(state: HallState, command: cmd.SetRoster, now: Now) -> Decision:
    today = business_day(now.at, state.plan.zone)
    if not today <= command.day <= today + _ROSTER_AHEAD:
        raise RosterOutOfReach(day=command.day.isoformat())
    stands = state.roster.get(command.day)
    if command.seen is not None and command.seen != (stands.revision if stands else 0):
        raise StaleRoster(day=command.day.isoformat())
    if len(command.duties) > MOST_DUTIES:
        raise TooManyDuties(most=MOST_DUTIES)
    for duty in command.duties:
        _check_duty(state, duty)
    event = ev.RosterSet(at=now.at, staff=command.staff, day=command.day, duties=command.duties)
    return Decision([event], lambda: roster_facts(command.day, state.roster.get(command.day)))


def announce(state: HallState, command: cmd.Announce, now: Now) -> Decision:
    text = _checked_text(command.text, LONGEST_ANNOUNCEMENT)
    if not (1 <= command.times <= MOST_TIMES and timedelta(0) < command.lasts <= LASTS_LONGEST):
        raise AnnouncementBounds(most=MOST_TIMES)
    if sum(made.showing(now.at) for made in state.announcements.values()) >= MOST_ANNOUNCEMENTS:
        raise TooManyAnnouncements(most=MOST_ANNOUNCEMENTS)
    announcement = _name(state, now, "G")
    event = ev.AnnouncementMade(
        at=now.at,
        staff=command.staff,
        announcement=announcement,
        urgency=command.kind,
        text=text,
        ends=now.at + command.lasts,
        times=command.times,
        zones=tuple(dict.fromkeys(command.zones)),
    )
    return Decision([event], lambda: announcement_facts(state.announcements[announcement]))


def end_announcement(state: HallState, command: cmd.EndAnnouncement, now: Now) -> Decision:
    made = state.announcement(command.id)
    ended = ev.AnnouncementEnded(at=now.at, staff=command.staff, announcement=made.id)
    return Decision([ended] if made.showing(now.at) else [], lambda: announcement_facts(state.announcement(made.id)))


def _name(state: HallState, now: Now, letter: str) -> str:
    return f"{state.plan.local(now.at):%y%m%d}{letter}{drawn(now.nonce, 10**9):09d}"


def _checked_text(text: str, longest: int) -> str:
    """On one line, as it is shown. Raises TextLength."""
    line = " ".join(text.split())
    if not 1 <= len(line) <= longest:
        raise TextLength(most=longest)
    return line


def _check_span(starts: datetime | None, ends: datetime | None, now: datetime) -> None:
    """Raises BadSpan, before anything is reckoned with them: a clock's very first and last times cannot be."""
    near = all(at is None or now - _FARTHEST < at < now + _FARTHEST for at in (starts, ends))
    if not near or (starts is not None and ends is not None and ends <= starts):
        raise BadSpan


def _in_utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)


def _check_duty(state: HallState, duty: Duty) -> None:
    """Raises UnknownWindow, DutyUnclear or TextLength."""
    if (duty.window is not None) != (duty.role is DutyRole.WINDOW):
        raise DutyUnclear
    if duty.window is not None:
        state.window(duty.window)
    elif not duty.name.strip():
        raise DutyUnclear
    if max(len(words) for words in (duty.name, duty.post, duty.phone)) > LONGEST_NAME:
        raise TextLength(most=LONGEST_NAME)
