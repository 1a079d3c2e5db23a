"""The pads of one PC, served by an agent there: what to show from the server, presses to it."""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

import gevent
from pydantic import ValidationError

from evaluator.dialects.choosing import own_dialect
from evaluator.pad_agent import Pads
from evaluator.pad_memory import Known, PadMemory, Told
from evaluator.remote import HELD
from evaluator.session import Showing, Sign
from evaluator.wire import PATH, Goal, PadsPollIn, PadsPollOut, PadsSaid, PadState
from server.config.agent_file import AgentPad
from server.config.devices import PadSettings
from server.device.bus import Buses
from server.device.outbox import Outbox
from server.device.polling import Polling
from server.device.server_link import ServerLink
from server.device.steady import steady_time
from server.device.template_file import TemplateMistake
from server.device.uplink import Uplink
from server.hall.commands import PressKey

_log = logging.getLogger(__name__)
_PATIENCE: Final = HELD + 2.0
_REMEMBERED: Final = 1000


class RemoteDesk:
    """The hall as far as this PC has heard of it. See PadDesk."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._told: dict[int, Told] = {}
        self._kept: OrderedDict[str, bool] = OrderedDict()
        self._answered: dict[int, str] = {}
        for letter in outbox.waiting():
            with suppress(ValidationError):  # of another version: the server will judge it
                self._note_answer(PadsSaid.model_validate(letter.body).press)

    def wanted(self, window: int) -> Showing | None:
        """See PadDesk.wanted. Nobody is asked who has answered, be it that the server has not heard of it yet."""
        told = self._told.get(window)
        if told is None:
            return None
        showing = told.showing
        is_over = told.until is not None and steady_time().ticks >= told.until
        if showing.sign is Sign.ASK and (is_over or self._answered.get(window) == showing.evaluation):
            return replace(showing, sign=Sign.IDLE, evaluation="")
        return showing

    def store(self, press: PressKey, press_id: str) -> bool:
        """See PadDesk.store. What the full disk did not take is safe once the server has it."""
        if press_id not in self._kept:
            self._kept[press_id] = self._outbox.put(PadsSaid(press=press, at=steady_time()).model_dump(mode="json"))
            if len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
            self._note_answer(press)
        return self._kept[press_id] or not self._outbox.waiting()

    def _note_answer(self, press: PressKey) -> None:
        if press.level is not None and press.asked:
            self._answered[press.window] = press.asked

    @property
    def told(self) -> dict[int, Told]:
        """By window, what the server has told last."""
        return dict(self._told)

    def shows(self) -> dict[int, Showing]:
        """By window, what of that is to be shown."""
        return {window: told.showing for window, told in self._told.items()}

    def take(self, goals: Mapping[int, Goal]) -> list[float]:
        """What the pads should show from now on. Answers after how many seconds an invitation among it is over."""
        ends = []
        for window, goal in goals.items():
            told = self._told.get(window)
            if told is not None and told.showing == goal.showing:
                continue
            until = None if goal.lasts is None else steady_time().ticks + goal.lasts
            self._told[window] = Told(showing=goal.showing, until=until)
            ends += [] if goal.lasts is None else [max(0.0, goal.lasts)]
        return ends

    def recall(self, known: Known) -> list[float]:
        """What the server told an earlier life of this process; answers as `take`.

        Once the PC was started anew nobody knows how long ago that was, nor who is at the window now: nobody is asked.
        """
        now = steady_time()
        if known.boot != now.boot:
            self._told = {window: Told(showing=Showing(Sign.IDLE)) for window in known.told}
            return []
        self._told = dict(known.told)
        return [max(0.0, told.until - now.ticks) for told in known.told.values() if told.until is not None]


class PadOutpost:
    """`pads` by their windows, served as `memory` knows them until the server answers.

    `on_link` hears each change once: None when the server answers, or why it does not.
    """

    def __init__(
        self,
        name: str,
        link: ServerLink,
        outbox: Outbox,
        memory: PadMemory,
        pads: Mapping[int, AgentPad],
        on_link: Callable[[str | None], None],
    ) -> None:
        self._about = {"agent": name, "run": secrets.token_hex(8)}
        self._link = link
        self._uplink = Uplink(link, outbox, f"{PATH}/letters", steady_time)
        self._polling = Polling(self._poll, on_link)
        self._memory = memory
        self._at = pads
        self._desk = RemoteDesk(outbox)
        self._buses = Buses()
        self._settings: list[PadSettings] = []
        self._pads = Pads(self._desk, [], own_dialect, self._buses)
        self._taken_back: dict[str, bool | None] = {}
        self._turn = 0
        self._running: gevent.Greenlet[..., Any] | None = None

    def start(self) -> None:
        if (known := self._memory.read()) is not None:
            self._recall(known)
        self._uplink.start()
        self._running = gevent.spawn(self._polling.run)

    def stop(self) -> None:
        """What is not told yet is on the disk."""
        if self._running is not None:
            self._running.kill()
        self._pads.stop()
        self._uplink.stop()
        self._link.close()

    def _poll(self) -> None:
        self._turn += 1
        known = {pad["window"]: PadState.of(pad["state"], pad["reason"]) for pad in self._pads.states()}
        poll = PadsPollIn(
            **self._about,
            turn=self._turn,
            now=steady_time(),
            shows=self._desk.shows(),
            pads=known,
            taken_back=self._taken_back,
        )
        self._take(PadsPollOut.model_validate(self._link.call(f"{PATH}/poll", poll.model_dump(mode="json"), _PATIENCE)))

    def _take(self, answer: PadsPollOut) -> None:
        before = self._desk.shows()
        ends = self._desk.take(answer.goals)
        self._fit(answer.pads)
        if self._desk.shows() != before:
            self._look()
        self._look_at(ends)
        self._taken_back = {
            mark: self._taken_back[mark] if mark in self._taken_back else self._pads.take_back("pad", str(window))
            for mark, window in answer.take_back.items()
        }
        self._memory.write(answer.pads, self._desk.told)

    def _recall(self, known: Known) -> None:
        ends = self._desk.recall(known)
        try:
            self._serve(known.pads)
        except ValidationError as error:
            _log.warning(
                "the pads wait for the server, this agent's file has changed: %s mistakes", error.error_count()
            )
        self._look_at(ends)

    def _look_at(self, ends: list[float]) -> None:
        for seconds in ends:
            gevent.spawn_later(seconds, self._look)

    def _look(self) -> None:
        self._pads.look()

    def _fit(self, pads: list[PadSettings]) -> None:
        """The pads as the server describes them. Raises as `_serve`."""
        for pad in pads:
            if pad.window not in self._at and self._polling.trouble is not None:  # once for each time that it connects
                _log.error("the server has a pad at window %s here, and this agent's file has none", pad.window)
        self._serve(pads)

    def _serve(self, pads: list[PadSettings]) -> None:
        """Those of the pads that are on a line of this PC, there. Raises ValidationError as `_here`."""
        settings = [_here(pad, self._at[pad.window]) for pad in pads if pad.window in self._at]
        if settings != self._settings:
            self._pads.stop()
            self._settings = settings
            known = [pad for pad in settings if _can_be_spoken_to(pad)]
            self._pads = Pads(self._desk, known, own_dialect, self._buses)
            self._pads.start()


def _here(pad: PadSettings, at: AgentPad) -> PadSettings:
    """Raises ValidationError for a kind of pad that cannot be on such a line."""
    return PadSettings.model_validate(pad.model_dump() | {"link": at.link, "baudrate": at.baudrate})


def _can_be_spoken_to(pad: PadSettings) -> bool:
    try:
        own_dialect(pad)
    except TemplateMistake as error:
        _log.error("the pad at window %s cannot be served: %s: %s", pad.window, pad.template, error)
        return False
    return True
