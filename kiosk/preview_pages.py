"""`/printing/preview`: what the slips look like, for whoever sets up printers and templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import gevent
from flask import render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from kiosk.pages import pages
from kiosk.preview import PrinterChoice, Shown, choices, look_at
from kiosk.slip.compose import Paper
from kiosk.slip.fonts import FontMissing
from kiosk.slip.paper import look_of
from kiosk.slip.samples import Sample, sample
from kiosk.slip.words import Names
from server.hall.printing import Slip
from server.messages.slips import SlipContent, TicketSlip
from server.web.access import staff
from server.web.context import context
from server.web.errors import Refused
from server.web.login import login_page

__all__ = ["pages"]

Choice = TypeVar("Choice", Slip, Sample)

_SLIPS = {
    Slip.TICKET: _l("Ticket"),
    Slip.APPOINTMENT: _l("Booking slip"),
    Slip.MISSING_DOCUMENTS: _l("Notice of missing documents"),
    Slip.RECEIPT: _l("Receipt of application"),
    Slip.DAY: _l("Summary of the day"),
    Slip.SELF_TEST: _l("Printer test"),
}
_SAMPLES = {
    Sample.USUAL: _l("As usual"),
    Sample.FULL: _l("All that there can be, long names"),
    Sample.SPARE: _l("As little as there can be"),
}
_OTHERS = {
    "native": _l("%(width)s mm"),
    "drawn": _l("%(width)s mm, without a Chinese font"),
    "hybrid": _l("%(width)s mm, drawn number"),
}


@pages.get("/printing/preview")
def preview() -> Any:
    """The chosen slip on the chosen printer's paper. Templates are read anew each time."""
    running = context()
    if staff() is None:
        return login_page(gettext("Slips on paper"), gettext("For staff: see what the printers will print"))
    settings = running.settings
    printers = choices(settings)
    slip = _chosen(request.args.get("slip"), Slip, Slip.TICKET)
    which = _chosen(request.args.get("sample"), Sample, Sample.USUAL)
    wanted = request.args.get("printer", "")
    printer = wanted if wanted in printers else next(iter(printers))
    marked = request.args.get("copy") == "yes"
    paper = Paper(slip, _as_printed(sample(slip, which)), look_of(settings), marked=marked, nth=2)
    return render_template(
        "kiosk/preview.html",
        hall=settings.hall,
        slips=[(kind.value, name, kind is slip) for kind, name in _SLIPS.items()],
        samples=[(kind.value, name, kind is which) for kind, name in _SAMPLES.items()],
        printers=[(name, _printer_name(name, Names(settings)), name == printer) for name in printers],
        marked=marked,
        shown=_shown(paper, printers, printer),
    )


def _shown(paper: Paper, printers: Mapping[str, PrinterChoice], printer: str) -> Shown:
    try:
        shown: Shown = gevent.get_hub().threadpool.apply(look_at, (paper, printers[printer]))
    except FontMissing:
        raise Refused(503, "font_missing") from None
    return shown


def _as_printed(content: SlipContent) -> SlipContent:
    """Without what the hall does not know yet: the samples have it so that templates are tried with it."""
    return content.model_copy(update={"wait": None}) if isinstance(content, TicketSlip) else content


def _chosen(value: str | None, kinds: type[Choice], default: Choice) -> Choice:
    return next((kind for kind in kinds if kind.value == value), default)


def _printer_name(name: str, names: Names) -> str:
    width, _, ability = name.partition("-")
    if ability in _OTHERS and width.isdigit():
        return str(_OTHERS[ability]) % {"width": width}
    return names.printer(name)
