from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hall_server import HallServer
from simulation import Simulation
from twin_server import TwinServer

Simulate = Callable[..., Simulation]
StartTwin = Callable[[HallServer], TwinServer]


@pytest.fixture
def simulate() -> Iterator[Simulate]:
    """Starts a day in a hall, and ends it with the test."""
    days: list[Simulation] = []

    def start(*servers: HallServer, **how: Any) -> Simulation:
        servers[0].add_staff("li", "李静", role="leader")  # sits at several windows, as chen does
        days.append(Simulation(*servers, **how))
        return days[-1]

    yield start
    for day in days:
        day.end()


@pytest.fixture
def start_twin() -> Iterator[StartTwin]:
    twins: list[TwinServer] = []

    def start(first: HallServer) -> TwinServer:
        twin = TwinServer(first)
        twins.append(twin)
        twin.start()
        return twin

    yield start
    for twin in twins:
        twin.kill()
