"""Halls with strips, started and ended around each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pad_hall import KEYS, settings_with
from strip_hall import SECONDS, StartStripHall, StripHall

from display.strip.strip_agent import StripAgent
from display.virtual_strip import VirtualStrip
from evaluator.pad_agent import PadAgent
from evaluator.virtual_pad import VirtualPad
from server.config.devices import PadSettings
from server.config.live import LiveSettings
from server.config.strips import StripSettings, StripSize
from server.device.bus import Buses
from server.device.virtual_bus import VirtualBus
from server.engine import HallEngine
from server.store.database import Database
from server.store.lease import lease_for


@pytest.fixture
def start_strip_hall(tmp_path: Path) -> Iterator[StartStripHall]:
    """Starts a hall with a strip at each of `windows`, and a pad at each of `pads`; with pads all are on one bus.

    `size` and `idle` are the strips'; `link` is where the first strip is, when it is a program of its own.
    """
    started: list[StripHall] = []

    def start(
        *windows: int,
        pads: tuple[int, ...] = (),
        size: StripSize = "64x16",
        idle: str | None = None,
        link: Path | None = None,
    ) -> StripHall:
        dialect = "digits" if size == "digits" else "hallqueuefront"
        strips = (
            {}
            if link
            else {n: VirtualStrip(n, n, dialect=dialect, size=size, link=tmp_path / f"strip-{n}") for n in windows}
        )
        keypads = {n: VirtualPad(n, 0x80 + n, link=tmp_path / f"pad-{n}", control=None) for n in pads}
        for device in [*strips.values(), *keypads.values()]:
            device.start()
        bus = None
        if pads:
            ends = [Path(device.link) for device in [*strips.values(), *keypads.values()]]
            bus = VirtualBus(tmp_path / "bus", ends, control=None)
            bus.start()
        links = {n: str(link or (bus or strips[n]).link) for n in windows}
        settings = settings_with(
            *(PadSettings(window=n, link=str(tmp_path / "bus"), address=0x80 + n, keys=KEYS) for n in pads)
        ).model_copy(
            update={
                "strips": tuple(
                    StripSettings(window=n, link=links[n], address=n, dialect=dialect, size=size, idle=idle)
                    for n in windows
                )
            }
        )
        database = Database(f"sqlite:///{tmp_path / 'hall.db'}")
        database.prepare()
        engine = HallEngine(settings.plan(), database, lease_for(database, settings.hall.id))
        buses = Buses()
        agent = StripAgent(engine, LiveSettings(settings), buses)
        pad_agent = PadAgent(engine, settings, buses)
        engine.subscribe(agent.subscription())
        engine.subscribe(pad_agent.subscription())
        engine.start()
        assert engine.wait_until_serving(SECONDS)
        hall = StripHall(engine, agent, pad_agent, database, strips, keypads, bus)
        started.append(hall)
        agent.start()
        pad_agent.start()
        return hall

    yield start
    for hall in started:
        hall.agent.stop()
        hall.pad_agent.stop()
        hall.engine.stop()
        if hall.bus is not None:
            hall.bus.stop()
        for device in [*hall.strips.values(), *hall.pads.values()]:
            device.stop()
        hall.database.close()
