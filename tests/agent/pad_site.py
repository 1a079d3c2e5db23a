"""A hall with pads on another PC: its server, the line to it, the agent there, and the pads' own side."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import requests
import yaml
from agent_process import AgentProcess, Line
from hall_server import PATIENCE, HallServer
from waiting import wait_until

from evaluator.dialects.hallqueue import PRESSED
from evaluator.pad_memory import PadMemory
from evaluator.session import Sign
from evaluator.virtual_pad import VirtualPad
from server.device.frames.hallqueue import Frame
from server.device.hearing import QUARANTINE
from server.device.pressable_device import LogEntry
from server.hall.instant import from_microseconds

KEYS = {3: 5, 2: 4, 1: 3}
"""Key 0 is left out: it has no meaning here."""
WINDOW, NEIGHBOUR, ABROAD = 3, 4, 5
"""The first two have their pads on one line at the agent `east`, the third at `west`, which is switched off."""

_SERVICES = {WINDOW: "general", NEIGHBOUR: "residence", ABROAD: "property"}


@dataclass(frozen=True)
class Heard:
    """What the log says of one press: whose level it became, or why it counts for nobody."""

    ticket: str | None
    key: int
    level: int | None
    unheard: str | None
    pressed_at: datetime | None
    at: datetime


def passes(seconds: float) -> None:
    """Time goes by at the window."""
    begun = time.monotonic()
    wait_until(lambda: time.monotonic() >= begun + seconds, "time passes", seconds + 5)


class PadSite:
    """One hall for all tests of a module; `ready` makes it whole again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pads = {window: self._new_pad(window) for window in (WINDOW, NEIGHBOUR)}
        (folder / "hall").mkdir()
        pads = [_at_agent(WINDOW, "east"), _at_agent(NEIGHBOUR, "east"), _at_agent(ABROAD, "west")]
        # Long enough for a server and an agent to be started anew meanwhile, however busy the machine is.
        self.server = HallServer(folder / "hall", pads=pads, evaluation={"timeout": 300})
        self.tokens = {
            agent: self.server.run("device", "add", "--kind", "agent", "--place", agent).strip()
            for agent in ("east", "west")
        }
        self.line = Line(self.server.port)
        self.agent = self.new_agent("east", self.line.base)
        kept = self.agent.outbox.parents[1] / "pads"
        self.known, self.memory = kept / "known.jsonl", PadMemory(kept, f"east at {self.line.base}")
        self.server.start()
        self.server.login()
        self.server.open(WINDOW, NEIGHBOUR, ABROAD)
        self.agent.connect()

    @property
    def pad(self) -> VirtualPad:
        return self.pads[WINDOW]

    def new_agent(self, folder: str, base: str) -> AgentProcess:
        agent = AgentProcess(self.folder / folder, base, self.tokens["east"], {})
        content = yaml.safe_load(agent.config.read_text(encoding="utf-8"))
        content["pads"] = {window: {"link": pad.link} for window, pad in self.pads.items()}
        del content["printers"]
        agent.config.write_text(yaml.safe_dump(content), encoding="utf-8")
        return agent

    def ready(self) -> None:
        self.line.mend()
        if self.server.process is None:
            self.server.start()
        if self.agent.process is None:
            self.agent.connect()
        self.settled()

    def settled(self) -> None:
        """Until a press is of known age."""
        self.becomes("ready", None)

    def becomes(self, state: str, reason: str | None, window: int = WINDOW) -> None:
        wait_until(lambda: self.state_of(window) == (state, reason), f"the pad at {window} is {state}, {reason}")

    def state_of(self, window: int) -> tuple[str, str | None]:
        devices = self.server.call_api("GET", "hall").json()["devices"]
        (found,) = [d for d in devices if (d["kind"], d["id"]) == ("pad", str(window))]
        return found["state"], found["reason"]

    def take_back(self, window: int = WINDOW) -> requests.Response:
        """What a leader's button on the device board asks for."""
        return self.server.call_api("POST", "devices/take-back", json={"kind": "pad", "id": str(window)})

    def is_offered(self, window: int = WINDOW) -> bool:
        """Whether the board has that button: `detail` is for leaders."""
        devices = self.server.call_api("GET", "devices").json()["devices"]
        (found,) = [d for d in devices if (d["kind"], d["id"]) == ("pad", str(window))]
        return bool(found["shut_out"] and found["detail"])

    @contextmanager
    def sticking(self, key: int, window: int = WINDOW) -> Iterator[None]:
        """A key that sticks, until it is freed."""
        pressed, freed = bytes(Frame(0x80 + window, PRESSED, bytes([key]))), threading.Event()

        def stick() -> None:
            while not freed.wait(0.02):
                self.pads[window].garbage(pressed)

        finger = threading.Thread(target=stick)
        finger.start()
        try:
            yield
        finally:
            freed.set()
            finger.join()

    # At the window.

    def finish(self, window: int = WINDOW) -> str:
        """A citizen takes a number, is called, served, and could be asked from now on: the ticket."""
        ticket = self.start(window)
        self.server.post(f"windows/{window}/finish")
        return ticket

    def start(self, window: int = WINDOW) -> str:
        """A citizen takes a number, is called and comes to the window, whoever was asked there before."""
        self.server.issue(_SERVICES[window])
        ticket: str = self.server.post(f"windows/{window}/call-next")["ticket"]["id"]
        self.server.post(f"windows/{window}/start")
        return ticket

    def asks(self, window: int = WINDOW) -> None:
        assert self.pads[window].wait_for(showing="请评价", timeout=PATIENCE), self.pads[window].state()

    def serve(self, window: int = WINDOW) -> str:
        """Until the pad asks this citizen."""
        ticket = self.start(window)
        assert self.pads[window].wait_for(prompted=False, timeout=PATIENCE), self.pads[window].state()
        self.server.post(f"windows/{window}/finish")
        self.asks(window)
        return ticket

    def knows(self, sign: Sign, *windows: int) -> None:
        """Until the agent has it on its disk that the pads show this."""
        wait_until(lambda: all(self._known(window) is sign for window in windows), f"it is kept that pads {sign}")

    def starts_alone(self, *windows: int, says: str) -> None:
        """The agent is started while its server is down, until presses at its pads are of known age.

        `says`: what the pads are told, as their records have it.
        """
        before = {window: self._told(window, says) for window in windows}
        self.agent.start()
        wait_until(
            lambda: all(self._told(window, says) is not before[window] for window in windows), f"pads: {says}", PATIENCE
        )
        passes(QUARANTINE)

    def press(self, key: int, window: int = WINDOW) -> None:
        """Until the pad was told that the press is kept."""
        pad = self.pads[window]
        assert pad.press(key)
        assert pad.wait_for(pressed=key, acked=True, timeout=PATIENCE), pad.state()

    # In the log.

    def heard(self, window: int = WINDOW) -> list[Heard]:
        """Of every press at a window, oldest first, as a stranger to the server's process sees it."""
        connection = sqlite3.connect(self.server.folder / "hall.db")
        wanted = 'SELECT ticket, at, data FROM event WHERE "window" = ? AND kind IN (?, ?) AND data LIKE ? ORDER BY seq'
        found = connection.execute(wanted, (window, "evaluation_voted", "press_ignored", '%"key"%')).fetchall()
        connection.close()
        return [_heard(ticket, at, json.loads(data)) for ticket, at, data in found]

    def hears(self, before: list[Heard], count: int = 1, window: int = WINDOW) -> list[Heard]:
        """The presses that are in the log besides those of `before`, once there are `count`."""
        wait_until(lambda: len(self.heard(window)) >= len(before) + count, f"{count} presses are in the log", PATIENCE)
        return self.heard(window)[len(before) :]

    def close(self) -> None:
        self.agent.kill()
        self.line.close()
        self.server.kill()
        for pad in self.pads.values():
            pad.stop()

    # As an agent that is nothing but HTTP.

    def ask(self, sender: str, path: str, token: str | None = None, **body: Any) -> requests.Response:
        return requests.post(
            f"{self.server.base}/api/v1/agent/pads/{path}",
            json=body,
            headers={"Authorization": f"Bearer {token or self.tokens[sender]}"},
            timeout=PATIENCE,
        )

    def _known(self, window: int) -> Sign | None:
        """What the pad at a window would be told by the next life of the agent, on this start of its PC."""
        known = self.memory.read()
        told = None if known is None else known.told.get(window)
        return None if told is None else told.showing.sign

    def _told(self, window: int, what: str) -> LogEntry | None:
        """When a pad was told so last, as far as its record goes back."""
        return next((entry for entry in reversed(self.pads[window].state()["log"]) if entry["what"] == what), None)

    def _new_pad(self, window: int) -> VirtualPad:
        pad = VirtualPad(window, 0x80 + window, link=self.folder / f"pad{window}", control=None)
        pad.start()
        return pad


def letter(seq: int, asked: str | None, ticks: float, *, boot: str, key: int = 3, window: int = ABROAD) -> Any:
    """As an agent's outbox would keep a press at `ticks` of the PC's start `boot`."""
    press = {"window": window, "key": key, "level": KEYS.get(key), "asked": asked}
    return {"seq": seq, "id": secrets.token_hex(8), "body": {"press": press, "at": {"boot": boot, "ticks": ticks}}}


def _at_agent(window: int, agent: str) -> dict[str, Any]:
    return {"window": window, "link": f"agent://{agent}", "address": 0x80 + window, "keys": KEYS}


def _heard(ticket: str | None, at: int, data: dict[str, Any]) -> Heard:
    pressed_at = data.get("pressed_at")
    return Heard(
        ticket,
        data["key"],
        data.get("level"),
        data.get("unheard"),
        None if pressed_at is None else datetime.fromisoformat(pressed_at),
        from_microseconds(at),
    )
