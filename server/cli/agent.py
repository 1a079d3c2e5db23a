"""`jiaohao agent`: the printers, speakers and pads of this PC, for a hall whose server is another one."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
import gevent
from gevent.event import Event

from display.sound.outpost import SoundOutpost
from evaluator.outpost import PadOutpost
from evaluator.pad_memory import PadMemory
from kiosk.printer.outpost import Outpost
from server.cli.folder_lock import hold_folder
from server.cli.words import tell
from server.config.agent_file import AgentSettings, load_agent
from server.device.outbox import Outbox
from server.device.server_link import ServerLink
from server.told import tellable, told

_log = logging.getLogger(__name__)
_TAKEN = tellable("an agent is already running in %(folder)s: end it, or give this one a folder of its own as its data")
_GRACE = 8.0
"""Seconds for a slip that is being printed: longer than a printer is waited for."""


@click.command()
@click.option("--config", "config_file", type=click.Path(path_type=Path), default=Path("agent.yaml"), show_default=True)
def agent(config_file: Path) -> None:
    """Serve the printers, speakers and pads of this PC for a server elsewhere."""
    settings, token = load_agent(config_file)
    data = Path(settings.data)
    with hold_folder(data, "agent", _TAKEN):
        _run(settings, token, data)


def _run(settings: AgentSettings, token: str, data: Path) -> None:
    """Until SIGTERM or SIGINT."""
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, ended.set)

    ends: list[Callable[[], None]] = []
    if settings.speakers:
        link = ServerLink(settings.server, token)
        sound = SoundOutpost(settings.name, link, data / "clips", settings.speakers, _on_link(settings, " (speakers)"))
        sound.start()
        ends.append(sound.stop)
    if settings.printers:
        outbox = Outbox(data / "printers")
        link = ServerLink(settings.server, token)
        outpost = Outpost(settings.name, link, outbox, settings.printers, _on_link(settings))
        outpost.start()
        ends += [partial(outpost.stop, _GRACE), outbox.close]
    if settings.pads:
        presses = Outbox(data / "pads")
        memory = PadMemory(data / "pads", f"{settings.name} at {settings.server}")
        link = ServerLink(settings.server, token)
        pads = PadOutpost(settings.name, link, presses, memory, settings.pads, _on_link(settings, " (pads)"))
        pads.start()
        ends += [pads.stop, presses.close]
    ended.wait()
    for end in ends:
        end()


def _on_link(settings: AgentSettings, what: str = "") -> Callable[[str | None], None]:
    def say(trouble: str | None) -> None:
        if trouble is None:
            tell(
                told("%(name)s%(what)s: connected to %(server)s", name=settings.name, what=what, server=settings.server)
            )
        else:
            _log.warning("%s%s: %s: %s", settings.name, what, settings.server, trouble)

    return say
