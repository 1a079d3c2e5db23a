"""Serial lines that several devices share, such as the pads and the LED strips of a row of windows.

A line is opened once. Each device has a participant of ours that is blind to the others: it hears every byte and picks
out its own frames, and it sends when it is its turn.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final, Protocol

import gevent

from server.device.bus_line import BusLine
from server.device.lines import open_line as open_any
from server.device.link import LineLink, LinkError, LinkLost
from server.device.supervisor import LinkState, Supervisor

_log = logging.getLogger(__name__)
_GRACE: Final = 2.0
_BEGIN_AGAIN: Final = 1.0
"""Seconds after a mistake in one participant's work until it begins anew."""
_BREATH: Final = 64
"""Bytes heard at a stretch: what a line has saved up while the server was busy must not hold up everybody else."""

OpenLine = Callable[[str, int], LineLink]


class Talk(Protocol):
    """A participant's part in one life of the line, from its opening to its loss."""

    def hear(self, byte: bytes, tick: float) -> int:
        """The next byte, read at `tick` (steady clock). Must not wait.

        Answers how many of the latest bytes, this one included, are a sound frame of this participant's framing, be it
        for another address; 0 while there is none.
        """

    def disown(self, count: int) -> None:
        """The latest `count` bytes heard were a frame of another framing: no part of anything, and no garbage."""

    def run(self) -> None:
        """Work until told that the line is lost; then end with that LinkError, or with one from the line.

        Any other exception is a mistake of this participant's alone: it begins anew, and the others go on.
        """

    def lost(self, error: LinkError) -> None:
        """The line is gone: `run` has to end once it has finished what it has in hand. Does not wait."""


class Participant(Protocol):
    """One device of the hall on a shared line."""

    @property
    def name(self) -> str:
        """For the log."""

    def begin(self, line: BusLine) -> Talk:
        """The line is open from now on. Must not wait."""

    def note(self, state: LinkState) -> None:
        """How the line is."""


class Seat:
    """A participant's place at its line."""

    def __init__(self, bus: Bus, participant: Participant) -> None:
        self.participant = participant
        self.talk: Talk | None = None
        self.worker: gevent.Greenlet[..., Any] | None = None
        self._bus = bus

    def leave(self) -> None:
        """Leave the line to the others; the last one closes it. `join` waits for what is in hand."""
        self._bus.leave(self)

    def join(self) -> None:
        if self.worker is not None:
            self.worker.join(_GRACE)
        self._bus.join()


class Bus:
    """One line, open while somebody has a seat at it."""

    def __init__(self, link: str, baudrate: int, open_line: OpenLine = open_any) -> None:
        self.abandoned = False
        self._baudrate = baudrate
        self._seats: list[Seat] = []
        self._line: BusLine | None = None
        self._fault: LinkError | None = None
        self._state = LinkState(link, online=False, reason="not opened")
        self._supervisor = Supervisor(lambda: open_line(link, baudrate), self._serve, name=link, on_state=self._note)
        self._greenlet: gevent.Greenlet[..., Any] | None = None

    def take_seat(self, participant: Participant) -> Seat:
        """Open the line, or join those who use it."""
        seat = Seat(self, participant)
        self._seats.append(seat)
        participant.note(self._state)
        if self._line is not None:
            self._begin(seat, self._line)
        if self._greenlet is None:
            self._greenlet = gevent.spawn(self._supervisor.run)
        return seat

    def leave(self, seat: Seat) -> None:
        """See Seat.leave. Leaving twice is harmless."""
        if seat not in self._seats:
            return
        self._seats.remove(seat)
        if seat.talk is not None:
            seat.talk.lost(LinkLost("stopped"))
        seat.participant.note(LinkState(self._state.name, online=False, reason="stopped"))
        if not self._seats:
            self.abandoned = True
            self._supervisor.stop()

    def join(self) -> None:
        """Wait until an abandoned line is closed."""
        if self.abandoned and self._greenlet is not None:
            self._greenlet.join(_GRACE)

    def _note(self, state: LinkState) -> None:
        self._state = state
        for seat in self._seats:
            seat.participant.note(state)

    def _serve(self, link: LineLink) -> None:
        """One life of the line. Ends by LinkError alone, unless listening itself is at fault."""
        line = self._line = BusLine(link, self._baudrate, self._hear)
        self._fault = None
        for seat in self._seats:
            self._begin(seat, line)
        workers = {seat: seat.worker for seat in self._seats}
        error: LinkError = LinkLost("internal error")
        try:
            while True:
                # Read apart from all work, so that a press is dated when it comes and not when the hall has time.
                line.listen()
        except LinkError as lost:
            error = self._fault or lost
            raise error from lost
        finally:
            self._line = None
            workers |= {seat: seat.worker for seat in self._seats}
            for seat in self._seats:
                if seat.talk is not None:
                    seat.talk.lost(error)
                    seat.talk = None
            gevent.joinall([worker for worker in workers.values() if worker is not None])

    def _begin(self, seat: Seat, line: BusLine) -> None:
        seat.talk = seat.participant.begin(line)
        seat.worker = gevent.spawn(self._work, seat, seat.talk, line)

    def _hear(self, data: bytes, tick: float) -> None:
        """Byte for byte, so that a frame is taken out of everybody else's ears before anything behind it is heard."""
        for place in range(len(data)):
            talks = [seat.talk for seat in self._seats if seat.talk is not None]
            claims = [talk.hear(data[place : place + 1], tick) for talk in talks]
            for talk, claim in zip(talks, claims, strict=True):
                if not claim and (foreign := max(claims)):
                    talk.disown(foreign)
            if place % _BREATH == _BREATH - 1:
                gevent.sleep(0)

    def _work(self, seat: Seat, talk: Talk, line: BusLine) -> None:
        while self._is_at_work(seat, talk, line):
            try:
                talk.run()
            except LinkError as error:
                if self._is_at_work(seat, talk, line):
                    # Nobody told it so: the line broke under it, and has to be opened again for all.
                    self._fault = error
                    line.close()
                return
            except Exception:  # noqa: BLE001 — the greenlet's outermost edge: its device must not be silent for good
                _log.exception("%s: serving failed", seat.participant.name)
                gevent.sleep(_BEGIN_AGAIN)
            if self._is_at_work(seat, talk, line):
                talk = seat.talk = seat.participant.begin(line)

    def _is_at_work(self, seat: Seat, talk: Talk, line: BusLine) -> bool:
        """Whether this life of the line goes on, for this seat too."""
        return seat in self._seats and seat.talk is talk and self._line is line


class Buses:
    """The hall's shared lines by their addresses."""

    def __init__(self, open_line: OpenLine = open_any) -> None:
        self._open_line = open_line
        self._buses: dict[str, Bus] = {}

    def join(self, link: str, baudrate: int, participant: Participant) -> Seat:
        """A seat at the line `link`; it is opened by whoever comes first, at that one's `baudrate`."""
        bus = self._buses.get(link)
        if bus is None or bus.abandoned:
            bus = self._buses[link] = Bus(link, baudrate, self._open_line)
        return bus.take_seat(participant)
