"""The sample hall as one of its screens shows it, with a clock that is told what time it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from small_hall import CHEN, SmallHall

from display.board import board
from display.messages import Board
from server.config.loading import parse_settings
from server.hall.commands import CallNext, IssueTicket

CONFIG = Path(__file__).parents[2] / "config.yaml"
INSURANCE, RESIDENCE = "social-insurance", "residence"


class Screened:
    """The sample hall and one of its screens, of a zone with these `windows` or of all; windows 1 to 4 are open."""

    def __init__(self, *windows: int, speaks: bool = True, **screen: Any) -> None:
        content = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
        content["voice"] = {"languages": ["zh", "en"]}
        content["zones"] = [
            {"id": "here", "name": "等候区", "name_en": "Area", "windows": list(windows or (1, 2, 3))},
            {"id": "there", "name": "二层", "name_en": "Upstairs", "windows": [5, 6]},
        ]
        if windows:
            screen = {**screen, "zone": "here"}
        content["displays"] = [{"id": "hall", "name": "大厅主屏", "notices": ["今日照常办公"], **screen}]
        if not speaks:
            content["speakers"] = []
        self.settings = parse_settings(content)
        self.hall = SmallHall(plan=self.settings.plan())
        self.hall.open(1, 2, 3, 4)

    def board(self) -> Board:
        return board(self.hall.state, self.settings, self.settings.displays[0], self.hall.now)

    def take(self, service: str = INSURANCE) -> str:
        number: str = self.hall.do(IssueTicket(service))["number"]
        return number

    def id_of(self, number: str) -> str:
        ticket: str = next(t.id for t in self.hall.state.tickets.values() if t.number == number)
        return ticket

    def call(self, window: int) -> None:
        self.hall.do(CallNext(window, CHEN.username))

    def at(self, command: Any, window: int) -> None:
        self.hall.do(command(window, CHEN.username))
