"""What the staff does at a kiosk itself, behind its PIN."""

from __future__ import annotations

import logging

from flask import Response

from kiosk.api.blueprint import api, this_kiosk
from kiosk.messages import KioskPauseIn, PanelOut, PermitIn, UnlockIn
from kiosk.panel import check_permit, kiosk_today, unlock
from kiosk.pausing import paused_kiosks
from server.messages import ErrorOut
from server.web.answer import answer
from server.web.context import context

_log = logging.getLogger(__name__)


@api.post("/kiosk/unlock", responses={"200": PanelOut, "403": ErrorOut, "429": ErrorOut})
def unlock_panel(body: UnlockIn) -> Response:
    """Open the panel. 403 for a wrong PIN, 429 after five of them within a minute."""
    kiosk = this_kiosk().place
    return _panel(kiosk, unlock(context().settings, kiosk, body.pin))


@api.post("/kiosk/panel", responses={"200": PanelOut, "403": ErrorOut, "429": ErrorOut})
def panel(body: PermitIn) -> Response:
    """The panel anew."""
    kiosk = this_kiosk().place
    check_permit(kiosk, body.permit)
    return _panel(kiosk, body.permit)


@api.post("/kiosk/pause", responses={"200": PanelOut, "403": ErrorOut, "429": ErrorOut})
def pause(body: KioskPauseIn) -> Response:
    """暂停取号, 恢复取号 of this kiosk."""
    kiosk = this_kiosk().place
    check_permit(kiosk, body.permit)
    paused_kiosks().set(kiosk, paused=body.paused)
    _log.warning("kiosk %s: %s by the staff at it", kiosk, "paused" if body.paused else "giving numbers again")
    return _panel(kiosk, body.permit)


def _panel(kiosk: str, permit: str) -> Response:
    states = context().device_states()
    printer = next((s for s in states if s["kind"] == "printer" and s["id"] == kiosk), None)
    today = context().hall.read(lambda state: kiosk_today(state, kiosk))
    return answer(
        PanelOut(
            permit=permit,
            paused=kiosk in paused_kiosks(),
            printer={key: printer[key] for key in ("state", "reason", "paper")} if printer else {"state": "none"},
            **today,
        )
    )
