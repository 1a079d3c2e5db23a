"""`/api/v1/announcements`: 广播, for leaders only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from server.bulletin.api.blueprint import api, do, known_zones
from server.bulletin.messages import AnnounceIn, AnnouncementOut, AnnouncementPath, AnnouncementsOut
from server.bulletin.shown import shown_announcement
from server.hall import commands as cmd
from server.hall.facts import AnnouncementFacts, announcement_facts
from server.voice.hints import UnreadableTextError, plain
from server.web.access import leader
from server.web.answer import answer
from server.web.context import context
from server.web.errors import Refused


@api.get("/announcements", responses={"200": AnnouncementsOut})
def announcements() -> Any:
    """Today's."""
    leader()
    found = context().hall.read(lambda state: [announcement_facts(made) for made in state.announcements.values()])
    return answer(AnnouncementsOut(announcements=[_out(facts) for facts in found]))


@api.post("/announcements", responses={"201": AnnouncementOut})
def announce(body: AnnounceIn) -> Any:
    """Spoken and shown from now on. 409 `too_many_announcements` while five are shown.

    The voice reads 重{chong2}庆 as it is told; people read 重庆. 400 `unreadable_text` for braces that hold no pinyin.
    """
    person = leader()
    _check_hints(body.text)
    zones, lasts = known_zones(body.zones), timedelta(minutes=body.minutes)
    facts = do(cmd.Announce(body.kind, body.text, zones, body.times, lasts, person.username))
    return answer(_out(facts), 201)


@api.post("/announcements/<id>/end", responses={"200": AnnouncementOut})
def end(path: AnnouncementPath) -> Any:
    """结束, at once; one that is over already stays as it is."""
    return answer(_out(do(cmd.EndAnnouncement(path.id, leader().username))))


def _check_hints(text: str) -> None:
    """Raises Refused, which says where."""
    try:
        plain(text)
    except UnreadableTextError as error:
        raise Refused(400, "unreadable_text", [f"text: {error}"]) from None


def _out(facts: AnnouncementFacts) -> AnnouncementOut:
    return AnnouncementOut(
        **shown_announcement(facts), showing=context().hall.clock() < datetime.fromisoformat(facts["ends"])
    )
