"""`/api/v1/notices`: 通知, for leaders only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response

from server.bulletin.api.blueprint import api, do, known_zones
from server.bulletin.messages import FixedNoticeOut, NoticeIdPath, NoticeIn, NoticeOut, NoticesOut
from server.config import Settings
from server.hall import commands as cmd
from server.hall.facts import NoticeFacts, notice_facts
from server.web.access import leader
from server.web.answer import answer
from server.web.context import context


@api.get("/notices", responses={"200": NoticesOut})
def notices() -> Any:
    """Those that were posted, the oldest first, and those of the configuration."""
    leader()
    hall = context().hall
    now = hall.clock()
    found = hall.read(lambda state: [notice_facts(notice) for notice in state.notices.values()])
    return answer(NoticesOut(notices=[_out(facts, now) for facts in found], fixed=fixed_notices(context().settings)))


@api.post("/notices", responses={"201": NoticeOut})
def post_notice(body: NoticeIn) -> Any:
    """A new notice. 409 `too_many_notices` when there are 50."""
    return answer(_posted(None, body), 201)


@api.put("/notices/<id>", responses={"200": NoticeOut})
def change_notice(path: NoticeIdPath, body: NoticeIn) -> Any:
    """Another text, time or place. A zone that the configuration has no more may stay."""
    return answer(_posted(path.id, body))


@api.delete("/notices/<id>", responses={"204": None})
def withdraw_notice(path: NoticeIdPath) -> Any:
    """撤下. 404 `unknown_notice` when it is not there any more."""
    do(cmd.WithdrawNotice(path.id, leader().username))
    return Response(status=204)


def fixed_notices(settings: Settings) -> list[FixedNoticeOut]:
    return [
        FixedNoticeOut(display=display.id, name=display.name, text=text)
        for display in settings.displays
        for text in display.notices
    ]


def _posted(notice: str | None, body: NoticeIn) -> NoticeOut:
    person = leader()
    before = context().hall.read(lambda state: state.notices.get(notice or ""))
    zones = known_zones(body.zones, before.zones if before else ())
    facts = do(cmd.PostNotice(notice, body.text, body.starts, body.ends, zones, person.username))
    return _out(facts, context().hall.clock())


def _out(facts: NoticeFacts, now: datetime) -> NoticeOut:
    return NoticeOut(**facts, state=_state(facts, now))


def _state(facts: NoticeFacts, now: datetime) -> str:
    if facts["ends"] is not None and datetime.fromisoformat(facts["ends"]) <= now:
        return "ended"
    if facts["starts"] is not None and now < datetime.fromisoformat(facts["starts"]):
        return "coming"
    return "showing"
