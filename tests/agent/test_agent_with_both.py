"""One agent for all that hangs on its PC: printers and speakers."""

from __future__ import annotations

from pathlib import Path

import yaml
from agent_process import AgentProcess
from hall_server import StartHall
from sound_card import SoundCard

from kiosk.virtual_printer import VirtualPrinter


def test_it_connects_for_both_and_ends_when_it_is_told(start_hall: StartHall, tmp_path: Path) -> None:
    kiosk = {"id": "1", "name": "一号机", "name_en": "Kiosk 1", "printer": {"link": "agent://east"}}
    speaker = {"id": "hall", "name": "大厅广播", "at": "agent://east"}
    hall = start_hall(kiosks=[kiosk], speakers=[speaker])
    token = hall.run("device", "add", "--kind", "agent", "--place", "east").strip()
    card = SoundCard(tmp_path / "card")
    printer = VirtualPrinter(tmp_path / "papers")
    printer.start()
    agent = AgentProcess(tmp_path / "east", hall.base, token, {"1": printer.port})
    content = yaml.safe_load(agent.config.read_text(encoding="utf-8"))
    agent.config.write_text(yaml.safe_dump(content | {"speakers": {"hall": {"device": "hall"}}}), encoding="utf-8")
    agent.environment = {"ALSA_CONFIG_PATH": str(card.config)}
    try:
        agent.start()
        agent.says("east: connected to")
        agent.says("east (speakers): connected to")
        assert agent.end() == 0
    finally:
        agent.kill()
        printer.stop()
        card.close()
