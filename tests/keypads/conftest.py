"""Halls with keypads, started and ended around each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from keypad_hall import CODES, LEADER, LIU, SECONDS, WANG, ZHAO, KeypadHall, StartKeypadHall
from pad_hall import CHEN, KEYS, settings_with

from counter.keypad.keypad_agent import KeypadAgent
from counter.virtual_keypad import VirtualKeypad
from display.strip.strip_agent import StripAgent
from display.virtual_strip import VirtualStrip
from evaluator.pad_agent import PadAgent
from evaluator.virtual_pad import VirtualPad
from server.config import Settings
from server.config.devices import KeypadSettings, PadSettings
from server.config.live import LiveSettings
from server.config.strips import StripSettings
from server.device import hearing
from server.device.bus import Buses
from server.device.device_agent import DeviceAgent
from server.device.virtual_bus import VirtualBus
from server.device.virtual_device import VirtualDevice
from server.engine import HallEngine
from server.store.database import Database
from server.store.lease import lease_for
from server.web.accounts import Accounts, Role
from server.web.keypad_codes import KeypadCodes


class Devices:
    """A keypad at each window, and a pad and a strip each where `crowded`: all on one bus then.

    Keypads at even windows are queuesystem ones, whose pads have the same address; the others are hallqueuefront.
    """

    def __init__(self, folder: Path, windows: tuple[int, ...], *, crowded: bool) -> None:
        self.keypads = {
            n: VirtualKeypad(n, n, dialect=_dialect(n), link=folder / f"keypad-{n}", control=None) for n in windows
        }
        there = windows if crowded else ()
        self.pads = {
            n: VirtualPad(
                n, _pad(n), dialect=_pad_dialect(n), link=folder / f"pad-{n}", control=None, digits=n % 2 == 1
            )
            for n in there
        }
        self.strips = {n: VirtualStrip(n, n, link=folder / f"strip-{n}", control=None) for n in there}
        for device in self.all():
            device.start()
        self.bus = VirtualBus(folder / "bus", [Path(device.link) for device in self.all()], None) if crowded else None
        if self.bus is not None:
            self.bus.start()

    def all(self) -> list[VirtualDevice]:
        return [*self.keypads.values(), *self.pads.values(), *self.strips.values()]

    def link(self, window: int) -> str:
        return self.keypads[window].link if self.bus is None else self.bus.link

    def settings(self) -> Settings:
        pads = (
            PadSettings(window=n, link=self.link(n), address=_pad(n), dialect=_pad_dialect(n), keys=KEYS)
            for n in self.pads
        )
        keypads = (KeypadSettings(window=n, link=self.link(n), address=n, dialect=_dialect(n)) for n in self.keypads)
        strips = (StripSettings(window=n, link=self.link(n), address=n) for n in self.strips)
        return settings_with(*pads).model_copy(update={"keypads": tuple(keypads), "strips": tuple(strips)})

    def stop(self) -> None:
        if self.bus is not None:
            self.bus.stop()
        for device in self.all():
            device.stop()


def _dialect(window: int) -> Literal["hallqueuefront", "queuesystem"]:
    return "hallqueuefront" if window % 2 else "queuesystem"


def _pad_dialect(window: int) -> Literal["hallqueuefront", "hallqueue"]:
    return "hallqueuefront" if window % 2 else "hallqueue"


def _pad(window: int) -> int:
    return window + 0x80 if window % 2 else window


@pytest.fixture
def start_keypad_hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StartKeypadHall]:
    """Starts a hall with `Devices`. `quarantine`: seconds, for tests that have nothing to do with it."""
    started: list[tuple[KeypadHall, Devices]] = []

    def start(*windows: int, crowded: bool = False, quarantine: float = hearing.QUARANTINE) -> KeypadHall:
        monkeypatch.setattr(hearing, "QUARANTINE", quarantine)
        devices = Devices(tmp_path, windows, crowded=crowded)
        settings = devices.settings()
        database = Database(f"sqlite:///{tmp_path / 'hall.db'}")
        database.prepare()
        codes = KeypadCodes(database, settings.hall.id, "salt of the tests")
        accounts = Accounts(database, settings.hall.id)
        for person in (CHEN, LIU, WANG, ZHAO, LEADER):
            role = Role.LEADER if person is LEADER else Role.CLERK
            accounts.add(
                person.username, "pw12345", name=person.name, number=person.number, post=person.post, role=role
            )
            codes.give(person.username, CODES[person.username])
        engine = HallEngine(settings.plan(), database, lease_for(database, settings.hall.id))
        buses = Buses()
        agent = KeypadAgent(engine, settings, buses, codes)
        agents: list[DeviceAgent] = [
            agent,
            PadAgent(engine, settings, buses),
            StripAgent(engine, LiveSettings(settings), buses),
        ]
        for each in agents:
            engine.subscribe(each.subscription())
        engine.start()
        assert engine.wait_until_serving(SECONDS)
        keypads, pads, strips = devices.keypads, devices.pads, devices.strips
        hall = KeypadHall(engine, agent, agents, database, codes, keypads, pads, strips, devices.bus)
        started.append((hall, devices))
        for each in agents:
            each.start()
        return hall

    yield start
    for hall, devices in started:
        for agent in hall.agents:
            agent.stop()
        hall.engine.stop()
        devices.stop()
        hall.database.close()
