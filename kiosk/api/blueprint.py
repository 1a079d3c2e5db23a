"""Where the kiosk's calls are registered, and what they have in common."""

from __future__ import annotations

from flask_openapi3 import APIBlueprint

from kiosk.pausing import paused_kiosks
from server.config.printers import PrinterSettings
from server.hall.printing import printer_window
from server.messages import ErrorOut
from server.web.access import device
from server.web.context import context
from server.web.devices import Device, Kind
from server.web.errors import Refused

api = APIBlueprint(
    "tickets",
    __name__,
    url_prefix="/api/v1",
    abp_responses={"400": ErrorOut, "401": ErrorOut, "404": ErrorOut, "409": ErrorOut, "503": ErrorOut},
)


def this_kiosk() -> Device:
    """The kiosk that asks. Raises Refused for anybody else."""
    kiosk = device(Kind.KIOSK)
    if kiosk is None:
        raise Refused(401, "device_unknown")
    return kiosk


def check_giving(kiosk: Device) -> None:
    """Raises Refused while the staff has paused this kiosk."""
    if kiosk.place in paused_kiosks():
        raise Refused(409, "kiosk_paused")


def check_printer(name: str) -> PrinterSettings:
    """The printer of that name. Raises Refused: 404 for no such place, 409 for a place that has no printer."""
    settings = context().settings
    found = settings.printers().get(name)
    if found is not None:
        return found
    window = printer_window(name)
    known = any(kiosk.id == name for kiosk in settings.kiosks) or any(w.number == window for w in settings.windows)
    raise Refused(409, "no_printer") if known else Refused(404, "not_found")


def has_printer(place: str) -> bool:
    return any(kiosk.id == place and kiosk.printer is not None for kiosk in context().settings.kiosks)
