"""Halls with a pad, started and ended around each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pad_hall import ADDRESS, CHEN, KEYS, SECONDS, WINDOW, PadHall, StartPadHall, settings_with

from evaluator.pad_agent import PadAgent
from evaluator.virtual_pad import VirtualPad
from server.config.devices import PadSettings
from server.device.bus import Buses
from server.device.outbox import Outbox
from server.engine import HallEngine
from server.hall.commands import OpenWindow
from server.store.database import Database
from server.store.lease import lease_for


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    """Of an agent, in the test's folder."""
    made = Outbox(tmp_path)
    yield made
    made.close()


@pytest.fixture
def start_pad_hall(tmp_path: Path) -> Iterator[StartPadHall]:
    """Starts one hall with one pad, plugged in unless told otherwise; the keywords are evaluation settings.

    `device`: the hall has this pad instead, which is somebody else's to play.
    """
    started: list[PadHall] = []

    def start(
        *, dialect: str = "hallqueue", plugged: bool = True, device: PadSettings | None = None, **evaluation: float
    ) -> PadHall:
        pad = VirtualPad(WINDOW, ADDRESS, dialect=dialect, link=tmp_path / "virtual-pad", control=None)
        pad.start()
        if not plugged:
            pad.unplug()
        device = device or PadSettings(
            window=WINDOW, link=str(tmp_path / "virtual-pad"), address=ADDRESS, dialect=dialect, keys=KEYS
        )
        settings = settings_with(device, **evaluation)
        database = Database(f"sqlite:///{tmp_path / 'hall.db'}")
        database.prepare()
        engine = HallEngine(settings.plan(), database, lease_for(database, settings.hall.id))
        agent = PadAgent(engine, settings, Buses())
        engine.subscribe(agent.subscription())
        engine.start()
        assert engine.wait_until_serving(SECONDS)
        engine.do(OpenWindow(WINDOW, CHEN))
        hall = PadHall(engine, agent, pad, database)
        started.append(hall)
        agent.start()
        return hall

    yield start
    for hall in started:
        hall.agent.stop()
        hall.engine.stop()
        hall.pad.stop()
        hall.database.close()


@pytest.fixture
def hall(start_pad_hall: StartPadHall) -> PadHall:
    """A hall whose pad is past its quarantine."""
    made = start_pad_hall()
    made.settled()
    return made
