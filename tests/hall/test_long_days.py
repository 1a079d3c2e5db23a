"""Days of thousands of commands: the hall stays sound, refusals leave no trace, and the log is the hall."""

from __future__ import annotations

import random

import pytest
from any_command import any_command
from small_hall import CHEN, SmallHall, full_plan
from sound_hall import check_sound

from server.hall import commands as cmd
from server.hall.errors import HallError
from server.hall.events import KINDS, HallReplanned
from server.hall.log import from_row, to_row

STEPS = 2500
SEEDS = range(4)


@pytest.fixture(scope="module")
def met() -> set[str]:
    """The kinds of events that the days before have met."""
    return set()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_long_day(seed: int, met: set[str]) -> None:
    chance, hall = random.Random(seed), SmallHall(full_plan())
    hall.do(cmd.PassTime())
    hall.open(1, 2, 3, clerk=CHEN)
    for _ in range(STEPS):
        hall.do(cmd.PassTime())
        before = len(hall.log)
        try:
            hall.do(any_command(chance, hall.state, hall.now))
        except HallError:
            assert len(hall.log) == before
        check_sound(hall.state)
        hall.wait(chance.choice([0, 0, 1, 4, 31, 200]))
    assert hall.replayed().state == hall.state
    rows = [to_row(recorded) for recorded in hall.log]
    assert [to_row(from_row(row)) for row in rows] == rows
    met |= {recorded.event.kind for recorded in hall.log}


def test_and_together_they_have_met_everything_that_can_happen(met: set[str]) -> None:
    assert met == set(KINDS) - {HallReplanned.kind}
