"""`/api/v1/announcements`: 广播, for leaders only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from server.bulletin.api.blueprint import api, do, known_zones
from server.bulletin.messages import AnnounceIn, AnnouncementOut, AnnouncementPath, AnnouncementsOut
from server.hall import commands as cmd
from server.hall.facts import AnnouncementFacts, announcement_facts
from server.web.access import leader
from server.web.answer import answer
from server.web.context import context


@api.get("/announcements", responses={"200": AnnouncementsOut})
def announcements() -> Any:
    """Today's."""
    leader()
    found = context().hall.read(lambda state: [announcement_facts(made) for made in state.announcements.values()])
    return answer(AnnouncementsOut(announcements=[_out(facts) for facts in found]))


@api.post("/announcements", responses={"201": AnnouncementOut})
def announce(body: AnnounceIn) -> Any:
    """Spoken and shown from now on. 409 `too_many_announcements` while five are shown."""
    person = leader()
    zones, lasts = known_zones(body.zones), timedelta(minutes=body.minutes)
    facts = do(cmd.Announce(body.kind, body.text, zones, body.times, lasts, person.username))
    return answer(_out(facts), 201)


@api.post("/announcements/<id>/end", responses={"200": AnnouncementOut})
def end(path: AnnouncementPath) -> Any:
    """结束, at once; one that is over already stays as it is."""
    return answer(_out(do(cmd.EndAnnouncement(path.id, leader().username))))


def _out(facts: AnnouncementFacts) -> AnnouncementOut:
    return AnnouncementOut(**facts, showing=context().hall.clock() < datetime.fromisoformat(facts["ends"]))
