"""What the leader's room follows live: everything that was posted, rostered and announced."""

from __future__ import annotations

from typing import Any

from server.bulletin.shown import shown_announcement
from server.hall.facts import announcement_facts, duty_facts, notice_facts
from server.hall.state import HallState


def bulletin_view(state: HallState) -> dict[str, Any]:
    """`rosters`: those of each day that has any. What shows now follows from the times."""
    return {
        "day": state.day.isoformat() if state.day else None,
        "notices": [notice_facts(notice) for notice in state.notices.values()],
        "rosters": {
            day.isoformat(): {"revision": roster.revision, "duties": [duty_facts(duty) for duty in roster.duties]}
            for day, roster in state.roster.items()
        },
        "announcements": [shown_announcement(announcement_facts(made)) for made in state.announcements.values()],
    }
