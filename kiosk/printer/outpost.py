"""The printers of one PC, driven by an agent there: jobs from the server, their fate back to it."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Any, Final

import gevent
from gevent.event import Event

from kiosk.printer.profile import PrinterProfile
from kiosk.printer.remote import HELD
from kiosk.printer.remote_desk import PATH, JobsInHand, RemoteDesk
from kiosk.printer.wire import Condition, ConditionsIn, PollIn, PollOut
from kiosk.printer.worker import PrinterWorker
from server.config.agent_file import AgentPrinter
from server.config.printer_address import is_serial
from server.device.outbox import Outbox
from server.device.polling import Polling
from server.device.printer_links import open_printer_link
from server.device.server_link import ServerAway, ServerLink, ServerRefuses
from server.device.uplink import Uplink

_log = logging.getLogger(__name__)
_PATIENCE: Final = HELD + 3.0
_ROUND: Final = 5.0
_LOOK: Final = 0.05


class Outpost:
    """`printers` by the names that the server's configuration gives them. `on_link` hears each change once: None when
    the server answers, or why it does not.
    """

    def __init__(
        self,
        name: str,
        link: ServerLink,
        outbox: Outbox,
        printers: Mapping[str, AgentPrinter],
        on_link: Callable[[str | None], None],
    ) -> None:
        self._about = {"agent": name, "run": secrets.token_hex(8)}
        self._link = link
        self._outbox = outbox
        self._uplink = Uplink(link, outbox, f"{PATH}/letters")
        self._jobs = JobsInHand(outbox)
        self._polling = Polling(self._poll, on_link)
        self._printers = printers
        self._by_link: dict[str, tuple[PrinterWorker, RemoteDesk]] = {}
        self._workers: dict[str, PrinterWorker] = {}
        self._turn = 0
        self._changed = Event()
        self._greenlets: list[gevent.Greenlet[..., Any]] = []

    def start(self) -> None:
        self._uplink.start()
        self._greenlets = [gevent.spawn(work) for work in (self._polling.run, self._tell_conditions, self._look_round)]

    def stop(self, grace: float) -> None:
        """Take nothing new; a slip that is being printed has `grace` seconds to end and to be told of."""
        gevent.killall(self._greenlets)
        self._jobs.close()
        until = time.monotonic() + grace
        while time.monotonic() < until and (self._jobs.under_way or self._outbox.waiting()):
            gevent.sleep(_LOOK)
        self._uplink.stop()
        for worker, _ in self._by_link.values():
            worker.stop()
        self._link.close()

    def _poll(self) -> None:
        self._turn += 1
        poll = PollIn(**self._about, turn=self._turn, holding=self._jobs.holding(), printers=self._conditions())
        self._take(PollOut.model_validate(self._link.call(f"{PATH}/poll", poll.model_dump(), _PATIENCE)))

    def _take(self, answer: PollOut) -> None:
        for name, profile in answer.profiles.items():
            if name in self._printers:
                self._fit(name, profile, timedelta(seconds=answer.too_old))
            elif self._polling.trouble is not None:  # once for each time that it connects
                _log.error("the server has a printer %s here, and this agent's file has none", name)
        for job in answer.jobs:
            if job.printer in self._workers:
                self._jobs.take(job)
                self._workers[job.printer].put(job.job)

    def _fit(self, name: str, profile: PrinterProfile, too_old: timedelta) -> None:
        """A worker for each printer, as the server describes it; two names for one link share theirs."""
        at = self._printers[name]
        if at.link not in self._by_link:
            desk = RemoteDesk(self._link, self._outbox, self._jobs, self._about, self._changed.set)
            baudrate = at.baudrate if is_serial(at.link) else None
            open_link = partial(open_printer_link, at.link, at.baudrate)
            worker = PrinterWorker(name, desk, open_link, profile, baudrate)
            self._by_link[at.link] = worker, desk
            worker.start()
            worker.look()
        worker, desk = self._by_link[at.link]
        worker.profile, desk.too_old = profile, too_old
        self._workers[name] = worker

    def _conditions(self) -> dict[str, Condition]:
        unknown = Condition(state="unknown")
        known = {name: Condition(**asdict(worker.condition)) for name, worker in self._workers.items()}
        return dict.fromkeys(self._printers, unknown) | known

    def _tell_conditions(self) -> None:
        """The next poll says it too: what gets lost here comes a few seconds later."""
        while True:
            self._changed.wait()
            self._changed.clear()
            told = ConditionsIn(**self._about, printers=self._conditions())
            try:
                self._link.call(f"{PATH}/conditions", told.model_dump(), _PATIENCE)
            except (ServerAway, ServerRefuses) as error:
                _log.info("conditions not told: %s", error)

    def _look_round(self) -> None:
        while True:
            gevent.sleep(_ROUND)
            for worker, _ in self._by_link.values():
                worker.look()
