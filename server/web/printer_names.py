"""Whether a printer of that name can be asked to print."""

from __future__ import annotations

from server.config import Settings
from server.config.printers import PrinterSettings
from server.hall.printing import printer_window
from server.web.errors import Refused


def named_printer(settings: Settings, name: str) -> PrinterSettings:
    """Raises Refused: 404 where there is no such place, 409 where the place has no printer."""
    found = settings.printers().get(name)
    if found is not None:
        return found
    window = printer_window(name)
    known = any(kiosk.id == name for kiosk in settings.kiosks) or any(w.number == window for w in settings.windows)
    raise Refused(409, "no_printer") if known else Refused(404, "not_found")
