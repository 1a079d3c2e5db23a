"""The hall's time follows the machine's, and neither runs back nor stands still when that one is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from server.engine.clock import HallClock

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class Machine:
    """A wall clock that people set, and a steady one that nobody can."""

    def __init__(self) -> None:
        self.wall = NINE
        self.steady = 100.0

    def passes(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds


def clock_of(machine: Machine) -> HallClock:
    return HallClock(lambda: machine.wall, lambda: machine.steady)


def test_a_right_clock_is_followed() -> None:
    machine = Machine()
    clock = clock_of(machine)
    machine.passes(61)
    assert clock() == NINE + timedelta(seconds=61)
    assert clock.ahead == 0


def test_a_clock_that_is_set_back_neither_holds_nor_turns_time_back() -> None:
    machine = Machine()
    clock = clock_of(machine)
    machine.passes(60)
    assert clock() == NINE + timedelta(seconds=60)
    machine.wall -= timedelta(minutes=29)
    machine.passes(30)
    assert clock() == NINE + timedelta(seconds=90)
    assert clock.ahead == 29 * 60


def test_a_clock_that_is_set_forward_is_followed() -> None:
    machine = Machine()
    clock = clock_of(machine)
    machine.wall += timedelta(hours=8)
    assert clock() == NINE + timedelta(hours=8)


def test_after_a_restart_time_goes_on_from_the_log() -> None:
    machine = Machine()
    clock = clock_of(machine)
    clock.not_before(NINE + timedelta(hours=2))
    machine.passes(10)
    assert clock() == NINE + timedelta(hours=2, seconds=10)
    machine.passes(3 * 3600)
    assert clock.ahead == timedelta(hours=2).total_seconds()
