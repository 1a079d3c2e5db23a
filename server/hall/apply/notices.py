"""Notices, rosters and announcements: posted, changed, taken down."""

from __future__ import annotations

from dataclasses import replace

from server.hall import events as ev
from server.hall.announcement import Announcement
from server.hall.apply.registry import applies
from server.hall.notice import Notice
from server.hall.roster import Roster
from server.hall.state import HallState


@applies(ev.NoticePosted)
def _posted(state: HallState, event: ev.NoticePosted) -> None:
    before = state.notices.get(event.notice)
    state.notices[event.notice] = Notice(
        id=event.notice,
        text=event.text,
        starts=event.starts,
        ends=event.ends,
        zones=event.zones,
        posted_at=before.posted_at if before else event.at,
        staff=event.staff or "",
    )


@applies(ev.NoticeWithdrawn)
def _withdrawn(state: HallState, event: ev.NoticeWithdrawn) -> None:
    del state.notices[event.notice]


@applies(ev.RosterSet)
def _roster_set(state: HallState, event: ev.RosterSet) -> None:
    if event.duties:
        state.roster[event.day] = Roster(event.duties, state.seq)
    else:
        state.roster.pop(event.day, None)


@applies(ev.AnnouncementMade)
def _made(state: HallState, event: ev.AnnouncementMade) -> None:
    state.announcements[event.announcement] = Announcement(
        id=event.announcement,
        kind=event.urgency,
        text=event.text,
        zones=event.zones,
        times=event.times,
        at=event.at,
        ends=event.ends,
        staff=event.staff or "",
    )


@applies(ev.AnnouncementEnded)
def _ended(state: HallState, event: ev.AnnouncementEnded) -> None:
    made = state.announcements[event.announcement]
    state.announcements[event.announcement] = replace(made, ends=event.at)
