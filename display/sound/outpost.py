"""The speakers of one PC, driven by an agent there: orders from the server, their fate back to it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import gevent

from display.sound.remote import HELD
from display.sound.remote_speaker import PATH, RemoteSpeaker
from display.sound.wire import SoundPollIn, SoundPollOut
from server.config.agent_file import AgentSpeaker
from server.device.polling import Polling
from server.device.server_link import ServerLink

_log = logging.getLogger(__name__)
_PATIENCE: Final = HELD + 2.0


class SoundOutpost:
    """`speakers` by their ids in the server's configuration, `folder` for the clips. `on_link` hears each change once:
    None when the server answers, or why it does not.
    """

    def __init__(
        self,
        name: str,
        link: ServerLink,
        folder: Path,
        speakers: Mapping[str, AgentSpeaker],
        on_link: Callable[[str | None], None],
    ) -> None:
        self._about = {"agent": name, "run": secrets.token_hex(8)}
        self._link = link
        self._polling = Polling(self._poll, on_link)
        self._speakers = {
            speaker: RemoteSpeaker(settings.device, link, folder, self._about) for speaker, settings in speakers.items()
        }
        self._turn = 0
        self._running: gevent.Greenlet[..., Any] | None = None

    def start(self) -> None:
        for speaker in self._speakers.values():
            speaker.start()
        self._running = gevent.spawn(self._polling.run)

    def stop(self) -> None:
        """What sounds is cut off."""
        if self._running is not None:
            self._running.kill()
        for speaker in self._speakers.values():
            speaker.stop()
        self._link.close()

    def _poll(self) -> None:
        self._turn += 1
        holding = sorted(order for speaker in self._speakers.values() for order in speaker.holding())
        states = {name: speaker.state() for name, speaker in self._speakers.items()}
        poll = SoundPollIn(**self._about, turn=self._turn, holding=holding, speakers=states)
        self._take(SoundPollOut.model_validate(self._link.call(f"{PATH}/poll", poll.model_dump(), _PATIENCE)))

    def _take(self, answer: SoundPollOut) -> None:
        for order in answer.orders:
            if order.speaker in self._speakers:
                self._speakers[order.speaker].take(order)
        for name in answer.speakers:
            if name not in self._speakers and self._polling.trouble is not None:  # once for each time that it connects
                _log.error("the server has a speaker %s here, and this agent's file has none", name)
