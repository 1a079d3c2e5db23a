"""`jiaohao agent`: the printers of this PC, for a hall whose server is another one."""

from __future__ import annotations

import logging
import signal
from pathlib import Path

import click
import gevent
from gevent.event import Event

from kiosk.printer.outpost import Outpost
from server.cli.folder_lock import hold_folder
from server.config.agent_file import AgentSettings, load_agent
from server.device.outbox import Outbox
from server.device.server_link import ServerLink

_log = logging.getLogger(__name__)
_GRACE = 8.0
"""Seconds for a slip that is being printed: longer than a printer is waited for."""


@click.command()
@click.option("--config", "config_file", type=click.Path(path_type=Path), default=Path("agent.yaml"), show_default=True)
def agent(config_file: Path) -> None:
    """Print on the printers of this PC for a server elsewhere."""
    settings, token = load_agent(config_file)
    data = Path(settings.data)
    with hold_folder(data, "an agent", "as its data"):
        _run(settings, token, data)


def _run(settings: AgentSettings, token: str, data: Path) -> None:
    """Until SIGTERM or SIGINT."""
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, ended.set)

    def on_link(trouble: str | None) -> None:
        if trouble is None:
            click.echo(f"{settings.name}: connected to {settings.server}")
        else:
            _log.warning("%s: %s: %s", settings.name, settings.server, trouble)

    outbox = Outbox(data / "printers")
    outpost = Outpost(settings.name, ServerLink(settings.server, token), outbox, settings.printers, on_link)
    outpost.start()
    ended.wait()
    outpost.stop(_GRACE)
    outbox.close()
