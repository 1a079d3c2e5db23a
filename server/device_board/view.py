"""What the device board shows, from the devices' states and the hall's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from server.config import Settings
from server.config.printer_address import (
    AgentAddress,
    CupsAddress,
    FileAddress,
    SerialAddress,
    TcpAddress,
    UsbAddress,
    parse_printer,
)
from server.config.printers import PrinterSettings
from server.device_board.pending import may_come_again, pending_prints
from server.device_board.since import Since
from server.hall.printing import ENDED, PrintJob, PrintState, Slip
from server.hall.state import HallState
from server.messages import (
    DeviceOut,
    DevicesOut,
    LastPrintOut,
    LinkOut,
    PendingPrintOut,
    PendingPrintsOut,
    PrintCountsOut,
    PrinterOut,
)
from server.web.alerts import alerts
from server.web.placed import Placed, placed, printer_place
from server.web.print_counts import print_counts

_LINKS: Final[dict[type, str]] = {
    TcpAddress: "tcp",
    SerialAddress: "serial",
    FileAddress: "file",
    UsbAddress: "usb",
    CupsAddress: "cups",
    AgentAddress: "agent",
}
_NO_DETAIL: Final = "not_connected"
"""A reason that tells nothing beyond the state."""
_MOST: Final = 40
"""Papers listed: more than a person would look through."""


def devices_view(
    state: HallState, settings: Settings, states: list[dict[str, Any]], since: Since, now: datetime, *, whole: bool
) -> DevicesOut:
    """`states` of every device, as the agents tell; `whole` for leaders, who may see where on the network they are."""
    devices = placed(states, settings)
    printers = [device for device in devices if device.kind == "printer"]
    others = [device for device in devices if device.kind != "printer"]
    counts, last = print_counts(state), _last_prints(state.prints.values())
    ready = {name for printer in printers if printer.state != "blocked" for name in printer.ids}
    pending = pending_prints(state, now)
    return DevicesOut(
        alerts=alerts(states, settings),
        printers=[_printer(printer, state, settings, since, counts, last, whole) for printer in printers],
        devices=[_device(device, states, since, whole) for device in others],
        pending=PendingPrintsOut(
            total=len(pending), newest=[_pending(job, state, settings, ready) for job in pending[:_MOST]]
        ),
    )


def _printer(
    printer: Placed,
    state: HallState,
    settings: Settings,
    since: Since,
    counts: dict[str, Counter[PrintState]],
    last: dict[str, PrintJob],
    whole: bool,
) -> PrinterOut:
    found = settings.printers().get(printer.ids[0])
    total = sum((counts.get(name, Counter()) for name in printer.ids), Counter[PrintState]())
    latest = max((last[name] for name in printer.ids if name in last), key=lambda job: job.id, default=None)
    return PrinterOut(
        id=printer.ids[0],
        places=list(printer.places),
        state=printer.state,
        reason=printer.reason,
        since=_moment(since, printer),
        paper=printer.paper,
        cover=printer.cover,
        width=found.width if found else None,
        link=_link(found, whole) if found else None,
        last=_last(latest, state) if latest else None,
        jobs=_counts(total),
    )


def _device(device: Placed, states: Iterable[dict[str, Any]], since: Since, whole: bool) -> DeviceOut:
    return DeviceOut(
        kind=device.kind,
        id=device.ids[0],
        places=list(device.places),
        state=device.state,
        since=_moment(since, device),
        detail=device.reason if whole and device.reason != _NO_DETAIL else None,
        shut_out=(device.state, device.reason) == ("blocked", "chattering"),
    )


def _moment(since: Since, device: Placed) -> str | None:
    found = since.of(*device.key)
    return found.isoformat() if found else None


def _link(printer: PrinterSettings, whole: bool) -> LinkOut:
    return LinkOut(kind=_LINKS[type(parse_printer(printer.link))], address=printer.link if whole else None)


def _last_prints(jobs: Iterable[PrintJob]) -> dict[str, PrintJob]:
    """What was printed last, or tried last, at each printer."""
    return {job.printer: job for job in jobs}


def _last(job: PrintJob, state: HallState) -> LastPrintOut:
    return LastPrintOut(
        slip=job.slip.value, number=_number(job, state), state=job.state.value, at=job.changed_at.isoformat()
    )


def _counts(counted: Counter[PrintState]) -> PrintCountsOut:
    ended = {end.value: counted[end] for end in ENDED}
    return PrintCountsOut(**ended, under_way=counted.total() - sum(ended.values()))


def _pending(job: PrintJob, state: HallState, settings: Settings, ready: set[str]) -> PendingPrintOut:
    return PendingPrintOut(
        job=job.id,
        slip=job.slip.value,
        ticket=job.ticket,
        number=_number(job, state),
        places=[printer_place(job.printer, settings)],
        state=job.state.value,
        reason=job.reason,
        at=job.changed_at.isoformat(),
        again=_again(job),
        ready=job.printer in ready,
    )


def _again(job: PrintJob) -> str | None:
    """Where 补打 is asked for."""
    if not may_come_again(job):
        return None
    return f"/api/v1/tickets/{job.ticket}/reprint" if job.slip is Slip.TICKET else f"/api/v1/slips/{job.id}/again"


def _number(job: PrintJob, state: HallState) -> str | None:
    return state.tickets[job.ticket].number if job.ticket is not None else None
