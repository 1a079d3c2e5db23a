"""Why a day could not be simulated, as opposed to a day that does not add up."""

from __future__ import annotations


class SimulationError(Exception):
    """The message says what to change."""


class RemoteHall(SimulationError):
    """The address is not this machine's."""


class AccessMissing(SimulationError):
    """An address, an account or a token was not given."""


class HallRefused(SimulationError):
    """The hall does not let the simulation in: a wrong password, an unknown token, a clerk where a leader is needed."""


class HallBusy(SimulationError):
    """Somebody is in the hall already, and what became of them could not be told from what the simulation did."""


class HallGone(SimulationError):
    """No server answered for longer than the simulation waits."""


class DayTurned(SimulationError):
    """The business day ended in the middle: the hall has put its numbers away."""
